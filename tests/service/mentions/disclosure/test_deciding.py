"""Verdicts, by a table of cases; spans point into the text as it was written."""

import time
from datetime import UTC, date, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.mentions.disclosure import packs, words
from service.mentions.disclosure.deciding import Finding, Post, judge
from tests.service.mentions.disclosure import cases
from tests.service.mentions.disclosure.cases import Case

BUILT_IN = packs.built_in()
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def verdict(case: Case, known: tuple[packs.Pack, ...] = BUILT_IN) -> list[Finding]:
    values = {"platform": "instagram", "names": ("Lunova",), **case.more}
    post = Post(market=case.market, text=case.text, **values)
    pack = packs.choose(known, case.market, post.platform, post.at or NOW)
    return [] if pack is None else judge(post, pack, known)


def in_force(day: str) -> tuple[packs.Pack, ...]:
    """The packs, the draft with the day of its coming into force."""
    begun = date.fromisoformat(day)
    return tuple(
        msgspec.structs.replace(pack, valid_from=begun) if pack.id == "tr-draft-2025" else pack
        for pack in BUILT_IN
    )


def _ids(cases: list[Case]) -> list[str]:
    return [f"{at}-{case.market}" for at, case in enumerate(cases)]


@pytest.mark.parametrize("case", cases.ALL, ids=_ids(cases.ALL))
def test_cases(case: Case) -> None:
    found = verdict(case)
    assert sorted(one.code for one in found) == sorted(case.expected), (case, found)


@pytest.mark.parametrize("case", cases.DRAFT, ids=_ids(cases.DRAFT))
def test_the_draft_once_it_has_a_day(case: Case) -> None:
    found = verdict(case, in_force(cases.DRAFT_FROM))
    assert sorted(one.code for one in found) == sorted(case.expected), (case, found)


def test_a_draft_without_a_day_is_not_the_law() -> None:
    assert [pack.id for pack in BUILT_IN if not pack.in_force(datetime(2090, 1, 1, tzinfo=UTC))] == [
        "tr-draft-2025"
    ]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Kahve ☕ #REKLAM sonra", "#REKLAM"),
        (f"{cases.ZERO}ﬁltre #i\u0307şbi\u0307rli\u0307ği\u0307 !", "#i\u0307şbi\u0307rli\u0307ği\u0307"),
        ("😀😀 " + cases.nfd("#İŞBİRLİĞİ") + " bugün", cases.nfd("#İŞBİRLİĞİ")),
        (cases.wide("#reklam") + "!", cases.wide("#reklam")),
        ("ﷺ #rek\u200blam", "#rek\u200blam"),
    ],
)
def test_spans_point_into_the_text_as_written(text: str, meant: str) -> None:
    (found,) = verdict(Case(text, "TR"))
    assert found.code == "ADVERTISER_NOT_NAMED"
    assert found.place is not None
    assert text[found.place.start : found.place.end] == meant == found.about


def test_frames_are_named_by_their_number() -> None:
    found = verdict(cases.STORIES[1])
    assert [one.place.index for one in found if one.place] == [1, 2, 3, 4]
    assert {one.rule_id for one in found} == {"tr-2021/each-frame"}
    told = words.explained(found[0], _pack("tr-2021"), "tr")
    assert told == "Olası sorun: 2. karede reklam etiketi görülmedi."


def test_a_label_of_another_market_is_shown() -> None:
    (found,) = verdict(Case("#ad @lunova", "TR"))
    assert (found.code, found.about, found.values["market"]) == ("MISSING", "#ad", "EU")


def test_every_finding_has_words_in_both_languages() -> None:
    seen = set()
    for case in [*cases.ALL, *cases.DRAFT]:
        known = in_force(cases.DRAFT_FROM)
        for found in verdict(case, known):
            pack = next(pack for pack in known if found.rule_id.startswith(f"{pack.id}/"))
            told = {language: words.explained(found, pack, language) for language in ("tr", "en")}
            assert told["tr"].startswith("Olası sorun: "), told
            assert told["en"].startswith("Possible issue: "), told
            assert "{" not in told["tr"] + told["en"]
            seen.add(found.code)
    assert seen == set(words.CODES)


HOSTILE = [
    "a" * 50_000,
    "#a" * 25_000,
    "@" * 50_000,
    "İ" * 50_000,
    "\u0307" * 50_000,
    "' " * 25_000,
    "ﷺ" * 50_000,
    "lu nova " * 6_000,
    "işbirliği ile " * 3_500,
    "@lunova ile " * 4_000,
    "#reklam değil " * 3_500,
    "tarafından hediye " * 2_700,
    "doktor hediye satın kendi paramla " * 1_400,
    "not an ad " * 5_000,
    "l" * 10 + " l" * 20_000,
]


@pytest.mark.parametrize("market", ["TR", "US"])
def test_no_text_takes_long(market: str) -> None:
    verdict(Case("ilk", market))
    for text in HOSTILE:
        assert any(_took(text, market) < 0.5 for _ in range(3)), text[:20]


def _took(text: str, market: str) -> float:
    begun = time.process_time()
    verdict(Case(text, market))
    return time.process_time() - begun


@given(st.text(max_size=60), st.text(max_size=20))
def test_any_text_is_judged_with_spans_inside_it(text: str, label: str) -> None:
    whole = f"{text} #reklam {label}"
    for found in verdict(Case(whole, "TR")):
        if found.place is not None:
            assert 0 <= found.place.start <= found.place.end <= len(whole)


def _pack(name: str) -> packs.Pack:
    return next(pack for pack in BUILT_IN if pack.id == name)
