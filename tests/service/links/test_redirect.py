"""Where a visit of a link goes: targets, parameters, ends, pages; and that nothing leads elsewhere."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.kit import ids
from service.links.pages import POLICY
from service.links.redirect import Destination, Redirect, Target, Visit, choose, decide
from tests.service.links.hostile import pairs

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SUBS = ("a", None, None, None, None)
NAMES = ("partner", "code", "click_id", "sub2", "target")
AMAZON = {"network": "amazon", "tracking_id": "t-21"}
CLICK = "clk_01hzy0000000000000000000000"
STORED = (
    "https://shop.example/",
    "https://shop.example/x?sub1=own&utm_source=own#top",
    "https://shop.example:8443/a/b?",
    "http://xn--maaza-l1a.example/%C3%A7ay?q=1&",
)


def link(url: str = "https://shop.example/x", **fields: Any) -> Destination:
    return Destination(ids.new(), ids.new(), "yaz", None, url, **fields)


def visit(*query: tuple[str, str], **fields: Any) -> Visit:
    return Visit(NOW, query, **fields)


def query_of(found: Redirect) -> dict[str, str]:
    assert found.location is not None
    return dict(parse_qsl(urlsplit(found.location).query, keep_blank_values=True))


def is_safe(location: str, stored: str) -> None:
    """It begins with the stored bytes, has its origin, and can stand in a header."""
    base = stored.partition("#")[0]
    assert location.startswith(base)
    assert location[len(base)] in "?&#" or base[-1] in "?&"
    asked, kept = urlsplit(location), urlsplit(stored)
    assert (asked.scheme, asked.netloc, asked.path, asked.fragment) == (
        *(kept.scheme, kept.netloc, kept.path),
        kept.fragment,
    )
    assert all("!" <= char <= "~" and char not in '"<>\\' for char in location)


@pytest.mark.parametrize("stored", STORED)
@pytest.mark.parametrize(("name", "value"), pairs())
def test_no_request_leads_elsewhere(name: str, value: str, stored: str) -> None:
    everything: dict[str, Any] = {
        "utm": {"utm_medium": "{sub1}{platform}{country}{language}"},
        "network": "amazon",
        "tracking_id": "elci-21",
        "via": "ayse",
    }
    strange = visit((name, value), country=value[:2], language=value, platform=value, device=value)
    for mode in ("redirect", "interstitial", "direct"):
        found = decide(link(stored, mode=mode, **everything), strange, CLICK)
        assert found.location is not None
        is_safe(found.location, stored)
        assert query_of(found)["elci"] == CLICK
        if found.page:
            assert hrefs(found.page) == [found.location]


def test_there_are_enough_of_them() -> None:
    assert len(set(pairs())) >= 60


@settings(max_examples=200, deadline=None)
@given(
    query=st.lists(st.tuples(st.text(max_size=50), st.text(max_size=80)), max_size=8),
    words=st.text(max_size=20),
    stored=st.sampled_from(STORED),
    title=st.text(max_size=40),
)
def test_no_text_at_all_leads_elsewhere(
    query: list[tuple[str, str]], words: str, stored: str, title: str
) -> None:
    named = [(name, value) for name, value in query] + [("utm_" + words, words), ("sub2", words)]
    destination = link(stored, mode="interstitial", title=title, utm={"utm_id": "{sub2}-{platform}"})
    found = decide(destination, visit(*named, language=words, platform=words), CLICK)
    assert found.location is not None
    is_safe(found.location, stored)
    assert found.page is not None
    assert hrefs(found.page) == [found.location]
    found.page.encode("utf-8", "xmlcharrefreplace")


@pytest.mark.parametrize(
    ("url", "fields", "query", "wanted"),
    [
        ("", {}, [], {}),
        (
            "",
            {},
            [("fbclid", "f"), ("gclid", "g"), ("ttclid", "t")],
            {"fbclid": "f", "gclid": "g", "ttclid": "t"},
        ),
        ("", {}, [("utm_source", "ig"), ("other", "x"), ("Fbclid", "y")], {"utm_source": "ig"}),
        ("?utm_source=own", {}, [("utm_source", "theirs")], {"utm_source": "own"}),
        ("", {"utm": {"utm_source": "link"}}, [("utm_source", "theirs")], {"utm_source": "link"}),
        ("?utm_source=own", {"utm": {"utm_source": "link"}}, [], {"utm_source": "own"}),
        ("", {"utm": {"utm_source": "{platform}"}}, [("utm_source", "x")], {"utm_source": "x"}),
        (
            "",
            {"sub": ("a", None, None, None, None)},
            [("sub1", "b"), ("sub2", "c")],
            {"sub1": "a", "sub2": "c"},
        ),
        ("?sub1=own", {"sub": SUBS}, [], {"sub1": "own"}),
        ("", {"via": "ayse"}, [("via", "x")], {"via": "ayse"}),
        ("?via=own", {"via": "ayse"}, [], {"via": "own"}),
        ("", {}, [("utm_source", "")], {}),
        ("", {}, [("utm_source", "a"), ("utm_source", "b")], {"utm_source": "a"}),
        ("", {}, [("elci", "clk_theirs")], {}),
        (
            "",
            {"network": "amazon", "tracking_id": "t-21"},
            [("tag", "x")],
            {"tag": "t-21", "ascsubtag": CLICK},
        ),
        ("", {}, [("utm_x", "v" * 900)], {"utm_x": "v" * 500}),
    ],
)
def test_parameters(
    url: str, fields: dict[str, Any], query: list[tuple[str, str]], wanted: dict[str, str]
) -> None:
    found = decide(link("https://shop.example/x" + url, **fields), visit(*query), CLICK)
    assert query_of(found) == wanted | {"elci": CLICK}


def test_a_flood_of_parameters_is_bounded() -> None:
    query = [(f"utm_{at}", "v" * 1_000) for at in range(500)]
    found = decide(link(), visit(*query), CLICK)
    assert found.location is not None
    assert len(found.location) < 12_000


def test_macros() -> None:
    destination = link(
        "https://shop.example/",
        utm={
            f"utm_{at}": f"{{{name}}}"
            for at, name in enumerate(("partner", "code", "click_id", "sub2", "target"))
        },
        partner="ayse-oz",
        targets=(Target("https://shop.example/t"),),
    )
    found = query_of(decide(destination, visit(("sub2", "s")), CLICK))
    assert [found[f"utm_{at}"] for at in range(5)] == ["ayse-oz", "yaz", CLICK, "s", "0"]


RULES = (
    Target("https://a.example/", countries=("TR",)),
    Target("https://b.example/", countries=("TR",), devices=("mobile",)),
    Target("https://c.example/", languages=("de", "en")),
    Target("https://d.example/", countries=("DE",), weight=0),
)


@pytest.mark.parametrize(
    ("seen", "index"),
    [
        ({"country": "TR", "device": "desktop"}, 0),
        ({"country": "TR", "device": "mobile"}, 1),
        ({"country": "TR", "device": "mobile", "language": "de-AT"}, 1),
        ({"country": "US", "language": "EN-us"}, 2),
        ({"country": "DE"}, None),
        ({"country": None, "language": None}, None),
        ({"country": "tr"}, None),
    ],
)
def test_targets(seen: dict[str, Any], index: int | None) -> None:
    found, url = choose(link(targets=RULES), visit(**seen), CLICK)
    assert found == index
    assert url == ("https://shop.example/x" if index is None else RULES[index].url)


def test_weights_share_visits_and_one_visitor_stays() -> None:
    targets = tuple(
        Target(f"https://{name}.example/", weight=weight)
        for name, weight in zip("abc", (3, 1, 0), strict=True)
    )
    destination = link(targets=targets)
    drawn = Counter(
        choose(destination, visit(visitor=at.to_bytes(16, "big")), CLICK)[0] for at in range(20_000)
    )
    assert set(drawn) == {0, 1}
    assert drawn[0] / 20_000 == pytest.approx(0.75, abs=0.012)
    again = {choose(destination, visit(visitor=b"v" * 16), f"clk_{at}")[0] for at in range(100)}
    assert len(again) == 1
    unknown = {choose(destination, visit(), f"clk_{at}")[0] for at in range(100)}
    assert unknown == {0, 1}
    other = link(targets=targets)
    visits = [visit(visitor=at.to_bytes(16, "big")) for at in range(200)]
    assert any(choose(other, one, CLICK) != choose(destination, one, CLICK) for one in visits)


@pytest.mark.parametrize(
    ("fields", "used", "closed"),
    [
        ({}, 10**9, None),
        ({"retired": True}, 0, "retired"),
        ({"expires_at": NOW}, 0, "expired"),
        ({"expires_at": NOW + timedelta(seconds=1)}, 0, None),
        ({"cap": 5}, 4, None),
        ({"cap": 5}, 5, "over_cap"),
        ({"cap": 5, "expires_at": NOW, "retired": True}, 9, "retired"),
        ({"cap": 5, "expires_at": NOW}, 9, "expired"),
    ],
)
def test_ends_of_links(fields: dict[str, Any], used: int, closed: str | None) -> None:
    found = decide(link(**fields), visit(used=used), CLICK)
    assert found.closed == closed
    assert (found.status, bool(found.page)) == ((410, True) if closed else (302, False))
    to = decide(link(fallback_url="https://shop.example/end", **fields), visit(used=used), CLICK)
    assert to.status == 302
    if closed:
        assert (to.location, to.page) == ("https://shop.example/end", None)


class _Hrefs(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.found += [value or "" for name, value in attrs if name == "href"]


def hrefs(page: str) -> list[str]:
    """The page's links; it has no tag but its own."""
    parser = _Hrefs()
    parser.feed(page)
    assert set(parser.tags) <= {"html", "head", "meta", "title", "style", "body", "main", "h1", "p", "a"}
    return parser.found


@pytest.mark.parametrize(
    ("language", "words"), [("tr-TR", "Devam et"), ("en", "Continue"), (None, "Continue"), ("de", "Continue")]
)
def test_the_page_with_a_button(language: str | None, words: str) -> None:
    title = "<script>alert('x')</script> & \"Co\""
    found = decide(link(mode="interstitial", title=title), visit(language=language), CLICK)
    assert found.status == 200
    assert found.page is not None
    assert words in found.page
    assert "<script" not in found.page
    assert hrefs(found.page) == [found.location]
    assert "shop.example" in found.page
    assert "http" not in found.page.replace(str(found.location).replace("&", "&amp;"), "")


def test_the_policy_allows_the_page_s_own_style_alone() -> None:
    import base64
    import hashlib
    import re

    page = decide(link(retired=True), visit(), CLICK).page
    assert page is not None
    style = re.findall(r"<style>(.*?)</style>", page)
    digest = base64.b64encode(hashlib.sha256(style[0].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in POLICY
    assert "script" not in POLICY
    assert POLICY.startswith("default-src 'none'")
