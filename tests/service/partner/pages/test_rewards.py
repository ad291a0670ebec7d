"""/p/me/rewards: what an advocate finds there, takes, and doesn't learn; by hand and by axe-core."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from tests.service.links.conftest import Json
from tests.service.partner.advocacy.test_advocacy import advocating, buys, deed
from tests.service.partner.pages.conftest import Browser
from tests.service.partner.pages.test_browser import PHONE, looked_at, serious, tab_of
from tests.service.partner.pages.test_browser import chromium as chromium

Entered = Callable[[str], Awaitable[Browser]]
Drain = Callable[[], Awaitable[None]]


@pytest.fixture
async def two(client: httpx.AsyncClient, drain: Drain) -> Json:
    """Ayşe has points, a voucher, a discount and points to come; Mehmet nothing, and no name on the board."""
    made = await advocating(client)
    await client.put(f"/v1/programs/{made['program_id']}/join-page", json={})
    await buys(client, drain, "can", "1", "ayse10")
    for kind in ("review", "comment", "share"):
        await deed(client, made["ayse"], kind, kind)
    return made


async def test_an_advocate_s_page(client: httpx.AsyncClient, entered: Entered, two: Json) -> None:
    browser = await entered(two["ayse"]["partner_id"])
    text = await browser.open("/p/me/rewards?lang=tr")
    for part in ("100 Çekirdek", "Hediye çeki", "%10", "gold: alışveriş yapan 2 arkadaş daha", "ayse10"):
        assert part in text, part
    assert "https://wa.me/?text=" in text
    assert "gizli" not in text
    assert "puan" not in text.split('id="given"')[-1]
    assert "100 Beans &lt;&amp;&gt;" in await browser.open("/p/me/rewards?lang=en")
    await browser.open("/p/me/rewards?lang=tr")
    assert "mehmet" not in text
    # A code, and the same once more; it stands in no address.
    forms = re.findall(r'name="reward_id" value="(rwd_\w+)"', text)
    codes = set()
    for _ in range(2):
        answer = await browser.send("/p/me/rewards/redeem", reward_id=forms[-1])
        codes |= set(re.findall(r"<strong>([^<]+)</strong>", answer))
        assert "CEK" not in str(browser.last.url)
    assert len(codes) == 1
    assert codes <= {"CEK-1", "CEK-2", "ayse10"}
    # Off the board, and on again; what isn't theirs can't be named.
    await browser.send("/p/me/rewards/board", board_name="<b>A</b>")
    assert "&lt;b&gt;A&lt;/b&gt;" in browser.last.text
    await browser.send("/p/me/rewards/board", board_name="")
    assert (await client.get(f"/v1/advocates/{two['ayse']['id']}")).json()["board_name"] is None
    await browser.send("/p/me/rewards/board", 404, advocate_id=two["mehmet"]["id"])
    await browser.open("/p/me/rewards")
    await browser.send("/p/me/rewards/board", 400, board_name="x" * 201)
    await browser.send("/p/me/rewards/redeem", 404, reward_id="rwd_x")
    await browser.open("/p/me/rewards")
    await browser.send("/p/me/rewards/board", 403, csrf="x")
    assert "100" in await browser.open("/p/me/files/rewards.csv")
    await browser.open("/p/me/rewards")
    assert "Ayrıldı" in await browser.send("/p/me/rewards/leave")
    # Who has nothing yet, and sees nobody else's.
    mehmet = await (await entered(two["mehmet"]["partner_id"])).open("/p/me/rewards")
    assert "Siz (yalnızca siz görürsünüz)" in mehmet
    assert "ayse10" not in mehmet
    assert 'href="/p/me/rewards"' in mehmet


@pytest.mark.parametrize("lang", ["tr", "en"])
async def test_it_by_axe(chromium: Any, entered: Entered, two: Json, lang: str) -> None:
    browser = await entered(two["ayse"]["partner_id"])
    tab = await tab_of(chromium, browser, viewport=PHONE)
    await looked_at(tab, f"/p/me/rewards?lang={lang}", f"{lang}-phone-rewards")
    assert await serious(tab) == []
    await tab.context.close()


async def test_who_is_no_advocate_has_no_such_page_in_the_way(in_ayse: Browser) -> None:
    assert 'href="/p/me/rewards"' not in await in_ayse.open("/p/me")
    assert "Hiçbir savunuculuk programında değilsiniz." in await in_ayse.open("/p/me/rewards")
