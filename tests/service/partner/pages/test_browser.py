"""The pages in a real browser: at phone and desk width, with and without JavaScript, and by axe-core."""

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest

from tests.service.links.conftest import Json, made
from tests.service.partner.pages.conftest import Browser, ids_in

CHROMIUM = "/usr/bin/chromium"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
HOST = "http://elci.test"
# For whoever wants to look: a folder that every page is drawn into.
DRAWN = os.environ.get("ELCI_DRAWN_PAGES")
PAGES = (
    *("/p/me", "/p/me/links", "/p/me/coupons", "/p/me/conversions", "/p/me/commissions", "/p/me/claims"),
    *("/p/me/payouts", "/p/me/statement?month=2026-11", "/p/me/programs", "/p/me/settings"),
    *("/p/me?from=2026-12-01&to=2026-11-01", "/p/me/rewards"),
)
KINDS = ("text", "long_text", "choice", "choices", "yes_no")
Entered = Callable[[str], Awaitable[Browser]]


@pytest.fixture(scope="module")
async def chromium() -> AsyncIterator[Any]:
    playwright = pytest.importorskip("playwright.async_api", reason="no playwright: install the extra `dev`")
    if shutil.which(CHROMIUM) is None:
        pytest.skip("no chromium: apt-get install chromium")
    async with playwright.async_playwright() as tool:
        opened = await tool.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        await opened.close()


async def tab_of(chromium: Any, browser: Browser, **options: Any) -> Any:
    """A tab whose requests are answered with the cookies of `browser`."""
    context = await chromium.new_context(base_url=HOST, **options)

    async def answer(route: Any) -> None:
        request = route.request
        kept = ("accept-language", "content-type")
        headers = {name: value for name, value in request.headers.items() if name in kept}
        found = await browser.http.request(
            request.method,
            request.url.removeprefix(HOST),
            headers=headers,
            content=request.post_data_buffer,
            follow_redirects=True,
        )
        passed = {
            name: value
            for name, value in found.headers.items()
            if name not in ("content-length", "set-cookie")
        }
        await route.fulfill(status=found.status_code, headers=passed, body=found.content)

    await context.route("**/*", answer)
    return await context.new_page()


async def serious(tab: Any) -> list[str]:
    """What axe-core finds that keeps people out."""
    axe = pytest.importorskip("axe_playwright_python.async_playwright", reason="install the extra `dev`")
    found = (await axe.Axe().run(tab)).response["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:200]}"
        for each in found
        if each["impact"] in ("serious", "critical")
    ]


