"""/v1/partner/postbacks, told to a real receiver on loopback."""

import asyncio
import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from litestar import Litestar
from msgspec import structs

from service.kit import ids, jobs
from service.kit.db import Connection, Database
from service.partner.postbacks import deciding, macros, waiting
from service.partner.postbacks.deciding import State
from service.settings import Settings
from tests.service.conversions.attribution.seeding import click
from tests.service.conversions.orders.conftest import lira
from tests.service.links.conftest import Json, Make, made
from tests.service.partner.conftest import rows_of
from tests.service.partner.postbacks.conftest import EVERYTHING, PATH, QUERY, Send
from tests.service.partner.postbacks.receiver import Receiver, answer, listening

BUYER = {"external_id": "musteri-77", "email": "gizli.alici@musteri.example"}
BEFORE = datetime(2026, 11, 2, 11, tzinfo=UTC)
CANARIES = ("musteri", "alici", "1001", "gizli", "mehmet", "prt_")


def told(receiver: Receiver) -> list[tuple[str, str]]:
    return [(one.values["e"], one.values["s"]) for one in receiver.came]


async def test_an_order_s_life_is_told_in_order_without_anybody_else_s(
    client: httpx.AsyncClient,
    sell: Make,
    ayse: Json,
    mehmet: Json,
    postback: Json,
    receiver: Receiver,
    send: Send,
    owner: Connection,
) -> None:
    """Fact: macros reach the receiver in the order of events, and carry no customer identity."""
    await client.patch("/v1/workspace", json={"destination_hosts": ["shop.example"]})
    fields = {"url": "https://shop.example/", "partner_id": ayse["partner_id"]}
    link = await made(client, "/v1/links", fields | {"code": "yaz", "sub1": "ş/&="})
    workspace = await owner.fetchval("select workspace_id from partners limit 1")
    link_id, partner_id = ids.read("lnk", link["id"]), ids.read("prt", ayse["partner_id"])
    clicked = await click(owner, workspace, partner_id, BEFORE, link_id=link_id)
    named = {"click_id": ids.show("clk", clicked)}
    order = await sell(**named, customer=BUYER, referrer="https://musteri.example/gizli.alici")
    await sell(coupon="MEHMET10", external_id="gizli-siparis", customer=BUYER)
    path = f"/v1/conversions/{order['id']}"
    refund = {"external_id": "r1", "amount": lira(3_000), "reason": "gizli neden"}
    await made(client, f"{path}/refunds", refund)
    both = [{"partner_id": one["partner_id"], "weight": "1/2"} for one in (ayse, mehmet)]
    await made(client, f"{path}/reassign", {"shares": both, "reason": "gizli"}, 200)
    await client.patch(path, json={"cancelled_at": "2026-11-03T12:00:00Z"})
    await send()
    assert told(receiver) == [
        ("conversion.created", "confirmed"),
        ("commission.changed", "payable"),
        ("conversion.refunded", "refunded"),
        ("commission.changed", "payable"),
        ("commission.changed", "payable"),
        ("conversion.reversed", "reversed"),
        ("commission.changed", "reversed"),
    ]
    first, *_, halved, _, last = receiver.came
    assert (first.method, first.values["c"], first.values["click"]) == ("GET", order["id"], named["click_id"])
    assert (first.values["code"], first.values["sub"]) == ("yaz", "ş/&=")
    assert (first.values["a"], first.values["m"], first.values["cur"]) == ("120.00", "12000", "TRY")
    assert (first.values["com"], halved.values["a"], halved.values["com"]) == ("10.00", "60.00", "3.75")
    assert (last.values["com"], last.values["cs"]) == ("0.00", "reversed")
    assert len({one.values["id"] for one in receiver.came}) == len(receiver.came)
    for one in receiver.came:
        for canary in CANARIES:
            assert canary not in one.text.lower(), (canary, one.text)


async def test_a_failing_delivery_blocks_later_ones_until_it_succeeds(
    sell: Make, postback: Json, receiver: Receiver, send: Send, as_ayse: httpx.AsyncClient, owner: Connection
) -> None:
    """Seen red with the newest first, and with a carrier that goes on after a failure: another order comes
    before the first is told."""
    receiver.answers = [answer(500, body=b"sonra \x00gelin"), answer(503), answer(302, "Location: /x\r\n")]
    orders = [(await sell(coupon="AYSE10", external_id=f"n{at}", kind="sale"))["id"] for at in range(3)]
    await send()
    came = [(one.values["e"], one.values["c"]) for one in receiver.came]
    created = [order for name, order in came if name == "conversion.created"]
    assert created == [orders[0]] * 4 + orders[1:]
    events = [one.values["id"] for one in receiver.came]
    assert len(set(events[:4])) == 1
    assert len(set(events[3:])) == len(events[3:])
    rows = await rows_of(as_ayse, f"{PATH}/{postback['id']}/deliveries")
    assert {row["status"] for row in rows} == {"delivered"}
    assert (rows[-1]["attempts"], rows[-1]["answer"], rows[-1]["status_code"]) == (4, "OK", 200)
    assert (await as_ayse.get(f"{PATH}/{postback['id']}")).json()["failing_since"] is None
    assert await owner.fetchval("select count(*) from postbacks where leased_by is not null") == 0


