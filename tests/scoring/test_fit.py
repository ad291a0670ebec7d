from datetime import UTC, datetime

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import audience, builtin, engagement, fit
from scoring.model import COLD_START, WEIGHTS, Model, merged
from scoring.ranking import Ranked, Ranking
from scoring.rates import Rates
from scoring.scores import CODE, Column

NOW = datetime(2026, 11, 21, tzinfo=UTC)
FULL = Model("all-five", tuple(WEIGHTS))
TWO = Model("two", ("audience", "engagement"))
NAN = float("nan")


def column(*scores: float, confidence: float = 0.8) -> Column:
    score = np.array(scores)
    reason = np.where(np.isnan(score), CODE["no_rate"], 0).astype(np.int8)
    return Column(score, np.where(np.isnan(score), 0.0, confidence), reason, lambda position: ())


def rank(keys: list[str], **columns: Column) -> Ranking[str]:
    return fit.rank(keys, columns, as_of=NOW, model=Model("test", tuple(columns)))


def first(ranking: Ranking[str]) -> Ranked[str]:
    return ranking.page(0, 1)[0]


def test_the_mean_of_what_is_known():
    found = first(rank(["a"], audience=column(40.0), engagement=column(85.0))).fit
    assert found.score == pytest.approx((0.25 * 40 + 0.20 * 85) / 0.45, abs=1e-6)
    assert [(term.name, term.raw) for term in found.terms] == [("audience", 40.0), ("engagement", 85.0)]
    assert [term.reference for term in found.terms] == pytest.approx([0.25 / 0.45, 0.20 / 0.45], abs=1e-6)
    assert sum(term.points for term in found.terms) == pytest.approx(found.score, abs=0.01)


def test_the_weight_of_an_unknown_score_goes_to_the_others():
    found = first(rank(["a"], audience=column(NAN), engagement=column(85.0))).fit
    assert found.score == 85.0
    assert [term.name for term in found.terms] == ["engagement"]
    assert found.confidence == pytest.approx(0.20 * 0.8 / 0.45, abs=1e-6)
    assert not found.low_confidence


def test_confidence_counts_all_scores_that_the_model_computes():
    known = dict.fromkeys(WEIGHTS, column(NAN)) | {"engagement": column(85.0, confidence=12 / 17)}
    found = first(fit.rank(["a"], known, as_of=NOW, model=FULL)).fit
    assert found.confidence == pytest.approx(0.20 * 12 / 17, abs=1e-6)
    assert found.low_confidence
    assert found.score == 85.0


def test_a_brief_has_its_own_weights():
    columns = {"audience": column(40.0), "engagement": column(80.0)}
    found = first(fit.rank(["a"], columns, as_of=NOW, model=TWO, weights={"audience": 0.6}))
    assert found.fit.score == pytest.approx((0.6 * 40 + 0.2 * 80) / 0.8)
    alone = first(fit.rank(["a"], columns, as_of=NOW, model=TWO, weights={"engagement": 0}))
    assert (alone.fit.score, [term.name for term in alone.fit.terms]) == (40.0, ["audience"])


def test_null_only_where_nothing_is_known():
    ranking = rank(["a", "b", "c"], audience=column(NAN, 1.0, NAN), engagement=column(NAN, NAN, 0.0))
    page = ranking.page(0, 10)
    assert [one.key for one in page] == ["b", "c", "a"]
    last = page[-1].fit
    assert (last.score, last.reason, last.terms, last.confidence) == (None, "no_scores", (), 0.0)
    assert last.low_confidence
    assert page[1].fit.score == 0.0


def test_weights_only_on_what_is_not_computed():
    weights = {"audience": 0, "engagement": 0}
    columns = {"audience": column(40.0), "engagement": column(80.0)}
    found = first(fit.rank(["a"], columns, as_of=NOW, model=TWO, weights=weights)).fit
    assert (found.score, found.reason, found.confidence) == (None, "no_scores", 0.0)


def test_scores_of_a_later_model_are_null_with_a_reason():
    one = first(rank(["a"], audience=column(40.0), engagement=column(80.0)))
    assert list(one.scores) == list(WEIGHTS)
    assert {name: score.reason for name, score in one.scores.items() if score.reason} == {
        "content": "not_computed",
        "authority": "not_computed",
        "authenticity": "not_computed",
    }


