"""What comes to an inbound address: checked over raw bytes, stored once, answered, and read afterwards."""

import asyncio
import logging
from typing import Any

import httpx
import pytest

from service.kit.db import Connection
from tests.service.conversions.inbound.conftest import SECRET, Address, Open, deliveries, order, signed

# A fixture of tests/conftest.py.
Drain = Any


async def test_a_signed_order_becomes_a_conversion(
    client: httpx.AsyncClient,
    anonymous: httpx.AsyncClient,
    integration: Open,
    drain: Drain,
    owner: Connection,
) -> None:
    address = await integration("shopify", secrets=[SECRET], shop="moda")
    body = order()
    answer = await anonymous.post(address.path, content=body, headers=signed(body))
    assert (answer.status_code, answer.json()) == (200, {"status": "accepted"})
    [waiting] = await deliveries(client, address)
    assert (waiting["status"], waiting["topic"], waiting["verified"]) == ("received", "orders/paid", True)
    await drain()
    [read] = await deliveries(client, address)
    assert read["status"] == "processed"
    [outcome] = read["outcomes"]
    assert (outcome["report"], outcome["outcome"]) == ("order", "created")
    row = await owner.fetchrow("select amount, currency, shop, verified, external_id from conversions")
    assert row is not None
    assert tuple(row)[:4] == (124990, "TRY", "moda", True)


