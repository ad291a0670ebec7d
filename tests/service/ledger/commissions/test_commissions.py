"""Commissions over HTTP: listed, explained, held, released, rejected, reinstated."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import httpx
import pytest

from service.kit import ids
from service.kit.db import Database
from service.ledger import settling
from service.ledger.targets import Target
from tests.service.discovery.api import Json, made
from tests.service.ledger.bookkeeping import NOW, PAST, SOON, target
from tests.service.ledger.paying import pay

Settle = Callable[..., Any]


@pytest.fixture
async def workspace_id(client: httpx.AsyncClient) -> UUID:
    """The client's workspace."""
    return ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])


@pytest.fixture
async def ayse(client: httpx.AsyncClient) -> UUID:
    """A partner."""
    return ids.read("prt", (await made(client, "/v1/partners", {"name": "Ayşe"}))["id"])


@pytest.fixture
def settle(database: Database, workspace_id: UUID) -> Settle:
    """Settles a conversion: `rows = await settle(targets)`, the ids of its rows."""

    async def run(targets: Sequence[Target], conversion_id: UUID | None = None) -> list[str]:
        async with database.transaction(workspace_id) as db:
            rows = await settling.settle(db, workspace_id, conversion_id or ids.new(), targets, "test")
        return [ids.show("com", row.id) for row in rows]

    return run


async def _listed(client: httpx.AsyncClient, query: str) -> list[str]:
    answer = await client.get(f"/v1/commissions?{query}")
    assert answer.status_code == 200, answer.text
    return [row["id"] for row in answer.json()["data"]]


async def test_one_is_shown_with_all_that_belongs_to_it(
    client: httpx.AsyncClient, settle: Settle, ayse: UUID
) -> None:
    order = ids.new()
    await settle([target(ayse, 1_000)], order)
    first, back = await settle([target(ayse, 1_000, refunded=2_500)], order)
    shown = (await client.get(f"/v1/commissions/{back}")).json()
    assert (shown["step"], shown["amount"]) == ("clawback", {"amount": -250, "currency": "TRY"})
    assert (shown["corrects"], shown["reason"], shown["status"]) == (first, "refunded", "pending")
    assert shown["net"] == {"amount": 750, "currency": "TRY"}
    assert [row["id"] for row in shown["rows"]] == [first, back]
    assert shown["rows"][0]["rule"]["text"]["en"] == "10% of 100.00"
    assert shown["rows"][0]["base"] == {"amount": 10_000, "currency": "TRY"}
    assert [entry["kind"] for entry in shown["entries"]] == ["accrual", "clawback"]
    lines = shown["entries"][1]["lines"]
    assert {(line["account"], line["amount"]["amount"]) for line in lines} == {
        ("pending", -250),
        ("expense", 250),
    }
    assert shown["conversion_id"] == ids.show("cnv", order)


async def test_a_list_is_narrowed(client: httpx.AsyncClient, settle: Settle, ayse: UUID) -> None:
    can = ids.read("prt", (await made(client, "/v1/partners", {"name": "Can"}))["id"])
    body = {"code": "AYŞE10", "kind": "exclusive", "partner_id": ids.show("prt", ayse)}
    coupon = await made(client, "/v1/coupons", body)
    coupon_id = ids.read("cpn", coupon["id"])
    link, program, order = ids.new(), ids.new(), ids.new()
    one = (await settle([target(ayse, 1, coupon_id=coupon_id, program_id=program)], order))[0]
    two = (await settle([target(can, 2, link_id=link, kind="lead", due_at=PAST, occurred_at=NOW)]))[0]
    three = (await settle([target(can, 3, currency="EUR", review="velocity")]))[0]
    for query, wanted in (
        ("", [three, two, one]),
        (f"partner_id={ids.show('prt', can)}", [three, two]),
        (f"program_id={ids.show('prg', program)}", [one]),
        (f"conversion_id={ids.show('cnv', order)}", [one]),
        (f"link_id={ids.show('lnk', link)}", [two]),
        (f"coupon={coupon['id']}", [one]),
        ("coupon=ayse10", [one]),
        ("coupon=other", []),
        ("status=on_hold", [three]),
        ("status=payable", [two]),
        ("kind=lead", [two]),
        ("step=clawback", []),
        ("currency=EUR", [three]),
        (f"ids={one},{three}", [three, one]),
        (f"from={NOW.isoformat().replace('+00:00', 'Z')}", [two]),
        (f"to={NOW.isoformat().replace('+00:00', 'Z')}", [three, one]),
        ("updated_since=2999-01-01T00:00:00Z", []),
        ("updated_since=2020-01-01T00:00:00Z&limit=1", [three]),
    ):
        assert await _listed(client, query) == wanted, query


async def test_pages_hold_each_row_once(client: httpx.AsyncClient, settle: Settle, ayse: UUID) -> None:
    for n in range(5):
        await settle([target(ayse, n)])
    seen: list[str] = []
    cursor = ""
    for _ in range(3):
        page = (await client.get(f"/v1/commissions?limit=2{cursor}")).json()
        seen += [row["id"] for row in page["data"]]
        cursor = f"&cursor={page['next_cursor']}"
    assert len(set(seen)) == 5
    assert page["has_more"] is False


async def _decide(client: httpx.AsyncClient, which: str, status: str, reason: str | None = None) -> Json:
    answer = await client.patch(f"/v1/commissions/{which}", json={"status": status, "reason": reason})
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


