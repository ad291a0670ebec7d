"""Where partners are paid to, over the API and in the tables."""

import httpx
import pytest

from service.influencers.events import InfluencersErased
from service.kit import events, ids
from service.kit.db import Connection, Database
from service.kit.secrets import Unsealable
from service.ledger.payouts.accounts import sealing, store
from tests.service.discovery.api import Json, influencer, made

IBAN, OTHER = "TR33 0006 1005 1978 6457 8413 26", "DE89370400440532013000"


async def _partner(client: httpx.AsyncClient, name: str, **more: str) -> str:
    return str((await made(client, "/v1/partners", {"name": name, **more}))["id"])


async def _put(client: httpx.AsyncClient, partner: str, iban: str, payee: str = "Ayşe Öz") -> Json:
    body = {"iban": iban, "payee": payee}
    answer = await client.put(f"/v1/partners/{partner}/payout-account", json=body)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


async def test_an_account_is_shown_in_part_and_stored_sealed(
    client: httpx.AsyncClient, owner: Connection
) -> None:
    ayse = await _partner(client, "Ayşe")
    path = f"/v1/partners/{ayse}/payout-account"
    assert (await client.get(path)).status_code == 404
    kept = await _put(client, ayse, IBAN)
    assert (kept["iban"], kept["payee"], kept["country"]) == ("TR33 •••• 1326", "Ayşe Öz", "TR")
    assert (await client.get(path)).json() == kept
    # The same one, spelt otherwise, is no other.
    assert await _put(client, ayse, IBAN.replace(" ", "").lower(), "Ayşe  Öz") == kept
    text = str([tuple(row) for row in await owner.fetch("select * from payout_accounts")])
    assert "0006100519786457841326" not in text
    assert "Ayşe" not in text
    changed = await _put(client, ayse, OTHER)
    assert changed["id"] != kept["id"]
    assert await owner.fetchval("select count(*) from payout_accounts where ended_at is not null") == 1
    assert (await client.delete(path)).status_code == 204
    assert (await client.delete(path)).status_code == 404
    log = (await client.get("/v1/audit-log")).text
    assert "payout_account.put" in log
    assert "1326" not in log


async def test_faults_are_told(client: httpx.AsyncClient) -> None:
    ayse = await _partner(client, "Ayşe")
    path = f"/v1/partners/{ayse}/payout-account"
    answer = await client.put(path, json={"iban": IBAN.replace("26", "27"), "payee": "A B"})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["path"] == "iban"
    for body in ({"iban": IBAN, "payee": " "}, {"iban": IBAN, "payee": "A\nB"}, {"iban": IBAN}, {"x": 1}):
        assert (await client.put(path, json=body)).status_code == 400


async def test_two_who_share_an_account_are_seen(client: httpx.AsyncClient, database: Database) -> None:
    ayse, can, efe = [await _partner(client, name) for name in ("Ayşe", "Can", "Efe")]
    await _put(client, ayse, IBAN)
    await _put(client, efe, OTHER)
    assert (await _put(client, can, IBAN, "Can"))["shared_with"] == [ayse]
    assert (await client.get(f"/v1/partners/{efe}/payout-account")).json()["shared_with"] == []
    workspace = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])
    async with database.transaction(workspace) as db:
        changed = await store.take_changed(db, workspace)
        assert sorted(changed) == sorted(ids.read("prt", each) for each in (ayse, can))
        assert await store.take_changed(db, workspace) == []
    # Whom somebody leaves behind has to be looked at, too.
    await _put(client, can, OTHER, "Can")
    async with database.transaction(workspace) as db:
        changed = await store.take_changed(db, workspace)
        assert sorted(changed) == sorted(ids.read("prt", each) for each in (ayse, can, efe))


async def test_another_row_s_seal_does_not_open() -> None:
    one, other = ids.new(), ids.new()
    sealed = sealing.seal(one, sealing.Place("DE89370400440532013000", "A"))
    assert sealing.opened(one, sealed).payee == "A"
    with pytest.raises(Unsealable):
        sealing.opened(other, sealed)


async def test_a_merge_takes_the_account_over_where_there_is_none(client: httpx.AsyncClient) -> None:
    kept, twin, third = [await _partner(client, name) for name in ("Ayşe", "Ayşe Ö", "A")]
    account = await _put(client, twin, IBAN)
    await made(client, "/v1/partners/merge", {"keep": kept, "merge": [twin]}, status=200)
    path = f"/v1/partners/{kept}/payout-account"
    assert (await client.get(path)).json()["id"] == account["id"]
    assert (await client.put(f"/v1/partners/{twin}/payout-account", json=_body())).status_code == 409
    await _put(client, third, OTHER)
    await made(client, "/v1/partners/merge", {"keep": kept, "merge": [third]}, status=200)
    assert (await client.get(path)).json()["id"] == account["id"]
    assert (await client.get(f"/v1/partners/{third}/payout-account")).status_code == 404


def _body() -> Json:
    return {"iban": OTHER, "payee": "B C"}


async def test_an_erasure_leaves_no_number(
    client: httpx.AsyncClient, database: Database, owner: Connection
) -> None:
    profile = await influencer(client, "Ayşe")
    ayse = await _partner(client, "Ayşe", influencer_id=profile)
    await _put(client, ayse, IBAN)
    await _put(client, ayse, OTHER)
    workspace = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])
    async with database.transaction(workspace) as db:
        await events.emit(db, InfluencersErased(workspace, [ids.read("inf", profile)]))
    rows = await owner.fetch("select sealed, number_key, country, hint from payout_accounts")
    assert [tuple(row) for row in rows] == [(None, None, None, None)] * 2