async def test_the_same_delivery_again_changes_nothing(
    client: httpx.AsyncClient,
    anonymous: httpx.AsyncClient,
    integration: Open,
    drain: Drain,
    owner: Connection,
) -> None:
    address = await integration("shopify", secrets=[SECRET])
    body = order()
    answers = await asyncio.gather(
        *(
            anonymous.post(
                address.path, content=body, headers=signed(body, **{"X-Shopify-Webhook-Id": str(at)})
            )
            for at in range(10)
        )
    )
    assert {answer.status_code for answer in answers} == {200}
    assert sorted(answer.json()["status"] for answer in answers) == ["accepted"] + ["duplicate"] * 9
    await drain()
    assert len(await deliveries(client, address)) == 1
    assert await owner.fetchval("select count(*) from conversions") == 1


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda body, headers: (body.replace(b"1249", b"9249"), headers), "mismatch"),
        (lambda body, headers: (body + b" ", headers), "mismatch"),
        (lambda body, headers: (body, signed(body, "another")), "mismatch"),
        (lambda body, headers: (body, {"X-Shopify-Topic": "orders/paid"}), "unsigned"),
    ],
)
async def test_a_wrong_signature_is_refused(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, integration: Open, spoil: Any, why: str
) -> None:
    address = await integration("shopify", secrets=[SECRET])
    body, headers = spoil(order(), signed(order()))
    answer = await anonymous.post(address.path, content=body, headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/bad-signature")
    assert await deliveries(client, address) == []
    shown = (await client.get(f"/v1/integrations/{address.id}")).json()
    assert (shown["refused_why"], shown["refused_at"] is None) == (why, False)


async def test_two_secrets_are_good_during_a_rotation(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, integration: Open
) -> None:
    address = await integration("shopify", secrets=["old"])

    async def status(number: int, secret: str) -> int:
        body = order(number)
        return (await anonymous.post(address.path, content=body, headers=signed(body, secret))).status_code

    path = f"/v1/integrations/{address.id}/rotate-secret"
    shown = (await client.post(path, json={"secret": "new", "overlap_s": 3600})).json()
    assert [each["expires_at"] is None for each in shown["secrets"]] == [True, False]
    assert [await status(1, "old"), await status(2, "new")] == [200, 200]
    await client.post(path, json={"secret": "newest", "overlap_s": 0})
    assert [await status(3, "old"), await status(4, "new"), await status(5, "newest")] == [401, 401, 200]
    await client.patch(f"/v1/integrations/{address.id}", json={"secrets": ["a", "b"]})
    assert [await status(6, "newest"), await status(7, "a"), await status(8, "b")] == [401, 200, 200]


async def test_an_old_secret_ends_with_its_overlap(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, integration: Open, owner: Connection
) -> None:
    address = await integration("shopify", secrets=["old"])
    await client.post(f"/v1/integrations/{address.id}/rotate-secret", json={"secret": "new", "overlap_s": 60})
    await owner.execute(
        "update integration_secrets set expires_at = elci_now() - interval '1 second' "
        "where expires_at is not null"
    )
    body = order()
    answer = await anonymous.post(address.path, content=body, headers=signed(body, "old"))
    assert answer.status_code == 401
    shown = (await client.get(f"/v1/integrations/{address.id}")).json()
    assert len(shown["secrets"]) == 1


async def test_a_shop_without_a_secret_is_refused_and_a_network_is_not(
    client: httpx.AsyncClient,
    anonymous: httpx.AsyncClient,
    integration: Open,
    drain: Drain,
    owner: Connection,
) -> None:
    shop, network = await integration("shopify"), await integration("generic")
    body = order()
    assert (await anonymous.post(shop.path, content=body, headers=signed(body))).status_code == 401
    answer = await anonymous.get(f"{network.path}?cid=abc&payout=12.50&txid=1001&currency=TRY")
    assert answer.status_code == 200
    await drain()
    [read] = await deliveries(client, network)
    assert (read["verified"], read["status"]) == (False, "processed")
    assert await owner.fetchval("select amount from conversions where not verified") == 1250


async def test_unknown_tokens_are_unknown(anonymous: httpx.AsyncClient) -> None:
    for token in ("x", "a" * 32, "a" * 5000, "%00", "..%2f", "çğ"):
        for method in ("GET", "POST"):
            answer = await anonymous.request(method, f"/in/{token}")
            assert answer.status_code == 404, (method, token)


async def test_an_archived_integration_is_unknown(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, integration: Open
) -> None:
    address = await integration("generic")
    assert (await client.delete(f"/v1/integrations/{address.id}")).status_code == 204
    assert (await anonymous.get(f"{address.path}?cid=a&txid=1")).status_code == 404
    assert (await client.get(f"/v1/integrations/{address.id}")).status_code == 404


async def test_ga4_hears_204_whatever_comes(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, integration: Open, drain: Drain
) -> None:
    address = await integration("ga4", secrets=["api-secret"])
    event = {
        "client_id": "1.2",
        "events": [
            {"name": "purchase", "params": {"transaction_id": "T-1", "value": 1249.9, "currency": "TRY"}}
        ],
    }
    for path in ("", "/mp/collect"):
        answer = await anonymous.post(
            f"{address.path}{path}?measurement_id=G-1&api_secret=api-secret", json=event
        )
        assert (answer.status_code, answer.content) == (204, b"")
    wrong = await anonymous.post(f"{address.path}?api_secret=other", json=event)
    nonsense = await anonymous.post(f"{address.path}?api_secret=api-secret", content=b"[" * 5000)
    assert (wrong.status_code, nonsense.status_code) == (204, 204)
    await drain()
    found = await deliveries(client, address)
    assert len(found) == 3
    assert all(each["verified"] for each in found)
    shown = (await client.get(f"/v1/integrations/{address.id}/deliveries/{found[-1]['id']}")).json()
    assert "api-secret" not in str(shown)


async def test_the_handshake_of_meta(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, integration: Open
) -> None:
    address = await integration("meta", secrets=["app-secret"])
    token = address.path.removeprefix("/in/")
    for known in ("app-secret", token):
        params = {"hub.mode": "subscribe", "hub.verify_token": known, "hub.challenge": "1158201444"}
        answer = await anonymous.get(address.path, params=params)
        assert (answer.status_code, answer.text) == (200, "1158201444")
        assert answer.headers["content-type"].startswith("text/plain")
    params = {"hub.mode": "subscribe", "hub.verify_token": "wrong", "hub.challenge": "1"}
    assert (await anonymous.get(address.path, params=params)).status_code == 405


async def test_pings_are_answered_and_not_kept(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, integration: Open
) -> None:
    woo, network = await integration("woocommerce", secrets=["s"]), await integration("generic")
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    ping = await anonymous.post(woo.path, content=b"webhook_id=4", headers=form)
    assert (ping.status_code, ping.json()["status"]) == (200, "ping")
    assert (await anonymous.get(network.path)).json()["status"] == "ping"
    assert await deliveries(client, woo) == await deliveries(client, network) == []
    order_form = await anonymous.post(woo.path, content=b"webhook_id=4&total=1", headers=form)
    assert order_form.status_code == 401


async def test_bodies_have_a_limit(anonymous: httpx.AsyncClient, integration: Open) -> None:
    address = await integration("generic")
    answer = await anonymous.post(address.path, content=b"a" * (2 * 1024 * 1024 + 1))
    assert answer.status_code == 413


HOSTILE = (
    *(b"[" * 2000, b"\x00", b"\xff\xfe", b"{}", b"null", b"a=%00&b=%ff", b"@" * 50_000),
    *(b'{"order_id": "\\u0000", "amount": "1"}', b'{"order_id": 1e999}', b'{"order_id": "\\ud800"}'),
)


async def test_nothing_that_comes_breaks_reading(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, integration: Open, drain: Drain
) -> None:
    addresses = [await integration(kind) for kind in ("generic", "ga4")]
    for address in addresses:
        for body in HOSTILE:
            answer = await anonymous.post(f"{address.path}?x=%00&y=%ff", content=body)
            assert answer.status_code in (200, 204), body[:40]
    await drain()
    for address in addresses:
        read = await deliveries(client, address)
        assert len(read) == len(HOSTILE)
        assert {each["status"] for each in read} <= {"quarantined", "ignored", "processed", "needs_fetch"}
        for each in read:
            shown = await client.get(f"/v1/integrations/{address.id}/deliveries/{each['id']}")
            assert shown.status_code == 200


async def test_the_token_stands_in_no_log(
    anonymous: httpx.AsyncClient, integration: Open, capfd: pytest.CaptureFixture[str], caplog: Any
) -> None:
    address = await integration("generic")
    with caplog.at_level(logging.DEBUG):
        await anonymous.get(f"{address.path}?cid=a&txid=1")
        await anonymous.post(f"{address.path}/x/y", content=b"{")
    token = address.path.removeprefix("/in/")
    out = capfd.readouterr()
    assert token not in out.out + out.err
    assert all(
        token not in record.getMessage() for record in caplog.records if record.name.startswith("elci")
    )


async def test_secrets_and_tokens_are_sealed(
    client: httpx.AsyncClient, integration: Open, owner: Connection
) -> None:
    address = await integration("shopify", secrets=["a very secret word"])
    token = address.path.removeprefix("/in/")
    dump = str(await owner.fetch("select * from integrations")) + str(
        await owner.fetch("select * from integration_secrets")
    )
    assert token not in dump
    assert "very secret" not in dump
    shown = await client.get(f"/v1/integrations/{address.id}")
    assert "very secret" not in shown.text


async def test_who_only_reads_does_not_see_the_address(client: httpx.AsyncClient, integration: Open) -> None:
    address = await integration("generic")
    key = (await client.post("/v1/api-keys", json={"name": "r", "scopes": ["conversions:read"]})).json()
    headers = {"Authorization": f"Bearer {key['secret']}"}
    shown = (await client.get(f"/v1/integrations/{address.id}", headers=headers)).json()
    assert shown["inbound_url"] is None
    listed = (await client.get("/v1/integrations", headers=headers)).json()["data"]
    assert [each["inbound_url"] for each in listed] == [None]
    assert (await client.get(f"/v1/integrations/{address.id}/deliveries", headers=headers)).status_code == 200


async def test_integrations_are_listed_by_kind_and_shop(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient, integration: Open
) -> None:
    first: Address = await integration("shopify", shop="moda", secrets=["x"])
    second = await integration("generic", shop="moda", aliases={"click": "subid", "order": "tid"})

    async def listed(**params: Any) -> list[str]:
        return [each["id"] for each in (await client.get("/v1/integrations", params=params)).json()["data"]]

    assert await listed() == [second.id, first.id]
    assert await listed(kind="shopify") == [first.id]
    assert await listed(shop="moda", limit=1) == [second.id]
    assert await listed(shop="other") == []
    assert (await other_client.get("/v1/integrations")).json()["data"] == []


async def test_what_no_integration_can_be(client: httpx.AsyncClient) -> None:
    cases: list[tuple[Any, str]] = [
        ({"kind": "ticimax"}, "kind"),
        ({"kind": "shopify", "secrets": ["a", "b", "c"]}, "secrets"),
        ({"kind": "shopify", "secrets": [""]}, "secrets"),
        ({"kind": "generic", "aliases": {"click": ""}}, "aliases"),
        ({"kind": "generic", "token": "mine"}, "token"),
    ]
    for body, path in cases:
        answer = await client.post("/v1/integrations", json=body)
        assert answer.status_code == 400, body
        assert path in answer.text
