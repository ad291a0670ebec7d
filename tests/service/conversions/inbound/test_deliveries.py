"""What has come in: read once, listed, replayed, forgotten in time."""

from typing import Any

import httpx
import pytest

from service.conversions import customers, taking
from service.conversions.inbound.deliveries import erasing
from service.kit import ids, jobs
from service.kit.db import Connection, Database
from service.settings import Settings
from tests.service.conversions.inbound.conftest import SECRET, Address, Open, deliveries, order, signed

Drain = Any


async def _sent(anonymous: httpx.AsyncClient, address: Address, number: int = 1001, **fields: Any) -> None:
    body = order(number, **fields)
    answer = await anonymous.post(address.path, content=body, headers=signed(body))
    assert answer.status_code == 200, answer.text


async def test_other_topics_and_macros_and_thin_hooks_wait_apart(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, integration: Open, drain: Drain
) -> None:
    shop, network = await integration("shopify", secrets=[SECRET]), await integration("generic")
    body = b'{"id": 1, "title": "x"}'
    await anonymous.post(shop.path, content=body, headers=signed(body, topic="products/update"))
    await anonymous.get(f"{network.path}?cid={{clickid}}&payout={{payout}}&txid={{transaction_id}}")
    thin = {"scope": "store/order/created", "data": {"type": "order", "id": 250}}
    await anonymous.post(network.path, json=thin)
    await drain()
    [ignored] = await deliveries(client, shop)
    assert (ignored["status"], ignored["why"]) == ("ignored", "topic")
    [macro] = await deliveries(client, network, status="quarantined")
    assert (macro["why"], macro["outcomes"][0]["why"]) == ("macro", "macro")
    assert "{" in macro["outcomes"][0]["value"]
    [fetch] = await deliveries(client, network, status="needs_fetch")
    assert (fetch["outcomes"][0]["resource"], fetch["outcomes"][0]["id"]) == ("order", "250")
    shown = (await client.get(f"/v1/integrations/{network.id}")).json()
    assert shown["open"] == {"quarantined": 1, "needs_fetch": 1}
    assert shown["last_delivery_at"] is not None


async def test_tests_are_kept_apart(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, integration: Open, drain: Drain
) -> None:
    address = await integration("shopify", secrets=[SECRET])
    body = order(1, test=True)
    await anonymous.post(address.path, content=body, headers=signed(body, **{"X-Shopify-Test": "true"}))
    await _sent(anonymous, address, 2)
    await drain()
    assert [each["test"] for each in await deliveries(client, address)] == [False, True]
    assert len(await deliveries(client, address, test=True)) == 1


async def test_a_list_is_narrowed_and_paged(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, integration: Open
) -> None:
    address = await integration("shopify", secrets=[SECRET])
    for number in range(5):
        await _sent(anonymous, address, number)
    path = f"/v1/integrations/{address.id}/deliveries"
    seen, cursor = [], None
    while True:
        params = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = (await client.get(path, params=params)).json()
        seen += [each["id"] for each in page["data"]]
        cursor = page["next_cursor"]
        if not page["has_more"]:
            break
    assert len(set(seen)) == 5
    assert seen == sorted(seen, reverse=True)
    assert await deliveries(client, address, topic="orders/create") == []
    assert (
        len(await deliveries(client, address, topic="orders/paid", **{"from": "2020-01-01T00:00:00Z"})) == 5
    )
    assert await deliveries(client, address, to="2020-01-01T00:00:00Z") == []
    assert (await client.get(path, params={"from": "2020-01-01T00:00:00"})).status_code == 400


