"""Joining by a page, as people do it: the form, the mail, the confirmation, one's own link; its guards."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from service.advocacy.pages import jobs as sweeping
from service.kit.db import Connection, Database
from service.settings import Settings
from tests.service.advocacy.surveys.test_surveys import MAILS
from tests.service.partner.pages.conftest import Forms

Json = dict[str, Any]
Drain = Callable[[], Awaitable[None]]
TERMS = {
    "joining": {"members": ["customer", "fan"], "ways": ["api", "page", "purchase"]},
    "rewards": [
        {"name": "points", "trigger": "first_purchase", "kind": "points", "points": 100, "hold_days": 0}
    ],
}
PAGE = {
    "slug": "kahve-dostlari",
    "url": "https://shop.example/",
    "code_pattern": "{name}-####",
    "marketing": True,
    "texts": {"headline": {"tr": "Kahve <dostları>", "en": "Friends of coffee"}},
}
ADDRESS = "ayse@elci.example"
PHONE = "Mozilla/5.0 (Linux; Android 14; SM-A536B) AppleWebKit/537.36 Chrome/141.0.0.0"


async def ok(answer: httpx.Response) -> Any:
    assert answer.is_success, answer.text
    return answer.json()


@pytest.fixture
async def program(client: httpx.AsyncClient) -> str:
    await client.patch("/v1/workspace", json={"destination_hosts": ["shop.example"]})
    made = await ok(await client.post("/v1/programs", json={"name": "Savunucular", "kind": "advocacy"}))
    await ok(await client.post(f"/v1/programs/{made['id']}/advocacy-terms", json={"terms": TERMS}))
    return str(made["id"])


@pytest.fixture
async def page(client: httpx.AsyncClient, program: str) -> str:
    """The path of an open page."""
    return await set_up(client, program)


async def set_up(client: httpx.AsyncClient, program: str, **changed: Any) -> str:
    made = await ok(await client.put(f"/v1/programs/{program}/join-page", json=PAGE | changed))
    return urlsplit(made["page_url"]).path


async def asks(
    http: httpx.AsyncClient,
    path: str,
    *,
    status: int = 200,
    boxes: tuple[str, ...] = ("consent",),
    **more: Any,
) -> str:
    """Opens the page, ticks boxes, fills in the rest, sends it; the page that follows."""
    shown = await http.get(path)
    assert shown.status_code == 200, shown.text
    ((_, hidden),) = Forms(shown.text).found
    ticked = {name: tick(shown.text, name) for name in boxes}
    fields = hidden | ticked | {"name": "Ayşe Öz", "email": ADDRESS} | more
    answer = await http.post(path, data=fields, follow_redirects=True)
    assert answer.status_code == status, answer.text
    return answer.text


def tick(text: str, name: str) -> str:
    found = re.search(rf'<input type="checkbox" id="{name}" name="{name}" value="(\w+)"', text)
    assert found is not None, text
    assert "checked" not in text
    return found[1]


async def mailed(owner: Connection) -> list[Json]:
    return [dict(row) for row in await owner.fetch(MAILS)]


async def link_of(owner: Connection, to: str = ADDRESS) -> str:
    """The path of the link in the newest mail to somebody."""
    newest = [row for row in await mailed(owner) if row["to"] == to][-1]
    found = re.search(r"https?://[^/]+(/join/confirm/\S+)", newest["text"])
    assert found is not None
    return found[1]


async def joins(http: httpx.AsyncClient, owner: Connection, path: str, **more: Any) -> str:
    """All the way; the page of one's own link."""
    await asks(http, path, **more)
    return await confirms(http, await link_of(owner, more.get("email", ADDRESS)))


async def confirms(http: httpx.AsyncClient, link: str, status: int = 200) -> str:
    shown = await http.get(link)
    assert shown.status_code == 200, shown.text
    answer = await http.post(link, follow_redirects=True)
    assert answer.status_code == status, answer.text
    return answer.text


async def advocates(client: httpx.AsyncClient) -> list[Json]:
    found: list[Json] = (await ok(await client.get("/v1/advocates")))["data"]
    return found