async def test_a_person_holds_and_releases(client: httpx.AsyncClient, settle: Settle, ayse: UUID) -> None:
    which = (await settle([target(ayse, 1_000)]))[0]
    held = await _decide(client, which, "on_hold", "call the customer")
    assert (held["status"], held["reason"]) == ("on_hold", "call the customer")
    balance = f"/v1/partners/{ids.show('prt', ayse)}/balance"
    row = (await client.get(balance)).json()["data"][0]
    assert (row["pending"], row["on_hold"], row["earned"]) == (0, 1_000, 1_000)
    released = await _decide(client, which, "pending")
    assert (released["status"], released["reason"]) == ("pending", None)
    assert [entry["kind"] for entry in released["entries"]] == ["accrual", "hold", "release"]
    assert released["entries"][1]["created_by"].startswith("key_")
    row = (await client.get(balance)).json()["data"][0]
    assert (row["pending"], row["on_hold"], row["earned"]) == (1_000, 0, 1_000)
    log = (await client.get("/v1/audit-log")).json()["data"]
    assert [line["action"] for line in log].count("commission.decided") == 2


async def test_a_person_rejects_and_reinstates(client: httpx.AsyncClient, settle: Settle, ayse: UUID) -> None:
    which = (await settle([target(ayse, 1_000, due_at=PAST, review="velocity")]))[0]
    rejected = await _decide(client, which, "rejected", "the order was made up")
    assert (rejected["status"], rejected["reason"]) == ("rejected", "the order was made up")
    assert rejected["net"]["amount"] == 0
    assert (await _decide(client, which, "payable"))["status"] == "payable"
    assert (await client.get("/v1/ledger/check")).json()["ok"] is True


async def test_a_release_while_the_hold_runs_is_no_payment(
    client: httpx.AsyncClient, settle: Settle, ayse: UUID
) -> None:
    which = (await settle([target(ayse, 1_000, due_at=SOON)]))[0]
    answer = await client.patch(f"/v1/commissions/{which}", json={"status": "payable"})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/commission-state")
    assert answer.json()["due_at"].startswith(SOON.isoformat()[:19])


async def test_what_can_t_be_decided(
    client: httpx.AsyncClient, settle: Settle, ayse: UUID, database: Database, workspace_id: UUID
) -> None:
    back = (await settle([target(ayse, 1_000, refunded=10_000)]))[0]
    paid = (await settle([target(ayse, 1_000, due_at=PAST)]))[0]
    rejected = (await settle([target(ayse, 1_000)]))[0]
    await _decide(client, rejected, "rejected", "made up")
    async with database.transaction(workspace_id) as db:
        await pay(db, workspace_id, ayse)
    for which, status in ((back, "on_hold"), (back, "rejected"), (paid, "on_hold"), (rejected, "on_hold")):
        answer = await client.patch(f"/v1/commissions/{which}", json={"status": status, "reason": "x"})
        assert answer.status_code == 409, (which, status)
    taken = await _decide(client, paid, "rejected", "found out later")
    assert (taken["status"], taken["net"]["amount"]) == ("paid", 0)
    row = (await client.get(f"/v1/partners/{ids.show('prt', ayse)}/balance")).json()["data"][0]
    assert (row["paid"], row["payable"], row["negative"], row["earned"]) == (1_000, 0, -1_000, 0)


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"status": "on_hold"}, "reason"),
        ({"status": "rejected", "reason": " "}, "reason"),
        ({"status": "paid", "reason": "x"}, "status"),
        ({"status": "reversed", "reason": "x"}, "status"),
        ({"status": "pending", "amount": 5}, "amount"),
        ({"reason": "x"}, "status"),
        ({"status": "pending", "reason": "x" * 501}, "reason"),
    ],
    ids=str,
)
async def test_a_decision_that_can_t_be(
    client: httpx.AsyncClient, settle: Settle, ayse: UUID, body: Json, path: str
) -> None:
    which = (await settle([target(ayse, 1_000)]))[0]
    answer = await client.patch(f"/v1/commissions/{which}", json=body)
    assert answer.status_code == 400
    assert path in answer.text
    assert (await client.get(f"/v1/commissions/{which}")).json()["status"] == "pending"


async def test_many_are_decided_at_once(client: httpx.AsyncClient, settle: Settle, ayse: UUID) -> None:
    first, second = (await settle([target(ayse, 1)]))[0], (await settle([target(ayse, 2)]))[0]
    gone = (await settle([target(ayse, 3, refunded=10_000)]))[0]
    unknown = ids.show("com", ids.new())
    body = {"ids": [first, unknown, gone, "x", second], "status": "on_hold", "reason": "a campaign's end"}
    for _ in range(2):
        found = await made(client, "/v1/commissions/decide", body, status=200)
        assert [(row["id"], row["status"], row["problem"]) for row in found["data"]] == [
            (first, "on_hold", None),
            (unknown, None, "commission-not-found"),
            (gone, None, "commission-state"),
            ("x", None, "not-found"),
            (second, "on_hold", None),
        ]
    answer = await client.post("/v1/commissions/decide", json={**body, "ids": [first] * 1001})
    assert answer.status_code == 400


async def test_another_workspace_sees_nothing(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient, settle: Settle, ayse: UUID
) -> None:
    which = (await settle([target(ayse, 1_000)]))[0]
    assert (await other_client.get(f"/v1/commissions/{which}")).status_code == 404
    body = {"status": "rejected", "reason": "x"}
    assert (await other_client.patch(f"/v1/commissions/{which}", json=body)).status_code == 404
    many = await made(other_client, "/v1/commissions/decide", {"ids": [which], **body}, status=200)
    assert many["data"][0]["problem"] == "commission-not-found"
    for path in ("/v1/commissions", "/v1/ledger/accounts", "/v1/ledger/entries"):
        assert (await other_client.get(path)).json()["data"] == []
    assert (await other_client.get(f"/v1/partners/{ids.show('prt', ayse)}/balance")).status_code == 404
    assert (await client.get(f"/v1/commissions/{which}")).json()["status"] == "pending"
