"""elci.js in a real browser: a page of a shop, `?via=`, cookie, click, form field, cart, consent."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest

from service.kit import ids
from service.kit.db import Connection
from tests.service.links.conftest import Make

SHOP, ELCI = "https://shop.example", "https://elci.example"
CHROMIUM = "/usr/bin/chromium"
FORM = (
    '<form method="post" action="/pay"><input name="mail"><input type="hidden" name="elci_click_id"></form>'
)


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Any]:
    playwright = pytest.importorskip("playwright.async_api", reason="no playwright: install the extra `dev`")
    if shutil.which(CHROMIUM) is None:
        pytest.skip("no chromium: apt-get install chromium")
    async with playwright.async_playwright() as tool:
        opened = await tool.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        await opened.close()


class Shop:
    """A browser in which two sites answer: the shop with pages of the test's own, and elci."""

    def __init__(self, context: Any, elci: httpx.AsyncClient, key: str) -> None:
        self.context = context
        self.elci = elci
        self.key = key
        self.pages: dict[str, str] = {}
        self.carts: list[str] = []
        self.sent: list[str] = []

    def plain(self, options: str = "", body: str = FORM) -> str:
        """A page whose script stands in it."""
        tag = f'<script src="{ELCI}/elci.js" data-key="{self.key}" {options}></script>'
        return f"<!doctype html><html><head>{tag}</head><body>{body}</body></html>"

    async def open(self, path: str, page: str) -> Any:
        """A tab with a page that has been read to its end."""
        self.pages[path.partition("?")[0]] = page
        tab = await self.context.new_page()
        await tab.goto(SHOP + path, wait_until="networkidle")
        return tab

    async def answer(self, route: Any) -> None:
        """What the two sites answer."""
        request = route.request
        if request.url.startswith(ELCI):
            await self._from_elci(route, request)
        elif request.url.endswith("/cart/update.js"):
            self.carts.append(request.post_data)
            await route.fulfill(json={})
        else:
            path = request.url.removeprefix(SHOP).partition("?")[0]
            page = self.pages.get(path)
            await route.fulfill(status=200 if page else 404, body=page or "", content_type="text/html")

    async def _from_elci(self, route: Any, request: Any) -> None:
        # Those that only a browser has are told on; as it is, this connection would be no browser's.
        headers = {
            name: value for name, value in (await request.all_headers()).items() if not name.startswith(":")
        }
        headers["user-agent"] = headers["user-agent"].replace("HeadlessChrome", "Chrome")
        answer = await self.elci.request(
            request.method,
            request.url.removeprefix(ELCI),
            headers=headers,
            content=request.post_data_buffer,
        )
        self.sent.append(request.url.partition("?")[0].removeprefix(ELCI))
        kept = {name: value for name, value in answer.headers.items() if name != "content-length"}
        await route.fulfill(status=answer.status_code, headers=kept, body=answer.content)


@pytest.fixture
async def shop(
    browser: Any, client: httpx.AsyncClient, anonymous: httpx.AsyncClient, link: Make
) -> AsyncIterator[Shop]:
    await link(via="ayse")
    await client.patch("/v1/workspace", json={"cors_origins": [SHOP]})
    made = await client.post("/v1/api-keys", json={"name": "shop", "kind": "publishable"})
    context = await browser.new_context()
    there = Shop(context, anonymous, made.json()["secret"])
    await context.route("**/*", there.answer)
    yield there
    await context.close()


async def _until(true: Callable[[], bool]) -> None:
    for _ in range(500):
        if true():
            return
        await asyncio.sleep(0.02)
    raise AssertionError


async def _click_id(tab: Any) -> str:
    await tab.wait_for_function("window.elci && elci.clickId()")
    return str(await tab.evaluate("elci.clickId()"))


async def _field(tab: Any) -> str:
    return str(await tab.eval_on_selector("[name=elci_click_id]", "field => field.value"))