async def test_somebody_joins(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, owner: Connection, page: str, program: str
) -> None:
    shown = await anonymous.get(page, headers={"Accept-Language": "en"})
    assert "Friends of coffee" in shown.text
    assert "<script" not in shown.text
    assert shown.headers["content-security-policy"].startswith("default-src 'none'")
    assert shown.headers["referrer-policy"] == "no-referrer"
    turkish = await anonymous.get(page, params={"lang": "tr"})
    assert "Kahve &lt;dostları&gt;" in turkish.text
    assert '<html lang="tr">' in turkish.text
    # Neither box is needed to be ticked for us, the second by nobody.
    missing = await asks(anonymous, page, status=400, boxes=(), name=" ", email="x", board_name="a" * 201)
    for name in ("name", "email", "board_name", "consent"):
        assert f'id="{name}-fault"' in missing
        assert re.search(rf'id="{name}"[^>]*aria-invalid="true"', missing)
    assert await mailed(owner) == []
    told = await asks(anonymous, page, boxes=("consent", "marketing"), board_name="Ayşe Ö.")
    assert "E-posta kutunuza bakın" in told
    # Nobody is in before the mailbox says so.
    assert await advocates(client) == []
    assert await owner.fetchval("select count(*) from consents") == 0
    (letter,) = await mailed(owner)
    assert "Ayşe" not in letter["text"]
    link = await link_of(owner)
    assert "Onayla ve katıl" in (await anonymous.get(link)).text
    assert await advocates(client) == []
    own = await confirms(anonymous, link)
    (row,) = await advocates(client)
    assert (row["joined_by"], row["status"], row["board_name"]) == ("page", "active", "Ayşe Ö.")
    text = await owner.fetchval("select text from consent_texts where version = $1", row["consent"]["text"])
    assert "6698" in text
    # What is kept besides what they write (referral_marks).
    assert "geri döndürülemeyen özetini" in text
    coupon = await owner.fetchval("select code from coupons")
    assert re.fullmatch(r"AYSE-[2-9B-Z]{4}", coupon)
    for part in (coupon, "https://wa.me/?text=", "mailto:?subject=", "<svg", f"?ref={row['id']}"):
        assert part in own
    assert re.search(r'value="http[^"]+/r/\w+"', own)
    # News by mail were agreed to by themselves.
    (consent,) = (await ok(await client.get("/v1/consents")))["data"]
    assert (consent["address"], consent["status"], consent["source"]) == (ADDRESS, "given", "HS_WEB")
    # The link shows the same again, and lets nobody in twice.
    assert coupon in await confirms(anonymous, link)
    assert len(await advocates(client)) == 1
    assert await owner.fetchval("select sealed from join_requests") is None


async def test_the_second_box_is_not_needed(
    anonymous: httpx.AsyncClient, owner: Connection, page: str
) -> None:
    assert "artık aramızdasınız" in await joins(anonymous, owner, page)
    assert await owner.fetchval("select count(*) from consents") == 0


async def test_who_is_in_already_gets_the_same_answers(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, owner: Connection, page: str, program: str
) -> None:
    first = await joins(anonymous, owner, page)
    (row,) = await advocates(client)
    stranger = await asks(anonymous, page, email="baska@elci.example")
    again = await asks(anonymous, page, name="Biri", email="Ayse+x@elci.example")
    assert again == stranger
    letters = [row["text"] for row in await mailed(owner)]
    assert len({re.sub(r"/join/confirm/\S+", "", text) for text in letters}) == 1
    second = await confirms(anonymous, await link_of(owner, "Ayse+x@elci.example"))
    assert re.sub(r"lang=\w+", "", second) == re.sub(r"lang=\w+", "", first)
    assert await advocates(client) == [row]
    # Who paused is told so by their own mailbox alone.
    await client.patch(f"/v1/advocates/{row['id']}", json={"status": "paused"})
    assert await asks(anonymous, page) == stranger
    assert "Üyeliğiniz şu anda etkin değil" in await confirms(anonymous, await link_of(owner))


async def test_at_the_same_moment(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, owner: Connection, page: str
) -> None:
    await asks(anonymous, page)
    first = await link_of(owner)
    await asks(anonymous, page)
    links = [first, await link_of(owner)] * 3
    answers = await asyncio.gather(*(anonymous.post(link) for link in links))
    assert {answer.status_code for answer in answers} == {303}
    assert len(await advocates(client)) == 1
    assert await owner.fetchval("select count(*) from coupons") == 1


