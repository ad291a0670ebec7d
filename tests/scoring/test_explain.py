from datetime import UTC, datetime

import pytest

from scoring import explain, words
from scoring.audience import WEIGHTS as DIMENSIONS
from scoring.explain import percent, sentences
from scoring.ranking import Ranked
from scoring.scores import REASONS, FitScore, Place, Score, Term

NOW = datetime(2026, 11, 21, tzinfo=UTC)
FACTS = {"as_of": NOW, "model_version": "m"}
BASE = Term("base", None, None, 100.0)


def known(*terms: Term, flags: tuple[str, ...] = ()) -> Score:
    return Score(60.0, 0.8, (BASE, *terms), None, flags=flags, **FACTS)


def unknown(reason: str) -> Score:
    return Score(None, 0.0, (), reason, **FACTS)


def one(*, confidence: float = 0.8, limits: tuple[Term, ...] = (), **scores: Score) -> Ranked[str]:
    found = FitScore(60.0, confidence, limits, None, **FACTS, low_confidence=confidence < 0.3)
    return Ranked("inf_1", 1, found, scores)


AUDIENCE = [
    (
        "country",
        {"TR": 0.8},
        0.72,
        "audience: 72% in TR against 80% wanted",
        "kitle: TR payı %72, istenen %80",
    ),
    (
        "city",
        {"TR-34": 0.4},
        0.1,
        "audience: 10% in TR-34 against 40% wanted",
        "kitle: TR-34 payı %10, istenen %40",
    ),
    (
        "age",
        {"18-24": 0.4},
        0.3,
        "audience: 30% aged 18-24 against 40% wanted",
        "kitle: 18-24 yaş payı %30, istenen %40",
    ),
    (
        "gender",
        {"female": 0.6},
        0.5,
        "audience: 50% women against 60% wanted",
        "kitle: kadın payı %50, istenen %60",
    ),
    (
        "interests",
        {"beauty": 0.2},
        0.1,
        "audience: 10% interested in beauty against 20% wanted",
        "kitle: beauty ilgisi %10, istenen %20",
    ),
    (
        "country",
        {"TR": 0.8},
        0.8,
        "audience: at least 80% in TR, as wanted",
        "kitle: TR payı en az %80, istendiği gibi",
    ),
    (
        "country",
        {"TR": 0.6, "DE": 0.2},
        0.7,
        "audience: 70% in TR, DE against 80% wanted",
        "kitle: TR, DE payı %70, istenen %80",
    ),
    (
        "income",
        {"high": 0.5},
        0.2,
        "audience: 20% income high against 50% wanted",
        "kitle: gelir high %20, istenen %50",
    ),
    ("country", {}, 0.7, "audience: 70% country against 80% wanted", "kitle: ülke %70, istenen %80"),
]


@pytest.mark.parametrize(("dimension", "wanted", "have", "english", "turkish"), AUDIENCE)
def test_audience(dimension: str, wanted: dict[str, float], have: float, english: str, turkish: str):
    shown = one(audience=known(Term(dimension, have, sum(wanted.values()) or 0.8, -10.0)))
    assert sentences(shown, wanted={dimension: wanted}) == [english]
    assert sentences(shown, wanted={dimension: wanted}, language="tr") == [turkish]


def test_engagement():
    rate = Term("rate", 0.062, 0.021, 40.0)
    assert sentences(one(engagement=known(rate))) == ["engagement 6.2% against 2.1% of peers"]
    flagged = sentences(one(engagement=known(rate, flags=("rate_far_above_peers",))), language="tr")
    assert flagged == [
        "etkileşim %6,2, benzerlerinde %2,1",
        "etkileşim benzerlerinin çok üstünde: gerçekliğini denetleyin",
    ]


BEAUTY = Place(0.83, "instagram", "beauty", 120)
AUTHORITY = [
    (
        (Term("pagerank", 2.5, 1.0, 30.0, place=BEAUTY), Term("mentioners", 41.0, 3.0, 20.0, place=BEAUTY)),
        "authority: above 83% of instagram beauty accounts; mentioned by 41",
        "otorite: 41 hesabın anmasıyla instagram beauty hesapları arasında yüzdelik dilim %83",
    ),
    (
        (Term("pagerank", 2.5, 1.0, 30.0, place=Place(0.5, "x", None, 9)),),
        "authority: above 50% of x accounts by standing in its network",
        "otorite: ağdaki konum bakımından x hesapları arasında yüzdelik dilim %50",
    ),
]