async def _cookies(shop: Shop) -> dict[str, Any]:
    return {cookie["name"]: cookie for cookie in await shop.context.cookies(SHOP)}


async def _counted(owner: Connection, shown: str) -> list[str]:
    row = await owner.fetchrow("select reasons from clicks where id = $1", ids.read("clk", shown))
    assert row is not None
    return list(row["reasons"])


async def test_from_via_to_cookie_to_click_to_form_field(shop: Shop, owner: Connection) -> None:
    tab = await shop.open("/?via=ayse", shop.plain())
    click = await _click_id(tab)
    assert await _counted(owner, click) == []
    cookie = (await _cookies(shop))["elci"]
    assert (cookie["value"], cookie["sameSite"], cookie["secure"]) == (click, "Lax", True)
    assert cookie["expires"] > 86400 * 29
    assert await _field(tab) == click
    # The next page of the visit knows it without asking, and tells what is done there.
    sent = len([path for path in shop.sent if path == "/v1/track/click"])
    tab = await shop.open("/urun", shop.plain())
    assert await _click_id(tab) == click
    assert await _field(tab) == click
    await tab.evaluate("elci.track('add_to_cart', {product_id: 'sku', value: {amount: 5, currency: 'TRY'}})")
    await _until(lambda: shop.sent.count("/v1/track/events") == 3)
    assert [path for path in shop.sent if path == "/v1/track/click"] == ["/v1/track/click"] * sent
    rows = await owner.fetch("select name, click_id, url_path, counted from site_events order by id")
    assert [row["name"] for row in rows] == ["page_view", "page_view", "add_to_cart"]
    assert {row["click_id"] for row in rows} == {ids.read("clk", click)}
    assert [row["url_path"] for row in rows] == ["/", "/urun", "/urun"]
    assert all(row["counted"] for row in rows)


async def test_by_a_tag_manager(shop: Shop, owner: Connection) -> None:
    """Appended after the page has been read, twice, as tag managers do: there is no currentScript then."""
    inject = f"""setTimeout(function () {{ for (var n = 0; n < 2; n++) {{
        var tag = document.createElement('script');
        tag.src = '{ELCI}/elci.js'; tag.async = true;
        tag.dataset.key = '{shop.key}'; tag.dataset.forms = 'all';
        document.head.appendChild(tag);
    }} }}, 50)"""
    body = '<form method="post"><input name="mail"></form><form id="find"><input name="q"></form>'
    page = f"<!doctype html><html><head></head><body>{body}<script>{inject}</script></body></html>"
    tab = await shop.open("/gtm?via=ayse", page)
    click = await _click_id(tab)
    assert await _counted(owner, click) == []
    assert (await _cookies(shop))["elci"]["value"] == click
    assert await _field(tab) == click
    # A search form (GET) would carry the field into an address.
    assert await tab.evaluate("document.querySelectorAll('[name=elci_click_id]').length") == 1
    assert shop.sent.count("/v1/track/click") == 1


async def test_by_a_tag_manager_with_the_text_alone(shop: Shop) -> None:
    """Pasted into the page: options come from window.elciConfig, and calls that were made before it."""
    script = (await shop.elci.get("/elci.js")).text
    options = f"window.elciConfig = {{key: '{shop.key}', host: '{ELCI}'}};"
    early = "window.elci = [['track', 'content_view', {product_id: 'early'}]];"
    scripts = f"<script>{options}{early}</script><script>{script}</script>"
    page = f"<!doctype html><html><body>{FORM}{scripts}</body></html>"
    tab = await shop.open("/inline?via=ayse", page)
    assert await _field(tab) == await _click_id(tab)
    await _until(lambda: shop.sent.count("/v1/track/events") == 2)