async def test_who_is_known_otherwise(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, owner: Connection, page: str, program: str
) -> None:
    # A partner of the program who is no advocate; somebody who is in by their next order.
    partner = {"name": "Ayşe", "program_id": program, "email": ADDRESS}
    await ok(await client.post("/v1/partners", json=partner))
    waits = {"program_id": program, "email": "can@elci.example", "join_on": "purchase"}
    consent = {"at": "2026-11-01T10:00:00Z", "text": "v1"}
    await ok(await client.post("/v1/advocates", json=waits | {"consent": consent}))
    answers = {await asks(anonymous, page), await asks(anonymous, page, email="can@elci.example")}
    assert len(answers) == 1
    assert "Bu adres zaten kayıtlı" in await confirms(anonymous, await link_of(owner))
    assert "Kaydınız hazır" in await confirms(anonymous, await link_of(owner, "can@elci.example"))
    assert await advocates(client) == []


async def test_only_customers(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, owner: Connection, drain: Drain, program: str
) -> None:
    page = await set_up(client, program, customers_only=True)
    assert "alışveriş yapmış müşteriler" in (await anonymous.get(page)).text
    answers = {await asks(anonymous, page), await asks(anonymous, page, email="musteri@elci.example")}
    assert len(answers) == 1
    link = await link_of(owner)
    assert "Bu program müşteriler için" in await confirms(anonymous, link)
    assert await advocates(client) == []
    order = {"external_id": "1", "amount": {"amount": 5, "currency": "TRY"}, "customer": {"email": ADDRESS}}
    await ok(await client.post("/v1/conversions", json=order))
    assert "artık aramızdasınız" in await confirms(anonymous, link)
    assert len(await advocates(client)) == 1


async def test_wrong_links_and_closed_pages(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, owner: Connection, page: str, program: str
) -> None:
    for path in ("/join/nobody", "/join/confirm/x", "/join/confirm/" + "A" * 64, "/join/x/sent"):
        answer = await anonymous.get(path)
        assert answer.status_code == 404
        assert "<html" in answer.text
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    # Words before the token are for people, and an old address stays good.
    token = page.rpartition("-")[2]
    assert (await anonymous.get(f"/join/{token}")).status_code == 200
    await asks(anonymous, page)
    link = await link_of(owner)
    assert (await anonymous.post(link[:-20] + "A" + link[-19:])).status_code == 404
    await set_up(client, program, enabled=False)
    assert "Katılım şu anda kapalı" in (await anonymous.get(page)).text
    assert "Katılım şu anda kapalı" in (await anonymous.post(page, data={"name": "x"})).text
    assert "Katılım şu anda kapalı" in await confirms(anonymous, link)
    shown = await ok(await client.get(f"/v1/programs/{program}/join-page"))
    assert (shown["open"], shown["closed_because"]) == (False, "disabled")
    await set_up(client, program)
    await client.patch(f"/v1/programs/{program}", json={"status": "paused"})
    assert "Katılım şu anda kapalı" in (await anonymous.get(page)).text
    await client.patch(f"/v1/programs/{program}", json={"status": "archived"})
    assert (await anonymous.get(page)).status_code == 404
    assert (await anonymous.post(link)).status_code == 404
    assert await advocates(client) == []


async def test_guards(anonymous: httpx.AsyncClient, owner: Connection, page: str) -> None:
    # A program that fills in every field is thanked, and nothing happens.
    assert await asks(anonymous, page, fax="1") == await asks(anonymous, page, email="b@elci.example")
    assert [row["to"] for row in await mailed(owner)] == ["b@elci.example"]
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        assert (await anonymous.post(page, data={}, headers=headers)).status_code == 403
    # A form that isn't one of ours, or too old, is shown again as it was filled in.
    text = (await anonymous.get(page)).text
    fields = {"name": '"><i>', "email": ADDRESS, "consent": tick(text, "consent")}
    for shown in ("", "1.x", "1700000000." + "0" * 64):
        answer = await anonymous.post(page, data=fields | {"shown": shown})
        assert answer.status_code == 400
        assert 'value="&quot;&gt;&lt;i&gt;"' in answer.text
    # Other texts than those that were shown.
    assert "metinler değişti" in await asks(anonymous, page, status=409, consent="0" * 16)
    # A mailbox gets so many mails an hour.
    answers = [await anonymous.get(page) for _ in range(6)]
    statuses = []
    for answer in answers:
        ((_, hidden),) = Forms(answer.text).found
        sent = hidden | fields | {"name": "x", "email": "kurban@elci.example"}
        statuses.append((await anonymous.post(page, data=sent)).status_code)
    assert statuses == [303] * 5 + [429]


