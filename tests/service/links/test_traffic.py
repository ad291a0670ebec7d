"""Who is flagged, who isn't, and what a click was made with."""

import time

import pytest

from service.links import agents, names
from service.links.traffic import REASONS, classify, platform_of, read_signals, referrer_host
from tests.service.links.agent_cases import BOTS, BROWSERS, NO_BROWSERS, PREVIEWS

CHROME = BROWSERS[0][0]


@pytest.mark.parametrize(("text", "device", "system", "browser", "app"), BROWSERS)
def test_browsers_count(text: str, device: str, system: str, browser: str, app: str | None) -> None:
    found = classify(text)
    assert (found.counted, found.reasons) == (True, ())
    assert (found.device, found.os, found.browser, found.in_app) == (device, system, browser, app)


def test_the_tables_are_as_long_as_they_have_to_be() -> None:
    assert len({row[0] for row in BROWSERS}) >= 40
    assert len({*BOTS, *PREVIEWS}) >= 60
    for app in ("instagram", "tiktok", "facebook"):
        assert sum(row[4] == app for row in BROWSERS) >= 2


@pytest.mark.parametrize("text", PREVIEWS)
def test_previews_do_not_count(text: str) -> None:
    assert classify(text).reasons == ("preview",)


@pytest.mark.parametrize("text", BOTS)
def test_bots_do_not_count(text: str) -> None:
    assert classify(text).reasons == ("bot",)


@pytest.mark.parametrize("text", NO_BROWSERS)
def test_what_is_no_browser_does_not_count(text: str) -> None:
    found = classify(text)
    assert not found.counted
    assert found.reasons[0] in {"bot", "not_a_browser"}


@pytest.mark.parametrize("text", ["", "   "])
def test_nobody_does_not_count(text: str) -> None:
    assert classify(text).reasons == ("no_agent",)


def test_reasons_add_up_in_their_order() -> None:
    found = classify("curl/8.5.0", method="HEAD", prefetch=True, network_class="datacenter")
    assert found.reasons == ("bot", "head", "prefetch", "datacenter")
    assert classify(CHROME, network_class="datacenter").reasons == ("datacenter",)
    assert classify(CHROME, network_class="home").counted


def test_every_reason_has_a_name() -> None:
    assert set(names.REASONS) == set(REASONS)


@pytest.mark.parametrize(
    ("referrer", "app", "platform"),
    [
        (None, None, None),
        ("l.instagram.com", None, "instagram"),
        ("t.co", None, "x"),
        ("netflix.com", None, None),
        ("youtube.com.evil.example", None, None),
        ("l.facebook.com", "Instagram 333.0", "instagram"),
        ("tiktok.com", "GSA/318.0", "tiktok"),
    ],
)
def test_the_platform_is_the_apps_else_the_referrers(
    referrer: str | None, app: str | None, platform: str | None
) -> None:
    text = f"{CHROME} {app}" if app else CHROME
    assert classify(text, referrer_host=referrer).platform == platform
    assert app or platform_of(referrer) == platform


@pytest.mark.parametrize(
    ("referrer", "host"),
    [
        (b"", None),
        (b"https://www.Kahve.example:8443/a?b#c", "kahve.example"),
        (b"https://user:word@kahve.example/", "kahve.example"),
        (b"android-app://com.instagram.android/", "com.instagram.android"),
        (b"javascript:alert(1)", None),
        (b"https://", None),
        (b"https://a b/", None),
        (b"about:blank", None),
        (b"https://" + b"a" * 50_000, None),
    ],
)
def test_hosts_of_referrers(referrer: bytes, host: str | None) -> None:
    assert referrer_host(referrer) == host


def test_signals_of_headers() -> None:
    read = read_signals(
        [
            (b"user-agent", b"Mozilla/5.0"),
            (b"sec-purpose", b"prefetch;prerender"),
            (b"accept-language", b"tr-TR,tr;q=0.9,en;q=0.8"),
            (b"referer", b"https://l.instagram.com/"),
            (b"sec-gpc", b"1"),
            (b"dnt", b"0"),
        ]
    )
    assert read.prefetch
    assert read.private
    assert (read.language, read.referrer_host, read.untracked) == ("tr", "l.instagram.com", False)
    assert read_signals([(b"x-purpose", b"preview")]).prefetch
    assert not read_signals([(b"sec-fetch-mode", b"navigate")]).prefetch
    assert read_signals([(b"accept-language", b"*")]).language is None


HOSTILE = [
    "A" * 50_000,
    " " * 50_000,
    "Mozilla/5.0 (" * 4_000,
    "Mozilla/5.0 (" + "a" * 50_000,
    "Mozilla/5.0 (Linux; Android 9; " + "a " * 25_000,
    "Mozilla/5.0 (compatible; " * 2_000,
    "bot" * 16_000,
    "cubot " * 8_000,
    "((((" * 12_500,
    "; " * 25_000,
    "1." * 25_000,
    "\N{LATIN SMALL LETTER Y WITH DIAERESIS}" * 50_000,
    "Tizen" * 10_000,
    "smart-" * 8_000,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_string_is_slow(text: str) -> None:
    agents.read_agent("x")
    began = time.perf_counter()
    found = classify(text)
    assert time.perf_counter() - began < 0.05
    assert not found.counted
    # And what stays of it when it is cut is no slower.
    began = time.perf_counter()
    agents.read_agent(text[: agents.LONGEST] + "!")
    assert time.perf_counter() - began < 0.05


def test_a_known_string_costs_next_to_nothing() -> None:
    classify(CHROME)
    began = time.perf_counter()
    for _ in range(20_000):
        classify(CHROME, network_class=None, referrer_host="l.instagram.com")
    # 0.4 us on a quiet machine; the bound leaves room for a busy one.
    assert (time.perf_counter() - began) / 20_000 < 5e-6
