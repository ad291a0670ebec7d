"""Accounts, entries, totals and the recount over HTTP."""

from uuid import UUID

import httpx

from service.kit import ids
from service.kit.db import Connection, Database
from service.ledger import settling
from tests.service.discovery.api import made
from tests.service.ledger.bookkeeping import PAST, target


async def _workspace(client: httpx.AsyncClient) -> UUID:
    return ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])


async def _partner(client: httpx.AsyncClient, name: str) -> UUID:
    return ids.read("prt", (await made(client, "/v1/partners", {"name": name}))["id"])


async def _some(client: httpx.AsyncClient, database: Database) -> tuple[UUID, UUID, UUID]:
    workspace, ayse, can = await _workspace(client), await _partner(client, "A"), await _partner(client, "C")
    async with database.transaction(workspace) as db:
        order = ids.new()
        wanted = [target(ayse, 1_000), target(can, 70, due_at=PAST, currency="JPY")]
        await settling.settle(db, workspace, order, wanted, "test")
        back = [target(ayse, 1_000, refunded=1_000), wanted[1]]
        await settling.settle(db, workspace, order, back, "test")
    return workspace, ayse, can


async def test_accounts_and_totals(client: httpx.AsyncClient, database: Database) -> None:
    _, ayse, can = await _some(client, database)
    rows = (await client.get("/v1/ledger/accounts")).json()["data"]
    assert {(row["partner_id"], row["kind"], *row["balance"].values()) for row in rows} == {
        (ids.show("prt", ayse), "pending", 900, "TRY"),
        (ids.show("prt", ayse), "expense", -900, "TRY"),
        (ids.show("prt", can), "payable", 70, "JPY"),
        (ids.show("prt", can), "expense", -70, "JPY"),
    }
    for query, n in (
        (f"partner_id={ids.show('prt', can)}", 2),
        ("kind=expense", 2),
        ("kind=expense&currency=JPY", 1),
        ("currency=points", 0),
        ("limit=3", 3),
    ):
        assert len((await client.get(f"/v1/ledger/accounts?{query}")).json()["data"]) == n, query
    totals = (await client.get("/v1/ledger/totals")).json()
    assert totals["sums"] == [{"amount": 0, "currency": "JPY"}, {"amount": 0, "currency": "TRY"}]
    assert {"kind": "payable", "balance": {"amount": 70, "currency": "JPY"}} in totals["totals"]


async def test_entries(client: httpx.AsyncClient, database: Database) -> None:
    _, ayse, _ = await _some(client, database)
    rows = (await client.get("/v1/ledger/entries")).json()["data"]
    assert [row["kind"] for row in rows] == ["clawback", "accrual", "accrual"]
    for row in rows:
        assert sum(line["amount"]["amount"] for line in row["lines"]) == 0
    one = f"/v1/ledger/entries?partner_id={ids.show('prt', ayse)}"
    assert [row["kind"] for row in (await client.get(one)).json()["data"]] == ["clawback", "accrual"]
    back = rows[0]["details"]["changes"][0]["commission_id"]
    about = (await client.get(f"/v1/ledger/entries?commission_id={back}")).json()["data"]
    assert [row["kind"] for row in about] == ["clawback", "accrual"]
    assert len((await client.get("/v1/ledger/entries?kind=clawback")).json()["data"]) == 1
    assert (await client.get("/v1/ledger/entries?to=2020-01-01T00:00:00Z")).json()["data"] == []


async def test_a_recount_finds_what_is_wrong(
    client: httpx.AsyncClient, database: Database, owner: Connection
) -> None:
    _, ayse, _ = await _some(client, database)
    right = (await client.get("/v1/ledger/check")).json()
    assert (right["ok"], right["differences"], right["entries"], right["postings"]) == (True, [], 3, 6)
    await owner.execute("update ledger_accounts set balance = balance + 5 where kind = 'payable'")
    await owner.execute("update commissions set status = 'payable' where partner_id = $1 and n = 0", ayse)
    await owner.execute("alter table ledger_postings disable trigger ledger_postings_sum")
    await owner.execute(
        """insert into ledger_postings select workspace_id, entry_id, 9, account_id, null, 3, currency
           from ledger_postings where currency = 'JPY' limit 1"""
    )
    wrong = (await client.get("/v1/ledger/check")).json()
    assert wrong["ok"] is False
    assert {each["of"] for each in wrong["differences"]} == {"account", "entry", "commission"}
    assert {"amount": 3, "currency": "JPY"} in wrong["sums"]
    payable = [each for each in wrong["differences"] if each["of"] == "account"]
    assert {each["recorded"] - each["recounted"] for each in payable} <= {5, 2, -3}


async def test_a_recount_as_a_job(client: httpx.AsyncClient, database: Database, drain) -> None:  # type: ignore[no-untyped-def]
    await _some(client, database)
    job = await made(client, "/v1/ledger/check", {}, status=202)
    await drain()
    found = (await client.get(f"/v1/jobs/{job['id']}")).json()
    assert (found["status"], found["result"]["ok"], found["result"]["commissions"]) == ("succeeded", True, 3)


async def test_a_partner_s_balance(client: httpx.AsyncClient, database: Database) -> None:
    _, _, can = await _some(client, database)
    found = (await client.get(f"/v1/partners/{ids.show('prt', can)}/balance")).json()
    zero = {"pending": 0, "on_hold": 0, "paid": 0, "negative": 0}
    assert found["data"] == [{"currency": "JPY", "payable": 70, "earned": 70, **zero}]
    nobody = await client.get(f"/v1/partners/{ids.show('prt', ids.new())}/balance")
    assert (nobody.status_code, nobody.json()["type"]) == (404, "/problems/partner-not-found")