async def test_a_replay_with_new_aliases_reads_what_could_not_be(
    client: httpx.AsyncClient,
    anonymous: httpx.AsyncClient,
    integration: Open,
    drain: Drain,
    owner: Connection,
) -> None:
    address = await integration("generic", aliases={"currency": "=TRY"})
    await anonymous.get(f"{address.path}?siparis_kodu=77&tutar=129,90")
    await drain()
    [before] = await deliveries(client, address)
    assert before["status"] == "quarantined"
    aliases = {"order": "siparis_kodu", "amount": "tutar", "currency": "=TRY"}
    await client.patch(f"/v1/integrations/{address.id}", json={"aliases": aliases})
    answer = await client.post(f"/v1/integrations/{address.id}/replay", json={"statuses": ["quarantined"]})
    assert (answer.status_code, answer.json()["matched"]) == (202, 1)
    await drain()
    [after] = await deliveries(client, address)
    assert (after["status"], after["attempts"]) == ("processed", 2)
    assert await owner.fetchval("select amount from conversions") == 12990
    job = (await client.get(f"/v1/jobs/{answer.json()['job']['id']}")).json()
    assert job["result"] == {"replayed": 1, "by_status": {"processed": 1}}


async def test_a_replay_of_what_was_read_changes_nothing(
    client: httpx.AsyncClient,
    anonymous: httpx.AsyncClient,
    integration: Open,
    drain: Drain,
    owner: Connection,
) -> None:
    address = await integration("shopify", secrets=[SECRET])
    for number in range(3):
        await _sent(anonymous, address, number)
    await drain()
    before = await owner.fetch("select id, version, amount from conversions order by id")
    path = f"/v1/integrations/{address.id}"
    assert (await client.post(f"{path}/replay", json={"from": "2020-01-01T00:00:00Z"})).status_code == 202
    [one, *_] = await deliveries(client, address)
    assert (await client.post(f"{path}/deliveries/{one['id']}/replay", json={})).status_code == 202
    await drain()
    assert await owner.fetch("select id, version, amount from conversions order by id") == before
    outcomes = [each["outcomes"][0]["outcome"] for each in await deliveries(client, address)]
    assert outcomes == ["unchanged"] * 3
    assert (await client.post(f"{path}/replay", json={})).status_code == 400
    unknown = {"delivery_ids": [ids.show("dly", ids.new())]}
    assert (await client.post(f"{path}/replay", json=unknown)).status_code == 404