async def test_a_friend_joins_by_an_invitation(
    client: httpx.AsyncClient,
    anonymous: httpx.AsyncClient,
    owner: Connection,
    drain: Drain,
    page: str,
) -> None:
    await joins(anonymous, owner, page)
    (ayse,) = await advocates(client)
    invited = f"{page}?ref={ayse['id']}"
    assert "Bir arkadaşınız sizi davet etti." in (await anonymous.get(invited)).text
    await joins(anonymous, owner, invited, name="Can", email="can@elci.example")
    can = (await advocates(client))[0]
    (referral,) = (await ok(await client.get("/v1/referrals")))["data"]
    assert (referral["state"], referral["advocate_id"]) == ("signed_up", ayse["id"])
    assert (referral["friend_id"], can["referral_id"]) == (can["id"], referral["id"])
    assert (await ok(await client.get("/v1/rewards")))["data"] == []
    # What the friend buys is Ayşe's merit, though nobody is credited with it; a sign-up alone was no merit.
    order = {"external_id": "1", "amount": {"amount": 500, "currency": "TRY"}, "kind": "sale"}
    bought = order | {"customer": {"email": "can@elci.example"}}
    await ok(await client.post("/v1/conversions", json=bought))
    await drain()
    assert (await ok(await client.get(f"/v1/referrals/{referral['id']}")))["state"] in (
        "qualified",
        "rewarded",
    )
    (reward,) = (await ok(await client.get("/v1/rewards")))["data"]
    assert reward["advocate_id"] == ayse["id"]
    # Nobody is their own friend, and a person is referred once.
    await joins(anonymous, owner, invited)
    await joins(anonymous, owner, f"{page}?ref={can['id']}", email="can@elci.example")
    assert len((await ok(await client.get("/v1/referrals")))["data"]) == 1
    # An invitation that leads nowhere is none.
    await joins(anonymous, owner, f"{page}?ref=adv_{'0' * 26}", email="ece@elci.example")
    assert len((await ok(await client.get("/v1/referrals")))["data"]) == 1


async def test_an_invitation_of_one_s_own_is_used(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, owner: Connection, page: str
) -> None:
    await joins(anonymous, owner, page)
    (ayse,) = await advocates(client)
    made = await ok(await client.post("/v1/referrals", json={"advocate_id": ayse["id"], "channel": "link"}))
    await joins(anonymous, owner, f"{page}?ref={made['id']}", email="can@elci.example")
    (referral,) = (await ok(await client.get("/v1/referrals")))["data"]
    assert (referral["id"], referral["state"]) == (made["id"], "signed_up")
    # Whom an address was invited by, without any link.
    body = {"advocate_id": ayse["id"], "channel": "email", "email": "ece@elci.example"}
    by_mail = await ok(await client.post("/v1/referrals", json=body))
    await joins(anonymous, owner, page, email="ece@elci.example")
    assert (await ok(await client.get(f"/v1/referrals/{by_mail['id']}")))["state"] == "signed_up"


async def test_two_people_who_invite_each_other(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, owner: Connection, page: str
) -> None:
    await joins(anonymous, owner, page)
    (ayse,) = await advocates(client)
    await joins(anonymous, owner, f"{page}?ref={ayse['id']}", email="can@elci.example")
    can = (await advocates(client))[0]
    await ok(await client.post("/v1/customers/erase", json={"email": ADDRESS}))
    # Whoever was forgotten may come back, as somebody new.
    assert "artık aramızdasınız" in await joins(anonymous, owner, f"{page}?ref={can['id']}")
    states = {row["state"] for row in (await ok(await client.get("/v1/referrals")))["data"]}
    assert states == {"signed_up"}


async def test_an_erasure_takes_requests(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, owner: Connection, page: str
) -> None:
    await asks(anonymous, page)
    link = await link_of(owner)
    await ok(await client.post("/v1/customers/erase", json={"email": ADDRESS}))
    assert await owner.fetchval("select count(*) from join_requests") == 0
    assert await mailed(owner) == []
    assert (await anonymous.get(link)).status_code == 404
    # And of who joined.
    await joins(anonymous, owner, page)
    link = await link_of(owner)
    await ok(await client.post("/v1/customers/erase", json={"email": ADDRESS}))
    assert (await anonymous.get(link)).status_code == 404