async def test_a_click_id_in_the_address(shop: Shop) -> None:
    click = ids.show("clk", ids.new())
    tab = await shop.open(f"/?elci={click}", shop.plain())
    assert await _click_id(tab) == await _field(tab) == click
    assert (await _cookies(shop))["elci"]["value"] == click
    assert "/v1/track/click" not in shop.sent
    tab = await shop.open("/?elci=clk_<script>", shop.plain())
    assert await _click_id(tab) == click


async def _stored(tab: Any) -> list[Any]:
    return list(
        await tab.evaluate("[document.cookie, localStorage.length, sessionStorage.length, elci.clickId()]")
    )


async def test_without_consent_nothing_is_stored_or_sent(shop: Shop, owner: Connection) -> None:
    tab = await shop.open("/?via=ayse", shop.plain('data-consent="required"'))
    await tab.evaluate("elci.track('add_to_cart')")
    assert await _stored(tab) == ["", 0, 0, None]
    assert shop.sent == ["/elci.js"]
    await tab.evaluate("elci.consent(false)")
    await tab.evaluate("elci.track('add_to_cart')")
    await tab.wait_for_load_state("networkidle")
    assert await _stored(tab) == ["", 0, 0, None]
    assert await shop.context.cookies() == []
    assert shop.sent == ["/elci.js"]
    assert await owner.fetchval("select count(*) from clicks") == 0
    # A yes goes on from where the visitor came.
    await tab.evaluate("elci.consent(true)")
    click = await _click_id(tab)
    assert (await _cookies(shop))["elci"]["value"] == await _field(tab) == click
    # And a no takes everything back.
    await tab.evaluate("elci.consent(false)")
    assert await _stored(tab) == ["", 0, 0, None]
    assert await shop.context.cookies() == []
    assert await _field(tab) == ""


async def test_a_browser_that_asks_not_to_be_followed(shop: Shop) -> None:
    await shop.context.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {get: () => true})"
    )
    tab = await shop.open("/?via=ayse", shop.plain())
    assert await _stored(tab) == ["", 0, 0, None]
    assert shop.sent == ["/elci.js"]


async def test_a_cart_of_shopify(shop: Shop) -> None:
    page = shop.plain().replace("<head>", "<head><script>window.Shopify = {routes: {root: '/tr/'}}</script>")
    tab = await shop.open("/?via=ayse", page)
    click = await _click_id(tab)
    await tab.wait_for_load_state("networkidle")
    await _until(lambda: bool(shop.carts))
    assert shop.carts == [f'{{"attributes":{{"elci_click_id":"{click}"}}}}']
    # Once a visit.
    await tab.goto(SHOP + "/", wait_until="networkidle")
    assert await _click_id(tab) == click
    assert len(shop.carts) == 1


async def test_where_cookies_are_blocked_and_the_service_is_away(shop: Shop) -> None:
    await shop.context.add_init_script(
        "Object.defineProperty(Document.prototype, 'cookie', {get: () => '', set: () => {}})"
    )
    click = ids.show("clk", ids.new())
    await shop.open(f"/?elci={click}", shop.plain())
    tab = await shop.open("/next", shop.plain())
    assert await _click_id(tab) == click
    await shop.context.unroute("**/*")

    async def away(route: Any) -> None:
        if "/v1/track/" in route.request.url:
            await route.abort()
        else:
            await shop.answer(route)

    await shop.context.route("**/*", away)
    errors: list[str] = []
    tab = await shop.open("/?via=ayse", shop.plain())
    tab.on("pageerror", lambda error: errors.append(str(error)))
    assert await _click_id(tab) == click
    assert errors == []


async def test_ready_is_called_once_it_is_known(shop: Shop) -> None:
    body = FORM + "<script>elci.ready(function (id) { window.told = id; })</script>"
    tab = await shop.open("/?via=ayse", shop.plain(body=body))
    click = await _click_id(tab)
    assert await tab.evaluate("window.told") == click
    assert (
        await tab.evaluate("(function () { var now; elci.ready(function (id) { now = id }); return now })()")
        == click
    )