@pytest.mark.parametrize(
    ("authenticity", "expected", "terms"),
    [
        (39.9, 40.0, ["cap_authenticity"]),
        (40.0, 0.85 * 95 + 0.15 * 40, []),
        (NAN, 95.0, []),
    ],
)
def test_low_authenticity_caps(authenticity: float, expected: float, terms: list[str]):
    columns = dict.fromkeys(WEIGHTS, column(95.0)) | {"authenticity": column(authenticity)}
    found = first(fit.rank(["a"], columns, as_of=NOW, model=FULL)).fit
    assert found.score == pytest.approx(expected)
    assert [term.name for term in found.terms if term.name.startswith("cap")] == terms
    assert sum(term.points for term in found.terms) == pytest.approx(found.score, abs=0.01)


def test_the_cap_raises_nobody():
    columns = dict.fromkeys(WEIGHTS, column(10.0))
    found = first(fit.rank(["a"], columns, as_of=NOW, model=FULL)).fit
    assert found.score == 10.0
    assert not [term for term in found.terms if term.name.startswith("cap")]


def test_a_veto_gives_0_and_says_so():
    columns = {"audience": column(90.0, 50.0), "engagement": column(90.0, 50.0)}
    vetoes = {"brand_safety": np.array([False, False]), "opt_out": np.array([True, False])}
    page = fit.rank(["a", "b"], columns, as_of=NOW, vetoes=vetoes, model=TWO).page(0, 2)
    assert [one.key for one in page] == ["b", "a"]
    struck = page[1].fit
    assert struck.score == 0.0
    assert struck.vetoes == ("opt_out",)
    assert (struck.terms[-1].name, struck.terms[-1].points) == ("veto_opt_out", -90.0)
    assert sum(term.points for term in struck.terms) == pytest.approx(0.0, abs=0.01)


def test_a_veto_beats_the_cap_and_the_first_one_names_the_term():
    columns = dict.fromkeys(WEIGHTS, column(95.0)) | {"authenticity": column(10.0)}
    vetoes = {"brand_safety": np.array([True]), "opt_out": np.array([True])}
    found = first(fit.rank(["a"], columns, as_of=NOW, vetoes=vetoes, model=FULL)).fit
    assert found.score == 0.0
    assert [term.name for term in found.terms if "_" in term.name] == ["veto_brand_safety"]
    assert found.vetoes == ("brand_safety", "opt_out")


def test_a_vetoed_unknown_stays_null():
    columns = {"audience": column(NAN), "engagement": column(NAN)}
    found = first(fit.rank(["a"], columns, as_of=NOW, vetoes={"opt_out": np.array([True])}, model=TWO)).fit
    assert (found.score, found.reason, found.vetoes) == (None, "no_scores", ("opt_out",))


def test_equal_fits_stand_by_key():
    ranking = rank(["c", "a", "d", "b"], engagement=column(50.0, 50.0, NAN, 50.0))
    assert [one.key for one in ranking.page(0, 4)] == ["a", "b", "c", "d"]
    assert [one.rank for one in ranking.page(0, 4)] == [1, 2, 3, 4]


def test_pages_cover_everybody_once():
    ranking = rank([f"{key:03}" for key in range(10)], engagement=column(*range(10)))
    keys = [one.key for offset in range(0, 12, 3) for one in ranking.page(offset, 3)]
    assert keys == [f"{key:03}" for key in reversed(range(10))]
    assert ranking.page(10, 3) == []


def test_nobody():
    ranking = rank([], engagement=column())
    assert ranking.page(0, 50) == []


def test_terms_are_made_for_the_page_only():
    asked: list[int] = []

    def terms(position: int) -> tuple:
        asked.append(position)
        return ()

    scores = np.arange(100.0)
    known = Column(scores, np.full(100, 0.8), np.zeros(100, dtype=np.int8), terms)
    rank([f"{key:03}" for key in range(100)], engagement=known).page(0, 3)
    assert asked == [99, 98, 97]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"weights": {"charm": 1.0}}, "charm"),
        ({"weights": {"audience": -1.0}}, ">= 0"),
        ({"weights": {"audience": NAN}}, ">= 0"),
        ({"weights": dict.fromkeys(WEIGHTS, 0)}, "not all 0"),
        ({"vetoes": {"opt_out": np.array([True, False])}}, "one row per key"),
        ({"model": FULL}, "computes"),
    ],
)
def test_bad_arguments(change: dict[str, object], message: str):
    columns = {"audience": column(40.0), "engagement": column(80.0)}
    with pytest.raises(ValueError, match=message):
        fit.rank(["a"], columns, **{"as_of": NOW, "model": TWO, **change})


