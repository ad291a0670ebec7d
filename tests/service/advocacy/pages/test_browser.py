"""The pages to join on in a real browser without JavaScript, at phone width, in both colours, by axe-core."""

from collections.abc import Callable
from typing import Any

import pytest

from service.kit.db import Connection
from tests.service.advocacy.pages.test_pages import ADDRESS, link_of
from tests.service.advocacy.pages.test_pages import page as page
from tests.service.advocacy.pages.test_pages import program as program
from tests.service.partner.pages.conftest import Browser
from tests.service.partner.pages.conftest import browser as browser
from tests.service.partner.pages.conftest import browsers as browsers
from tests.service.partner.pages.test_browser import PHONE, looked_at, serious, tab_of
from tests.service.partner.pages.test_browser import chromium as chromium


@pytest.mark.parametrize(("lang", "scheme"), [("tr", "light"), ("en", "dark")])
async def test_all_the_way(
    chromium: Any,
    browser: Browser,
    browsers: Callable[[], Browser],
    page: str,
    owner: Connection,
    lang: str,
    scheme: str,
) -> None:
    reader = await tab_of(chromium, browser, viewport=PHONE, color_scheme=scheme)
    plain = await tab_of(chromium, browser, viewport=PHONE, color_scheme=scheme, java_script_enabled=False)

    async def look(path: str, name: str) -> None:
        await looked_at(reader, path, f"{lang}-join-{name}")
        assert await serious(reader) == [], path

    await look(f"{page}?lang={lang}", "form")
    # Sent as it is, it comes back with a reason at every field that is required.
    await reader.click("main button")
    assert await serious(reader) == []
    wrong = await reader.eval_on_selector_all(".field .fault", "all => all.map(one => one.id)")
    assert set(wrong) == {"name-fault", "email-fault", "consent-fault"}
    assert not await reader.is_checked("#marketing")
    await plain.goto(f"{page}?lang={lang}")
    await plain.fill("#name", "Ayşe Öz")
    await plain.fill("#email", ADDRESS)
    await plain.check("#consent")
    await plain.click("main button")
    await look(f"{page}/sent?lang={lang}", "sent")
    link = await link_of(owner)
    await look(link, "confirm")
    await plain.goto(link)
    await plain.click("main button")
    assert await plain.locator("svg").count() == 1
    await look(link, "own")
    await look("/join/none", "none")
    await reader.context.close()
    await plain.context.close()
