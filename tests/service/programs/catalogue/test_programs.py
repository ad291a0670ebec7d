"""Programs: everything that is sent comes back, terms are versions, and what held when."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from service.kit import ids
from service.kit.db import Database
from service.programs.reading import Agreed, agreed_at, payees
from tests.service.discovery.api import Json, made

TRY = "TRY"
WHOLE: Json = {
    "name": "Yaz Ortaklığı",
    "kind": "affiliate",
    "rules": [
        {
            "kind": "click",
            "flat": {"amount": 25, "currency": TRY},
            "cap": {"amount": {"amount": 5000, "currency": TRY}},
        },
        {
            "kind": "sale",
            "name": "shoes",
            "rate": "0.10",
            "recurring": "months",
            "months": 6,
            "categories": ["Ayakkabı"],
            "products": ["sku-1"],
            "countries": ["TR"],
            "customers": "new",
            "groups": ["gold"],
            "tiers": [{"rate": "0.125", "from_sales": 10}],
            "tiers_per": "quarter",
            "starts_at": "2026-01-01T00:00:00Z",
            "ends_at": "2027-01-01T00:00:00Z",
        },
    ],
    "bonuses": [{"amount": {"amount": 50_000, "currency": TRY}, "from_sales": 100, "per": "year"}],
    "hold": {"days": 21, "from": "paid", "unknown_days": 3},
    "attribution": {
        "window_days": 7,
        "payout_model": "coupon_click_split",
        "report_models": ["linear", "shapley"],
        "precedence": ["click", "coupon"],
        "coupon_part": "0.7",
        "bond": {"days": 365, "sales": 5},
    },
    "currency": TRY,
    "min_payout": {"amount": 10_000, "currency": TRY},
}
TEN = [{"kind": "sale", "rate": "0.1"}]


async def _program(client: httpx.AsyncClient, **fields: Any) -> Json:
    return await made(client, "/v1/programs", {"name": "Yaz", "rules": TEN, **fields})


def _within(sent: Any, shown: Any) -> bool:
    """Whether all that was sent is shown."""
    if isinstance(sent, dict):
        return all(_within(value, shown[name]) for name, value in sent.items())
    if isinstance(sent, list):
        return len(sent) == len(shown) and all(map(_within, sent, shown))
    return bool(sent == shown)


async def test_everything_that_is_sent_comes_back(client: httpx.AsyncClient) -> None:
    shown = await made(client, "/v1/programs", WHOLE)
    assert _within(WHOLE, shown)
    assert (shown["status"], shown["terms_version"], shown["partners"]) == ("active", 1, 0)
    answer = await client.get(f"/v1/programs/{shown['id']}")
    assert (answer.json(), answer.headers["etag"]) == (shown, '"1"')


async def test_rates_stay_exact(client: httpx.AsyncClient) -> None:
    """A JSON number is read as it is written, not as a float."""
    body = b'{"name": "x", "rules": [{"kind": "sale", "rate": 0.1}, {"kind": "sale", "rate": 0.075}]}'
    answer = await client.post("/v1/programs", content=body, headers={"content-type": "application/json"})
    assert [rule["rate"] for rule in answer.json()["rules"]] == ["0.1", "0.075"]


async def test_a_list_is_narrowed(client: httpx.AsyncClient, other_client: httpx.AsyncClient) -> None:
    one, two = await _program(client), await _program(client, name="Kış", kind="advocacy")
    gone = await _program(client, name="Bahar")
    await _program(other_client)
    assert (await client.delete(f"/v1/programs/{gone['id']}")).status_code == 204
    await client.patch(f"/v1/programs/{two['id']}", json={"status": "paused"})
    for query, rows in (
        ("", [two, one]),
        ("kind=advocacy", [two]),
        ("status=paused", [two]),
        ("status=archived", [gone]),
        ("q=KIS", [two]),
        (f"ids={gone['id']}", [gone]),
        ("limit=1", [two]),
    ):
        answer = await client.get(f"/v1/programs?{query}")
        assert [row["id"] for row in answer.json()["data"]] == [row["id"] for row in rows], query


async def test_new_terms_are_a_version(client: httpx.AsyncClient) -> None:
    one = await _program(client)
    path = f"/v1/programs/{one['id']}"
    renamed = (await client.patch(path, json={"name": "Güz"})).json()
    assert (renamed["terms_version"], renamed["name"]) == (1, "Güz")
    same = (await client.patch(path, json={"rules": TEN})).json()
    assert same["terms_version"] == 1
    better = (await client.patch(path, json={"rules": [{"kind": "sale", "rate": "0.2"}]})).json()
    assert (better["terms_version"], better["rules"][0]["rate"]) == (2, "0.2")
    later = {"hold": {"days": 30}, "valid_from": "2099-01-01T00:00:00Z"}
    planned = (await client.patch(path, json=later)).json()
    assert (planned["terms_version"], planned["hold"]["days"]) == (2, 14)
    data = (await client.get(f"{path}/terms?limit=2")).json()
    assert [(row["version"], row["in_force"]) for row in data["data"]] == [(3, False), (2, True)]
    assert data["data"][0]["terms"]["rules"][0]["rate"] == "0.2"
    rest = (await client.get(f"{path}/terms?cursor={data['next_cursor']}")).json()["data"]
    assert [(row["version"], row["valid_from"], row["in_force"]) for row in rest] == [(1, None, False)]


async def test_a_lost_update_is_refused(client: httpx.AsyncClient) -> None:
    one = await _program(client)
    path = f"/v1/programs/{one['id']}"
    for status in (200, 412):
        answer = await client.patch(path, json={"name": "x"}, headers={"if-match": '"1"'})
        assert answer.status_code == status


SALE: Json = {"kind": "sale", "rate": "0.1"}
CENT = {"amount": 1, "currency": TRY}
STRANGER = ids.show("prt", ids.new())


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"rules": [SALE | {"rate": "10"}]}, "rules[0].rate"),
        ({"rules": [SALE | {"rate": "-0.1"}]}, "rules[0].rate"),
        ({"rules": [SALE | {"rate": "NaN"}]}, "rules[0].rate"),
        ({"rules": [SALE | {"rate": "1e-99"}]}, "rules[0].rate"),
        ({"rules": [{"kind": "sale"}]}, "rules[0].rate"),
        ({"rules": [SALE | {"flat": CENT}]}, "rules[0].rate"),
        ({"rules": [{"kind": "click", "rate": "0.1"}]}, "rules[0].rate"),
        ({"rules": [{"kind": "gift", "rate": "0.1"}]}, "rules[0].kind"),
        ({"rules": [SALE | {"recurring": "months"}]}, "rules[0].months"),
        ({"rules": [SALE | {"months": 3}]}, "rules[0].months"),
        ({"rules": [SALE | {"countries": ["Turkey"]}]}, "rules[0].countries[0]"),
        ({"rules": [SALE | {"partner_ids": ["x"]}]}, "rules[0].partner_ids[0]"),
        ({"rules": [SALE | {"tiers": [{"rate": "0.2"}]}]}, "rules[0].tiers[0].from_sales"),
        ({"rules": [SALE | {"tiers": [{"from_sales": 3}]}]}, "rules[0].tiers[0].rate"),
        (
            {"rules": [SALE | {"cap": {"amount": {"amount": 1, "currency": "XQQ"}}}]},
            "rules[0].cap.amount.currency",
        ),
        (
            {"rules": [{"kind": "lead", "flat": CENT, "cap": {"amount": {"amount": 1, "currency": "EUR"}}}]},
            "rules[0].cap.amount.currency",
        ),
        (
            {"rules": [SALE | {"starts_at": "2026-01-02T00:00:00Z", "ends_at": "2026-01-01T00:00:00Z"}]},
            "rules[0].ends_at",
        ),
        ({"rules": [SALE | {"starts_at": "2026-01-02T00:00:00"}]}, "rules[0].starts_at"),
        ({"rules": [SALE | {"name": "a"}, SALE | {"name": "a"}]}, "rules"),
        ({"rules": [{"kind": "lead", "flat": CENT}], "currency": "EUR"}, "rules[0].flat.currency"),
        ({"bonuses": [{"amount": CENT}]}, "bonuses[0].from_sales"),
        (
            {"bonuses": [{"amount": {"amount": 0, "currency": TRY}, "from_sales": 1}]},
            "bonuses[0].amount.amount",
        ),
        ({"overrides": [{"partner_id": "x", "rate": "0.1"}]}, "overrides[0].partner_id"),
        ({"overrides": [{"partner_id": STRANGER, "rate": "20"}]}, "overrides[0].rate"),
        ({"attribution": {"precedence": ["click", "click"]}}, "attribution.precedence"),
        ({"attribution": {"coupon_part": "2"}}, "attribution.coupon_part"),
        ({"attribution": {"bond": {}}}, "attribution.bond"),
        ({"attribution": {"window_days": 0}}, "attribution.window_days"),
        ({"hold": {"days": -1}}, "hold.days"),
        ({"currency": "XQQ"}, "currency"),
        ({"min_payout": {"amount": 1, "currency": "XQQ"}}, "min_payout.currency"),
        ({"name": " "}, "name"),
        ({"balance": 5}, "balance"),
    ],
)
async def test_terms_that_cannot_be_are_refused(client: httpx.AsyncClient, body: Json, path: str) -> None:
    one = await _program(client)
    answer = await client.post("/v1/programs", json={"name": "x", **body})
    assert answer.status_code == 400, answer.text
    assert path in [error["path"] for error in answer.json()["errors"]]
    answer = await client.patch(f"/v1/programs/{one['id']}", json=body)
    assert (answer.status_code, path in answer.text) == (400, True)
    assert (await client.get(f"/v1/programs/{one['id']}")).json() == one


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"rules": [SALE | {"partner_ids": [STRANGER]}]}, "rules[0].partner_ids[0]"),
        ({"overrides": [{"partner_id": STRANGER, "rate": "0.1"}]}, "overrides[0].partner_id"),
    ],
)
async def test_partners_who_are_not_there(client: httpx.AsyncClient, body: Json, path: str) -> None:
    one = await _program(client)
    for method, where in (("post", "/v1/programs"), ("patch", f"/v1/programs/{one['id']}")):
        sent = {"name": "x", **body} if method == "post" else body
        answer = await client.request(method, where, json=sent)
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/partner-not-found")
        assert answer.json()["detail"].startswith(path)


async def test_every_fault_is_told_at_once(client: httpx.AsyncClient) -> None:
    body = {"name": "x", "rules": [SALE | {"rate": "10"}, {"kind": "sale"}], "hold": {}, "currency": "XQQ"}
    answer = await client.post("/v1/programs", json=body)
    assert [error["path"] for error in answer.json()["errors"]] == [
        "rules[0].rate",
        "rules[1].rate",
        "currency",
    ]


@pytest.mark.parametrize(
    "sent", [{"valid_from": "2026-01-01T00:00:00Z"}, {"valid_from": "2099-01-01T00:00:00Z"}]
)
async def test_terms_do_not_reach_back(client: httpx.AsyncClient, sent: Json) -> None:
    """Nor is there a day without terms that begin on it."""
    one = await _program(client)
    body = sent | ({"rules": []} if "2026" in sent["valid_from"] else {"name": "x"})
    answer = await client.patch(f"/v1/programs/{one['id']}", json=body)
    assert [error["path"] for error in answer.json()["errors"]] == ["valid_from"]


async def test_nobody_joins_what_is_not_there(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient
) -> None:
    theirs, gone = await _program(other_client), await _program(client)
    await client.delete(f"/v1/programs/{gone['id']}")
    for program_id in (ids.show("prg", ids.new()), theirs["id"], gone["id"]):
        answer = await client.post("/v1/partners", json={"name": "A", "program_id": program_id})
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/program-not-found")


async def test_partners_of_a_program(client: httpx.AsyncClient) -> None:
    program = await _program(client)
    one = await made(
        client, "/v1/partners", {"name": "A", "program_id": program["id"], "email": "a@x.example"}
    )
    two = await made(client, "/v1/partners", {"name": "B", "email": "a@x.example"})
    assert one["program_id"] == program["id"]
    answer = await client.get(f"/v1/partners?program_id={program['id']}")
    assert [row["id"] for row in answer.json()["data"]] == [one["id"]]
    assert (await client.get(f"/v1/programs/{program['id']}")).json()["partners"] == 1
    answer = await client.patch(f"/v1/partners/{two['id']}", json={"program_id": program["id"]})
    assert answer.status_code == 409
    assert (await client.patch(f"/v1/partners/{one['id']}", json={"program_id": None})).status_code == 409
    await client.delete(f"/v1/partners/{two['id']}")
    answer = await client.patch(f"/v1/partners/{one['id']}", json={"program_id": None})
    assert answer.json()["program_id"] is None


async def _at(client: httpx.AsyncClient, database: Database, partner: Json, at: datetime) -> Agreed:
    workspace = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])
    who = ids.read("prt", partner["id"])
    async with database.transaction(workspace) as db:
        return (await agreed_at(db, workspace, [who], at))[who]


async def test_what_was_agreed_stays_as_it_was(client: httpx.AsyncClient, database: Database) -> None:
    """Program, group, status and terms hold for what happens from the change on."""
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    none = await made(client, "/v1/partners", {"name": "B"})
    alone = await _at(client, database, none, long_ago)
    assert (alone.program_id, alone.version, alone.terms.rules) == (None, 0, [])
    program = await _program(client)
    who = await made(client, "/v1/partners", {"name": "A", "program_id": program["id"], "group": "gold"})
    before = datetime.now(UTC)
    first = await _at(client, database, who, long_ago)
    assert (first.version, first.group, first.stopped, len(first.terms.rules)) == (1, "gold", None, 1)
    await client.patch(f"/v1/programs/{program['id']}", json={"rules": []})
    await client.patch(f"/v1/partners/{who['id']}", json={"group": "silver"})
    between = datetime.now(UTC)
    await client.patch(f"/v1/partners/{who['id']}", json={"status": "paused", "program_id": None})
    paused = datetime.now(UTC)
    await client.patch(f"/v1/partners/{who['id']}", json={"status": "active", "program_id": program["id"]})
    back = datetime.now(UTC)
    await client.delete(f"/v1/programs/{program['id']}")
    assert await _at(client, database, who, before) == first
    second = await _at(client, database, who, between)
    assert (second.version, second.group, second.stopped, second.terms.rules) == (2, "silver", None, [])
    stopped = await _at(client, database, who, paused)
    assert (stopped.program_id, stopped.version, stopped.stopped) == (None, 0, "partner_paused")
    assert (await _at(client, database, who, back)).stopped is None
    later = await _at(client, database, who, datetime.now(UTC) + timedelta(days=1))
    assert (later.program_name, later.stopped) == ("Yaz", "program_archived")


async def test_of_versions_the_latest_begun_holds(client: httpx.AsyncClient, database: Database) -> None:
    program = await _program(client, valid_from="2026-01-01T00:00:00Z")
    who = await made(client, "/v1/partners", {"name": "A", "program_id": program["id"]})
    path = f"/v1/programs/{program['id']}"
    for days, valid_from in (
        (1, "2098-01-01T00:00:00Z"),
        (2, "2097-01-01T00:00:00Z"),
        (3, "2098-01-01T00:00:00Z"),
    ):
        answer = await client.patch(path, json={"hold": {"days": days}, "valid_from": valid_from})
        assert answer.status_code == 200, answer.text
    found = [
        (await _at(client, database, who, datetime(year, 6, 1, tzinfo=UTC))).version
        for year in (2025, 2026, 2097, 2098)
    ]
    assert found == [0, 1, 3, 4]


async def test_payees_are_the_workspace_s_own(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient, database: Database
) -> None:
    mine = await made(client, "/v1/partners", {"name": "A", "email": "A@x.example", "group": "gold"})
    theirs = await made(other_client, "/v1/partners", {"name": "B"})
    workspace = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])
    asked = [ids.read("prt", one["id"]) for one in (mine, theirs)]
    async with database.transaction(workspace) as db:
        found: dict[UUID, Any] = await payees(db, workspace, asked)
    assert list(found) == asked[:1]
    assert found[asked[0]][2:] == ("gold", "active", "a@x.example", "A", ())