def candidates(size: int, order: np.ndarray) -> tuple[list[str], dict[str, Column]]:
    """The same generated influencers in the given order, some of them with nothing known."""
    random = np.random.default_rng(5)
    followers = np.round(np.exp(random.uniform(7, 15, size)))
    value = np.where(random.random(size) < 0.2, np.nan, np.round(random.lognormal(-4, 1, size), 3))
    shares = np.round(random.dirichlet([2, 1, 1], size), 2)
    mass = np.where(random.random(size) < 0.3, np.nan, 1.0)
    platform = random.choice(["instagram", "tiktok", "x", "pinterest"], size)
    rates = Rates.of(platform=platform[order].tolist(), value=value[order], followers=followers[order])
    wanted = audience.Shares(
        "country", {"TR": 0.6, "DE": 0.1}, shares[order][:, :2], mass[order], np.full(size, 500.0)
    )
    return [f"inf_{key:05}" for key in order], {
        "engagement": engagement.score(rates, builtin.peers()),
        "audience": audience.score([wanted], size=size),
    }


def test_the_order_of_the_rows_does_not_matter():
    size = 3000
    pages = []
    for seed in (1, 2):
        keys, columns = candidates(size, np.random.default_rng(seed).permutation(size))
        page = fit.rank(keys, columns, as_of=NOW, model=TWO).page(0, size)
        pages.append([(one.key, one.rank, one.fit, one.scores) for one in page])
    assert pages[0] == pages[1]


def test_every_score_of_a_run_sums_and_none_is_nan():
    keys, columns = candidates(500, np.arange(500))
    for one in fit.rank(keys, columns, as_of=NOW, model=TWO).page(0, 500):
        for score in (one.fit, *one.scores.values()):
            assert b"NaN" not in msgspec.json.encode(score)
            if score.score is None:
                assert score.reason
                assert not score.terms
            else:
                assert abs(sum(term.points for term in score.terms) - score.score) <= 0.01


SCORES = st.one_of(st.just(NAN), st.floats(0, 100))


@given(
    st.lists(st.tuples(*(SCORES for _ in WEIGHTS), st.booleans()), min_size=1, max_size=12),
    st.lists(st.floats(0, 5), min_size=5, max_size=5),
)
def test_any_scores_and_weights(rows: list[tuple], weights: list[float]):
    own = dict(zip(WEIGHTS, weights, strict=True))
    if not sum(weights):
        own["content"] = 1.0
    columns = {name: column(*(row[place] for row in rows)) for place, name in enumerate(WEIGHTS)}
    vetoes = {"opt_out": np.array([row[-1] for row in rows])}
    keys = [str(place) for place in range(len(rows))]
    page = fit.rank(keys, columns, as_of=NOW, weights=own, vetoes=vetoes, model=FULL).page(0, len(rows))
    shown = [one.fit.score for one in page]
    known = [score for score in shown if score is not None]
    assert shown == sorted(known, reverse=True) + [None] * (len(shown) - len(known))
    for one in page:
        assert 0 <= one.fit.confidence <= 1
        if one.fit.score is not None:
            assert 0 <= one.fit.score <= 100
            assert abs(sum(term.points for term in one.fit.terms) - one.fit.score) <= 0.01


@pytest.mark.parametrize(("smallest", "kept"), [(5e-324, 0.0), (1e-12, 0.0), (1e-6, 1e-6)])
def test_a_negligible_weight_is_none(smallest: float, kept: float):
    assert merged({"content": 1.0, "authority": smallest})["authority"] == kept
    alone = {name: smallest if name == "authority" else 0.0 for name in WEIGHTS}
    assert merged(alone)["authority"] == (smallest if kept else 1.0)


def test_the_cold_start_computes_all_five():
    assert COLD_START.computes == tuple(WEIGHTS)
    assert sum(WEIGHTS.values()) == pytest.approx(1.0)