async def test_one_that_breaks_keeps_no_other_from_being_read(
    client: httpx.AsyncClient,
    anonymous: httpx.AsyncClient,
    integration: Open,
    drain: Drain,
    owner: Connection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address = await integration("shopify", secrets=[SECRET])
    await _sent(anonymous, address, 1)
    await _sent(anonymous, address, 2)
    whole = taking.take

    async def broken(db: Any, workspace_id: Any, source: Any, report: Any) -> Any:
        taken = await whole(db, workspace_id, source, report)
        if any(ref.value == "1" for ref in report.refs):
            raise RuntimeError("a defect behind half of the work")
        return taken

    monkeypatch.setattr(taking, "take", broken)
    await drain()
    found = await deliveries(client, address)
    assert [each["status"] for each in found] == ["processed", "received"]
    assert await owner.fetchval("select count(*) from conversions") == 1
    for _ in range(5):
        await owner.execute("update inbound_deliveries set due_at = elci_now()")
        await jobs.run_scheduled(*_at(client), "inbound.waiting")
        await drain()
    assert (await deliveries(client, address))[1]["status"] == "failed"
    monkeypatch.undo()
    await client.post(f"/v1/integrations/{address.id}/replay", json={"statuses": ["failed"]})
    await drain()
    assert [each["status"] for each in await deliveries(client, address)] == ["processed"] * 2
    assert await owner.fetchval("select count(*) from conversions") == 2


def _at(client: httpx.AsyncClient) -> tuple[Settings, Database]:
    app = client._transport.app  # type: ignore[attr-defined]
    return app.state.settings, app.state.database


async def test_old_bodies_are_dropped_and_then_the_lines(
    client: httpx.AsyncClient,
    anonymous: httpx.AsyncClient,
    integration: Open,
    drain: Drain,
    owner: Connection,
) -> None:
    address = await integration("generic")
    for number in range(3):
        await anonymous.get(f"{address.path}?cid={{clickid}}&txid={number}")
    await drain()
    for days, number in ((29, 0), (31, 1), (91, 2)):
        await owner.execute(
            """update inbound_deliveries set received_at = elci_now() - make_interval(days => $1)
               where query like $2""",
            *(days, f"%txid={number}"),
        )
    await jobs.run_scheduled(*_at(client), "inbound.drop")
    kept = await owner.fetch(
        "select body, query, headers, outcomes from inbound_deliveries order by received_at"
    )
    assert [row["query"] is None for row in kept] == [True, False]
    assert "value" not in kept[0]["outcomes"][0]
    assert "value" in kept[1]["outcomes"][0]
    old = next(each for each in await deliveries(client, address) if not each["replayable"])
    path = f"/v1/integrations/{address.id}"
    assert (await client.post(f"{path}/deliveries/{old['id']}/replay", json={})).status_code == 409
    replay = (await client.post(f"{path}/replay", json={"delivery_ids": [old["id"]]})).json()
    assert (replay["matched"], replay["without_body"]) == (1, 1)
    shown = (await client.get(f"{path}/deliveries/{old['id']}")).json()
    assert (shown["body"], shown["query"], shown["headers"]) == (None, None, None)


async def test_an_erasure_empties_what_names_the_person(
    client: httpx.AsyncClient,
    anonymous: httpx.AsyncClient,
    integration: Open,
    drain: Drain,
    owner: Connection,
    database: Database,
) -> None:
    address = await integration("shopify", secrets=[SECRET])
    await _sent(anonymous, address, 1, email="Ayse.Oz@gmail.com")
    note = b'{"id": 9, "note": "for ayseoz\\u0040gmail.com"}'
    await anonymous.post(address.path, content=note, headers=signed(note, topic="customers/update"))
    await _sent(anonymous, address, 2, email="ali@shop.example")
    await drain()
    await _sent(anonymous, address, 3, email="ayseoz+x@gmail.com")
    workspace = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])
    key = customers.email_key(workspace, "ayseoz@gmail.com")
    assert key is not None
    async with database.transaction(workspace) as db:
        await erasing.forget(db, workspace, [key])
    left = await owner.fetch("select body from inbound_deliveries where body is not null")
    assert len(left) == 1
    assert b"ali@shop.example" in left[0]["body"]
    await drain()
    statuses = [each["status"] for each in await deliveries(client, address)]
    assert statuses == ["ignored", "processed", "ignored", "processed"]


async def test_an_influencer_who_bought_is_forgotten_here_too(
    client: httpx.AsyncClient,
    anonymous: httpx.AsyncClient,
    integration: Open,
    drain: Drain,
    owner: Connection,
) -> None:
    made = await client.post(
        "/v1/influencers", json={"name": "Ayşe", "contacts": [{"email": "ayse@duragi.example"}]}
    )
    address = await integration("shopify", secrets=[SECRET])
    await _sent(anonymous, address, 1, email="ayse@duragi.example")
    await drain()
    answer = await client.post(f"/v1/influencers/{made.json()['id']}/erase", json={})
    assert answer.status_code < 300, answer.text
    assert await owner.fetchval("select count(*) from inbound_deliveries where body is not null") == 0


async def test_deliveries_are_of_their_integration_alone(
    client: httpx.AsyncClient,
    other_client: httpx.AsyncClient,
    anonymous: httpx.AsyncClient,
    integration: Open,
) -> None:
    address, other = await integration("shopify", secrets=[SECRET]), await integration("generic")
    await _sent(anonymous, address)
    [found] = await deliveries(client, address)
    assert (await client.get(f"/v1/integrations/{other.id}/deliveries/{found['id']}")).status_code == 404
    assert (await other_client.get(f"/v1/integrations/{address.id}/deliveries")).status_code == 404
    assert (await other_client.post(f"/v1/integrations/{address.id}/replay", json={})).status_code == 404
