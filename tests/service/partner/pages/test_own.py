"""/p/me: what a partner sees, does, and can't."""

from collections.abc import Awaitable, Callable

import pytest

from tests.service.links.conftest import Json
from tests.service.partner.pages.conftest import Browser

Entered = Callable[[str], Awaitable[Browser]]
OWN = (
    *("", "/links", "/coupons", "/conversions", "/commissions", "/payouts", "/statement?month=2026-11"),
    *("/programs", "/settings"),
)


@pytest.mark.parametrize("lang", ["tr", "en"])
async def test_every_page(in_ayse: Browser, busy: Json, lang: str) -> None:
    for path in OWN:
        joint = "&" if "?" in path else "?"
        text = await in_ayse.open(f"/p/me{path}{joint}lang={lang}")
        assert f'<html lang="{lang}">' in text
    assert in_ayse.last.headers["cache-control"] == "no-store"