@pytest.mark.parametrize(("terms", "english", "turkish"), AUTHORITY)
def test_authority(terms: tuple[Term, ...], english: str, turkish: str):
    score = Score(60.0, 0.8, terms, None, flags=("irregular_posting",), **FACTS)
    assert sentences(one(authority=score)) == [english, "posts irregularly"]
    assert sentences(one(authority=score), language="tr") == [turkish, "düzensiz paylaşıyor"]


def test_what_is_unknown_is_said_with_the_confidence():
    shown = one(confidence=0.31, audience=unknown("no_distribution"), content=unknown("not_computed"))
    assert sentences(shown) == ["audience unknown: no audience data", "low confidence (31%)"]
    assert sentences(shown, language="tr") == ["kitle bilinmiyor: kitle verisi yok", "güven düşük (%31)"]


def test_limits_come_first():
    capped = one(limits=(Term("audience", 90.0, 1.0, 90.0), Term("cap_authenticity", 12.0, 40.0, -50.0)))
    assert sentences(capped) == ["capped at 40: authenticity 12"]
    vetoed = one(
        limits=(Term("veto_competitor_exclusivity", None, None, -50.0),), engagement=unknown("no_rate")
    )
    assert sentences(vetoed, language="tr")[0] == "dışlandı: rakibe özel anlaşmalı"
    own = one(limits=(Term("veto_house_rule", None, None, -50.0),))
    assert sentences(own) == ["excluded: house rule"]


@pytest.mark.parametrize(
    ("fraction", "english", "turkish"),
    [
        (0.0, "0%", "%0"),
        (0.00001, "<0.01%", "<%0,01"),
        (0.0004, "0.04%", "%0,04"),
        (0.021, "2.1%", "%2,1"),
        (0.0999, "10%", "%10"),
        (0.5, "50%", "%50"),
        (1.0, "100%", "%100"),
        (1.5, "150%", "%150"),
    ],
)
def test_percent(fraction: float, english: str, turkish: str):
    assert (percent(fraction), percent(fraction, "tr")) == (english, turkish)


@pytest.mark.parametrize("language", ["en", "tr"])
def test_there_are_words_for_everything(language: words.Language):
    assert set(words.REASONS[language]) == set(REASONS) - {""} - explain.SILENT
    assert set(words.PHRASES["en"]) == set(words.PHRASES[language])
    assert set(words.VETOES["en"]) == set(words.VETOES[language])
    if language == "tr":
        assert set(DIMENSIONS) <= set(words.NAMES["tr"])


def test_content_names_what_is_shared() -> None:
    def score(points: float, *terms: Term) -> Score:
        return Score(points, 1.0, (Term("base", None, None, 50.0), *terms), None, NOW, "m")

    def lines(content: Score, language: str) -> list[str]:
        fit = FitScore(content.score, 1.0, (), None, NOW, "m", low_confidence=False)
        return explain.sentences(Ranked("a", 1, fit, {"content": content}), language=language)  # type: ignore[arg-type]

    full = score(
        90.0,
        Term("text", 0.4, 0.1, 20.0, shared=("kahve", "tarif")),
        Term("topics", 0.8, 0.5, 10.0, shared=("kahve demleme", "ev")),
        Term("hashtags", 0.5, 0.1, 10.0, shared=("#kahve",)),
    )
    assert lines(full, "en") == ["content: shares kahve, tarif, #kahve, topic kahve demleme"]
    assert lines(full, "tr") == ["içerik: ortak kahve, tarif, #kahve, konu kahve demleme"]
    assert lines(score(72.0, Term("text", 0.4, 0.1, 22.0)), "en") == [
        "content: closer to the brief than 72% of candidates"
    ]


def test_a_veto_names_the_words_that_struck() -> None:
    term = Term("veto_brand_safety", None, None, -50.0, shared=("gambling: bahisçi (bio)", "own: x (pst_1)"))
    fit = FitScore(0.0, 1.0, (term,), None, NOW, "m", low_confidence=False, vetoes=("brand_safety",))
    ranked = Ranked("a", 1, fit, {})
    assert explain.sentences(ranked) == ["excluded: brand safety (gambling: bahisçi (bio); own: x (pst_1))"]
    assert explain.sentences(ranked, language="tr") == [
        "dışlandı: marka güvenliği (kumar ve bahis: bahisçi (bio); own: x (pst_1))"
    ]
