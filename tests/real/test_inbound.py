"""Real payloads of shops through an inbound address: signed, with a byte flipped, with each secret."""

import base64
import hashlib
import hmac
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import msgspec

from service.kit.db import Connection
from tests.service.conversions.inbound.conftest import Open, deliveries
from tests.service.conversions.inbound.conftest import integration as integration

Drain = Any
NOW = "select extract(epoch from elci_now())::bigint"


class Sent(NamedTuple):
    """A payload as its shop sends it, and what it becomes."""

    kind: str
    file: str
    topic: str
    status: str
    inner: str | None = None


PAYLOADS = (
    Sent("shopify", "shopify/hookdeck-2024-10-orders.paid.json", "orders/paid", "processed", "body"),
    Sent("shopify", "shopify/hookdeck-2024-10-refunds.create.json", "refunds/create", "processed", "body"),
    Sent("shopify", "shopify/hookdeck-2024-10-discounts.create.json", "discounts/create", "ignored", "body"),
    Sent("woocommerce", "woocommerce/wc-ios-order.json", "order.updated", "processed", "data"),
    Sent(
        "woocommerce",
        "woocommerce/wc-ios-order-with-attribution-info.json",
        "order.created",
        "processed",
        "data",
    ),
    Sent("woocommerce", "woocommerce/hookdeck-coupon.created.json", "coupon.created", "ignored", "body"),
    Sent("stripe", "stripe/hookdeck-2022-11-15-checkout.session.completed.json", "", "processed", "body"),
    Sent("ikas", "turkish/ikas-order-created-shape.json", "", "processed"),
)


def _body(folder: Path, sent: Sent, secret: str) -> bytes:
    told = msgspec.json.decode((folder / sent.file).read_bytes())
    if sent.inner and isinstance(told.get(sent.inner), dict):
        told = told[sent.inner]
    if sent.kind == "ikas":
        told["signature"] = hmac.new(secret.encode(), told["data"].encode(), hashlib.sha256).hexdigest()
    return msgspec.json.encode(told)


def _headers(sent: Sent, body: bytes, secret: str, now: int) -> dict[str, str]:
    plain = base64.b64encode(hmac.digest(secret.encode(), body, hashlib.sha256)).decode()
    if sent.kind == "shopify":
        return {"X-Shopify-Topic": sent.topic, "X-Shopify-Hmac-Sha256": plain}
    if sent.kind == "woocommerce":
        return {"X-WC-Webhook-Topic": sent.topic, "X-WC-Webhook-Signature": plain}
    if sent.kind == "stripe":
        made = hmac.new(secret.encode(), f"{now}.".encode() + body, hashlib.sha256).hexdigest()
        return {"Stripe-Signature": f"t={now},v1={made}"}
    return {}


def _flipped(body: bytes) -> bytes:
    # Within what is signed: of ikas that is the text of `data` alone.
    at = body.find(b"data") + 12 if b'"signature"' in body else len(body) // 2
    return body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]


async def test_payloads_of_shops_end_as_expected(
    client: httpx.AsyncClient,
    anonymous: httpx.AsyncClient,
    integration: Open,
    drain: Drain,
    owner: Connection,
    real_data: Path,
) -> None:
    folder, now = real_data / "integrations", await owner.fetchval(NOW)
    addresses = {kind: await integration(kind, secrets=["old"]) for kind in {one.kind for one in PAYLOADS}}
    for kind, address in addresses.items():
        path = f"/v1/integrations/{address.id}/rotate-secret"
        assert (await client.post(path, json={"secret": "new"})).status_code == 200, kind
    for sent in PAYLOADS:
        path = addresses[sent.kind].path
        for secret, status in (("old", 200), ("new", 200), ("other", 401)):
            body = _body(folder, sent, secret)
            headers = _headers(sent, body, secret, now)
            answer = await anonymous.post(path, content=body, headers=headers)
            assert answer.status_code == status, (sent.file, secret, answer.text)
            flipped = await anonymous.post(path, content=_flipped(body), headers=headers)
            assert flipped.status_code == 401, sent.file
        if sent.kind == "stripe":
            body = _body(folder, sent, "new")
            for off in (-400, 400):
                stale = _headers(sent, body, "new", now + off)
                assert (await anonymous.post(path, content=body, headers=stale)).status_code == 401
    await drain()
    for kind, address in addresses.items():
        read = await deliveries(client, address)
        wanted = [sent.status for sent in PAYLOADS if sent.kind == kind]
        assert sorted(each["status"] for each in read) == sorted(wanted), [
            (each["topic"], each["status"], each["why"], each["outcomes"]) for each in read
        ]
    assert await owner.fetchval("select count(*) from conversions where merged_into is null") == 5


async def test_postbacks_of_networks_end_as_expected(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, integration: Open, drain: Drain, real_data: Path
) -> None:
    address = await integration("generic", aliases={"currency": "=TRY"})
    lines = (real_data / "integrations" / "postback" / "urls.txt").read_text().splitlines()
    for line in lines:
        name, _, rest = line.partition(" ")
        if name == "impact":
            form = rest.strip().removeprefix("POST form ")
            kind = {"Content-Type": "application/x-www-form-urlencoded"}
            answer = await anonymous.post(address.path, content=form.encode(), headers=kind)
        elif rest.strip().startswith("http"):
            answer = await anonymous.get(address.path + rest.strip().removeprefix("https://<host>"))
        else:
            continue
        assert answer.status_code == 200, line
    await drain()
    read = await deliveries(client, address)
    assert [each["why"] for each in read if each["status"] == "quarantined"] == ["macro"]
    assert {each["status"] for each in read} == {"processed", "quarantined"}
    assert len(read) == 7