async def test_what_nobody_confirms_is_deleted(
    anonymous: httpx.AsyncClient,
    owner: Connection,
    page: str,
    settings: Settings,
    database: Database,
) -> None:
    await asks(anonymous, page)
    link = await link_of(owner)
    await owner.execute("update join_requests set expires_at = elci_now()")
    assert (await anonymous.get(link)).status_code == 404
    assert (await anonymous.post(link)).status_code == 404
    await sweeping.sweep(settings, database)
    assert await owner.fetchval("select count(*) from join_requests") == 0


async def test_setting_a_page_up(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient, program: str
) -> None:
    path = f"/v1/programs/{program}/join-page"
    assert (await client.get(path)).json()["type"] == "/problems/join-page-not-found"
    wrong = {
        "url": "https://evil.example/",
        "code_pattern": "{x}",
        "member": "employee",
        "texts": {"headline": {}},
    }
    refused = await client.put(path, json=wrong)
    assert refused.status_code == 400
    paths = {each["path"] for each in refused.json()["errors"]}
    assert paths == {"url", "code_pattern", "member", "texts.headline"}
    made = await ok(await client.put(path, json=PAGE))
    assert made["open"]
    again = await ok(await client.put(path, json=PAGE | {"slug": None}))
    assert made["page_url"].endswith(again["page_url"].rpartition("/")[2])
    assert (await ok(await client.get(path)))["page_url"] == again["page_url"]
    assert (await other_client.get(path)).status_code == 404
    affiliate = await ok(await client.post("/v1/programs", json={"name": "Ortaklar"}))
    refused = await client.put(f"/v1/programs/{affiliate['id']}/join-page", json=PAGE)
    assert refused.json()["type"] == "/problems/not-an-advocacy-program"
    # Terms that let nobody in by a page close it.
    closed = {"terms": {"joining": {"ways": ["api"]}}}
    await ok(await client.post(f"/v1/programs/{program}/advocacy-terms", json=closed))
    assert (await ok(await client.get(path)))["closed_because"] == "terms"


async def test_a_brand_s_own_form(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, owner: Connection, page: str, program: str
) -> None:
    made = await ok(await client.post("/v1/api-keys", json={"name": "site", "kind": "publishable"}))
    key = {"key": made["secret"]}
    shown = await ok(await anonymous.get(f"/v1/programs/{program}/joining", params=key | {"lang": "en"}))
    assert shown["headline"] == "Friends of coffee"
    body = {"name": "Ayşe", "email": ADDRESS, "consent_version": shown["consent"]["version"]}
    path = f"/v1/programs/{program}/advocates"
    first = await anonymous.post(path, params=key, json=body | {"language": "en"})
    assert (first.status_code, first.json()["status"]) == (202, "received")
    await confirms(anonymous, await link_of(owner))
    again = await anonymous.post(path, params=key, json=body | {"language": "en"})
    assert again.json() == first.json()
    stale = await anonymous.post(path, params=key, json=body | {"consent_version": "x"})
    assert (stale.status_code, stale.json()["consent_version"] != "x") == (409, True)
    assert (await anonymous.post(path, params=key, json=body | {"email": "a@b"})).status_code == 400
    assert (await anonymous.post(path, json=body)).status_code == 401


async def test_who_joins_was_seen_there(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, owner: Connection, page: str
) -> None:
    anonymous.headers["user-agent"] = PHONE
    await asks(anonymous, page)
    # Anybody can write anybody's address into the form.
    assert await owner.fetchval("select count(*) from referral_marks") == 0
    link = await link_of(owner)
    await anonymous.get(link)
    assert await owner.fetchval("select count(*) from referral_marks") == 0
    await confirms(anonymous, link)
    kinds = await owner.fetch("select kind from referral_marks order by kind")
    assert [row["kind"] for row in kinds] == ["address", "device"]
    # The marks are those that a shop's server tells of the same browser.
    seen = {"email": ADDRESS, "address": "127.0.0.1", "user_agent": PHONE}
    await ok(await client.post("/v1/referrals/visits", json=seen))
    assert await owner.fetchval("select count(*) from referral_marks") == 2
    await ok(await client.post("/v1/customers/erase", json={"email": ADDRESS}))
    assert await owner.fetchval("select count(*) from referral_marks") == 0