async def test_two_workers_send_in_order_and_nothing_twice(
    sell: Make,
    postback: Json,
    receiver: Receiver,
    allowed: Settings,
    database: Database,
    as_ayse: httpx.AsyncClient,
) -> None:
    """Seen red without the lease: what one worker sends, the other sends too."""
    await as_ayse.patch(f"{PATH}/{postback['id']}", json={"events": ["conversion.created"]})
    orders = [(await sell(coupon="AYSE10", external_id=f"n{at}"))["id"] for at in range(4)]
    receiver.takes_s = 0.1
    await asyncio.gather(*(jobs.run_queued(allowed, database) for _ in range(2)))
    await jobs.run_queued(allowed, database, ahead=True)
    assert [one.values["c"] for one in receiver.came] == orders


async def test_what_blocks_is_shown_and_given_up_after_a_day(
    sell: Make,
    postback: Json,
    receiver: Receiver,
    allowed: Settings,
    database: Database,
    as_ayse: httpx.AsyncClient,
    send: Send,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(waiting, "wait_s", lambda attempt, asked_s=0.0: 3600.0)
    receiver.answers = [answer(500, body=b"x" * 5000)] * waiting.ATTEMPTS
    await sell(coupon="AYSE10")
    await jobs.run_queued(allowed, database)
    shown = (await as_ayse.get(PATH)).json()["data"][0]
    blocked = shown["blocked_by"]
    assert (shown["waiting"], blocked["attempts"], blocked["status_code"]) == (2, 1, 500)
    assert (blocked["event"], blocked["error"]) == ("conversion.created", "it answered 500")
    await jobs.run_queued(allowed, database, ahead=True)
    assert len(receiver.came) == 1, "before its time nothing is sent"
    monkeypatch.setattr(waiting, "wait_s", lambda attempt, asked_s=0.0: 0.0)
    # A new address (here: the same) is tried at once.
    await as_ayse.patch(f"{PATH}/{postback['id']}", json={"url": postback["url"]})
    await jobs.run_queued(allowed, database)
    changed, created = await rows_of(as_ayse, f"{PATH}/{postback['id']}/deliveries")
    assert (created["status"], created["attempts"], len(created["answer"])) == ("given_up", 10, 500)
    assert (changed["status"], changed["event"]) == ("delivered", "commission.changed")
    again = await made(as_ayse, f"{PATH}/{postback['id']}/deliveries/{created['id']}/replay", None, 202)
    assert (again["event_id"], again["status"]) == (created["event_id"], "waiting")
    await jobs.run_queued(allowed, database)
    assert receiver.came[-1].values["id"] == created["event_id"]


async def test_only_what_happens_from_now_on_is_told_and_once(
    client: httpx.AsyncClient,
    sell: Make,
    ayse: Json,
    allowed: Settings,
    receiver: Receiver,
    send: Send,
    as_ayse: httpx.AsyncClient,
    drain: Send,
) -> None:
    old = await sell(coupon="AYSE10")
    await made(as_ayse, PATH, {"url": f"{receiver.url}/p{QUERY}", "events": EVERYTHING})
    await client.patch(f"/v1/conversions/{old['id']}", json={"delivered_at": "2026-11-03T12:00:00Z"})
    await send()
    assert receiver.came == []
    (earned,) = await rows_of(as_ayse, "/v1/partner/commissions")
    body = {"status": "rejected", "reason": "gizli müşteri"}
    await client.patch(f"/v1/commissions/{earned['id']}", json=body)
    await client.patch(f"/v1/commissions/{earned['id']}", json={"status": "payable"})
    paid = {
        "partner_id": ayse["partner_id"],
        "amount": lira(1_000),
        "reference": "gizli-ref",
        "note": "gizli",
    }
    await made(client, "/v1/payouts/outside", paid)
    await send()
    assert told(receiver) == [
        ("commission.changed", "rejected"),
        ("commission.changed", "payable"),
        ("payout.paid", "paid"),
        ("commission.changed", "paid"),
    ]
    assert (receiver.came[2].values["a"], receiver.came[2].values["pay"][:4]) == ("10.00", "pay_")
    assert receiver.came[0].values["c"] == old["id"]
    assert not any("gizli" in one.text for one in receiver.came)


async def test_a_rolled_back_change_is_not_told(
    client: httpx.AsyncClient, as_ayse: httpx.AsyncClient, postback: Json, receiver: Receiver, send: Send
) -> None:
    sale = {"kind": "untracked_sale", "text": "x", "order_number": "9", "ordered_on": "2026-11-02"}
    claim = await made(as_ayse, "/v1/partner/claims", sale | {"amount": lira(500)})
    decided = f"/v1/claims/{claim['id']}/decision"
    await made(client, decided, {"decision": "accept", "reason": "x", "dry_run": True}, 200)
    await send()
    assert receiver.came == []
    await made(client, decided, {"decision": "accept", "reason": "x"}, 200)
    await send()
    assert told(receiver)[0] == ("conversion.created", "confirmed")


async def test_private_addresses_are_refused_when_saved_and_when_called(
    app: Litestar,
    sell: Make,
    as_ayse: httpx.AsyncClient,
    strict: Settings,
    allowed: Settings,
    database: Database,
    receiver: Receiver,
    postback: Json,
) -> None:
    """Also where a redirection leads to one: nobody follows it.

    Seen red with a guard that lets all through: the postback is delivered.
    """
    async with listening() as private:
        for url in (
            f"{private.url}/p",
            "http://localhost/p",
            "http://[::1]/p",
            "http://0x7f000001/p",
            "http://169.254.169.254/latest",
            "http://[::ffff:10.0.0.1]/p",
            "file:///etc/passwd",
            "http://a@127.0.0.1/p",
            "http://{sub1}/p",
            f"{private.url}@93.184.215.14/p",
        ):
            refused = await as_ayse.post(PATH, json={"url": url, "events": EVERYTHING})
            assert (refused.status_code, refused.json()["errors"][0]["path"]) == (400, "url"), url
        receiver.answers = [answer(302, f"Location: {private.url}/secret\r\n")]
        await sell(coupon="AYSE10")
        await jobs.run_queued(allowed, database)
        blocked = (await as_ayse.get(f"{PATH}/{postback['id']}")).json()["blocked_by"]
        assert blocked["error"] == "it redirects, which is not followed: give the last address"
        # Allowed when it was saved, and no longer.
        before = len(receiver.came)
        app.state.settings = structs.replace(app.state.settings, allow_targets=())
        tested = await made(as_ayse, f"{PATH}/{postback['id']}/test", None, 200)
        assert (tested["status"], tested["error"]) == (
            "given_up",
            "it leads to a place that is not of the public web",
        )
        await as_ayse.patch(f"{PATH}/{postback['id']}", json={"active": True})
        await jobs.run_queued(strict, database)
        assert len(receiver.came) == before
        assert private.came == []


async def test_a_signed_post_is_verified_by_its_receiver(
    sell: Make,
    as_ayse: httpx.AsyncClient,
    allowed: Settings,
    receiver: Receiver,
    send: Send,
    owner: Connection,
) -> None:
    body = {"url": f"{receiver.url}/{{event}}", "events": EVERYTHING, "method": "POST", "signed": True}
    postback = await made(as_ayse, PATH, body)
    assert postback["secret"].startswith("whsec_")
    assert postback["secret"] not in (await as_ayse.get(f"{PATH}/{postback['id']}")).text
    assert postback["secret"].encode() not in await owner.fetchval("select secret from postbacks")
    await sell(coupon="AYSE10", customer=BUYER)
    await send()
    first = receiver.came[0]
    assert (first.method, first.target) == ("POST", "/conversion.created")
    values = json.loads(first.body)
    assert (values["amount"], first.headers["webhook-id"]) == ("120.00", values["event_id"])
    signed = f"{first.headers['webhook-id']}.{first.headers['webhook-timestamp']}.".encode() + first.body
    key = base64.b64decode(postback["secret"].removeprefix("whsec_"))
    expected = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    assert first.headers["webhook-signature"] == f"v1,{expected}"
    for canary in CANARIES:
        assert canary not in first.text.lower(), canary
    rotated = await made(as_ayse, f"{PATH}/{postback['id']}/rotate-secret", None, 200)
    assert rotated["secret"] != postback["secret"]


async def test_a_gone_receiver_stops_it_and_it_can_be_started_again(
    sell: Make, postback: Json, receiver: Receiver, send: Send, as_ayse: httpx.AsyncClient
) -> None:
    receiver.answers = [answer(410)]
    path = f"{PATH}/{postback['id']}"
    await sell(coupon="AYSE10")
    await send()
    shown = (await as_ayse.get(path)).json()
    assert (shown["active"], shown["disabled_reason"], shown["waiting"]) == (False, "gone", 2)
    await sell(coupon="AYSE10", external_id="meanwhile")
    shown = (await as_ayse.patch(path, json={"active": True})).json()
    assert (shown["active"], shown["disabled_reason"], shown["waiting"]) == (True, None, 2)
    await send()
    assert [one.values["e"] for one in receiver.came] == [
        *("conversion.created", "conversion.created", "commission.changed"),
    ]
    assert (await as_ayse.delete(path)).status_code == 204
    await sell(coupon="AYSE10", external_id="after")
    await send()
    assert len(receiver.came) == 3


async def test_an_address_names_its_unknown_macros(
    as_ayse: httpx.AsyncClient, as_mehmet: httpx.AsyncClient, postback: Json, receiver: Receiver
) -> None:
    url = f"{receiver.url}/?a={{clickid}}&b={{amount}}&c={{"
    refused = await as_ayse.post(PATH, json={"url": url, "events": ["payout.paid"]})
    assert [one["message"] for one in refused.json()["errors"]] == [
        "{clickid} is no macro",
        "has a brace that is no macro; a brace that is meant is doubled",
    ]
    tested = await made(as_ayse, f"{PATH}/{postback['id']}/test", None, 200)
    assert (tested["status"], tested["answer"], receiver.came[0].values["e"]) == ("delivered", "OK", "test")
    assert receiver.came[0].values["sub"] == "test"
    for method, path in (
        ("get", f"{PATH}/{postback['id']}"),
        ("get", f"{PATH}/{postback['id']}/deliveries"),
        ("post", f"{PATH}/{postback['id']}/test"),
        ("post", f"{PATH}/{postback['id']}/deliveries/{tested['id']}/replay"),
        ("delete", f"{PATH}/{postback['id']}"),
    ):
        assert (await as_mehmet.request(method, path)).status_code == 404, path
    assert await rows_of(as_mehmet, PATH) == []
    for _ in range(9):
        await made(as_ayse, PATH, {"url": f"{receiver.url}/", "events": ["payout.paid"]})
    full = await as_ayse.post(PATH, json={"url": f"{receiver.url}/", "events": ["payout.paid"]})
    assert (full.status_code, full.json()["type"]) == (409, "/problems/too-many-postbacks")


@pytest.mark.parametrize(
    ("before", "now", "events"),
    [
        (None, State("confirmed", 0), ["conversion.created"]),
        (None, State("confirmed", 5), ["conversion.created", "conversion.refunded"]),
        (None, State("cancelled", 0), []),
        (None, State("gone", 0), []),
        (State("open", 0), State("confirmed", 0), []),
        (State("confirmed", 0), State("confirmed", 0), []),
        (State("confirmed", 5), State("confirmed", 9), ["conversion.refunded"]),
        (State("confirmed", 9), State("confirmed", 5), []),
        (State("confirmed", 0), State("cancelled", 0), ["conversion.reversed"]),
        (State("confirmed", 0), State("cancelled", 5), ["conversion.refunded", "conversion.reversed"]),
        (State("cancelled", 0), State("gone", 0), []),
        (State("gone", 0), State("confirmed", 0), ["conversion.created"]),
        (State("cancelled", 5), State("cancelled", 9), []),
    ],
)
def test_an_order_is_told_by_what_was_told_before(
    before: State | None, now: State, events: list[str]
) -> None:
    assert deciding.of_order(before, now) == events
    assert deciding.of_order(now, now) == []


def test_a_failing_postback_is_stopped_after_three_days() -> None:
    now = datetime(2026, 11, 25, tzinfo=UTC)
    for since, code, reason in (
        (now - timedelta(days=2, hours=23), 500, None),
        (now - timedelta(days=3), 500, "failing"),
        (now - timedelta(days=3), None, "failing"),
        (now, 410, "gone"),
    ):
        assert waiting.stopped(code, since, now) == reason
    assert 60 <= waiting.wait_s(1, 60.0) <= 75
    total = sum(waiting.wait_s(attempt) for attempt in range(1, waiting.ATTEMPTS))
    assert timedelta(hours=12) < timedelta(seconds=total) < timedelta(days=2)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.sampled_from(sorted(macros.MACROS)))
def test_no_value_changes_where_a_postback_goes(value: str, name: str) -> None:
    safe = value.encode("utf-8", "ignore").decode()
    url = macros.expand(f"https://a.example/{{{name}}}?q={{{name}}}&z={{{{}}}}", {name: safe})
    parts = urlsplit(url)
    assert (parts.netloc, parts.fragment, url.isascii()) == ("a.example", "", True)
    assert dict(parse_qsl(parts.query, keep_blank_values=True)) == {"q": safe, "z": "{}"}