async def is_scrolled_sideways(tab: Any) -> bool:
    return bool(await tab.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


async def looked_at(tab: Any, path: str, name: str) -> None:
    """Opens a page, and fails where it is wider than the window or axe-core finds something serious."""
    complaints: list[str] = []
    tab.on("console", lambda said: complaints.append(said.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    await tab.goto(path)
    if DRAWN:
        await tab.screenshot(path=f"{DRAWN}/{name}.png", full_page=True)
    assert not await is_scrolled_sideways(tab), path
    # What the policy forbids is said in the console; a page that is an error says so too.
    assert [each for each in complaints if "status of 4" not in each] == []


@pytest.fixture
async def open_program(client: httpx.AsyncClient) -> Json:
    """A program with every kind of question."""
    options = [
        {"value": value, "label": {"tr": label, "en": label}}
        for value, label in (("blog", "Blog"), ("video", "Video"))
    ]
    asked = [
        {"key": kind, "kind": kind, "label": {"tr": f"Soru {kind}", "en": f"Ask {kind}"}, "required": True}
        | ({"options": options} if kind in ("choice", "choices") else {})
        for kind in KINDS
    ]
    page = {
        "open": True,
        "headline": {"tr": "Elçimiz olun", "en": "Be our envoy"},
        "description": {"tr": "Kahvelerimizi anlatın.\n\nKazanın.", "en": "Tell of our coffee.\n\nEarn."},
        "terms_text": {"tr": "Her şey açık.", "en": "All in the open."},
        "questions": asked,
    }
    rules = [{"kind": "sale", "rate": "0.10"}, {"kind": "signup", "flat": {"amount": 500, "currency": "TRY"}}]
    return await made(client, "/v1/programs", {"name": "Elçiler", "rules": rules, "page": page})


@pytest.mark.parametrize("lang", ["tr", "en"])
async def test_pages_that_anybody_sees(
    chromium: Any,
    browser: Browser,
    inviting: Callable[[str], Awaitable[str]],
    ayse: Json,
    open_program: Json,
    lang: str,
) -> None:
    tab = await tab_of(chromium, browser, viewport=PHONE)
    join = await inviting(ayse["partner_id"])
    program = f"/p/{open_program['id']}"
    for path in (
        program,
        f"{program}/received",
        "/p/login",
        join,
        "/p/none/such",
        f"/p/{ayse['program_id']}",
    ):
        await looked_at(tab, f"{path}?lang={lang}", f"{lang}-phone{path.replace('/', '-')[:24]}")
        assert await serious(tab) == [], path
    # A form that is sent as it is comes back with a reason at every field that is required.
    await tab.goto(f"{program}?lang={lang}")
    await tab.click("main button[type=submit]")
    assert await serious(tab) == []
    wrong = await tab.eval_on_selector_all(".fault", "all => all.map(one => one.id)")
    named = {"name", "email", "consent", "terms"}
    named |= {f"answer-{kind}" for kind in KINDS}
    assert set(wrong) == {f"{name}-fault" for name in named}
    await tab.context.close()


@pytest.mark.parametrize("lang", ["tr", "en"])
async def test_a_partner_s_own_pages(chromium: Any, in_ayse: Browser, busy: Json, lang: str) -> None:
    details = [f"/p/me/conversions/{busy['order']['id']}", f"/p/me/payouts/{busy['payout']['id']}"]
    shown = ids_in(await in_ayse.open("/p/me/commissions"), "com")
    details += [f"/p/me/commissions/{shown[0]}"]
    phone = await tab_of(chromium, in_ayse, viewport=PHONE, java_script_enabled=True)
    for path in (*PAGES, *details):
        joint = "&" if "?" in path else "?"
        await looked_at(phone, f"{path}{joint}lang={lang}", f"{lang}-phone{path.replace('/', '-')[:24]}")
        assert await serious(phone) == [], path
    await phone.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_at_a_desk_in_both_colours(chromium: Any, in_ayse: Browser, busy: Json, scheme: str) -> None:
    desk = await tab_of(chromium, in_ayse, viewport=DESK, color_scheme=scheme)
    for path in ("/p/me", "/p/me/links?made=x", "/p/me/statement?month=2026-11"):
        await looked_at(desk, path, f"{scheme}-desk{path.replace('/', '-')[:24]}")
        assert await serious(desk) == [], path
    await desk.context.close()


async def test_without_javascript(chromium: Any, in_ayse: Browser, busy: Json) -> None:
    """A link is made, and everything is there to be read."""
    tab = await tab_of(chromium, in_ayse, viewport=DESK, java_script_enabled=False)
    await tab.goto("/p/me/links?lang=en")
    await tab.fill("#url", "https://shop.example/yeni")
    await tab.fill("#title", "Yeni")
    await tab.click("main button[type=submit]")
    assert "Your link is ready" in await tab.inner_text("main")
    assert not await tab.is_visible("[data-copy]")
    await tab.goto("/p/me?days=90")
    await tab.click("summary")
    assert "Nov 2, 2026" in await tab.inner_text("details")
    if DRAWN:
        await tab.screenshot(path=f"{DRAWN}/plain-desk.png", full_page=True)
    await tab.context.close()


async def test_the_button_that_copies(chromium: Any, in_ayse: Browser, busy: Json) -> None:
    tab = await tab_of(chromium, in_ayse, viewport=DESK)
    await tab.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', {value: {writeText: async t => { window.told = t }}})"
    )
    await tab.goto("/p/me/links?lang=en")
    await tab.click("[data-copy]")
    await tab.wait_for_function("window.told")
    assert await tab.evaluate("window.told") == busy["link"]["short_url"]
    assert await tab.inner_text("[data-copy]") == "Copied"
    await tab.context.close()
