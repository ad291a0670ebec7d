"""Places among candidates: mid-rank percentiles, row by row, with terms that sum to the score."""

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as some
from scipy.stats import rankdata

from scoring.content import fit, population
from scoring.content.likeness import likeness
from scoring.content.population import MOST_PLACES, Inputs, Population, place
from scoring.content.space import Vectors
from scoring.rows import from_plain, take, to_plain

COSINE = st.one_of(st.just(np.nan), st.floats(-1, 1, width=32))


@st.composite
def likenesses(draw: st.DrawFn) -> dict[str, np.ndarray]:
    size = draw(st.integers(1, 30))
    names = draw(st.sets(st.sampled_from(["text", "topics", "hashtags"]), min_size=1))
    return {name: draw(some.arrays(np.float64, size, elements=COSINE)) for name in sorted(names)}


def _score(alike: dict[str, np.ndarray], among: Population | None = None):
    size = len(next(iter(alike.values())))
    inputs = place(alike, among or population.fit(alike), np.ones(size, dtype=bool))
    return inputs, fit.score(inputs)


@given(likenesses())
def test_percentiles_are_mid_ranks(alike: dict[str, np.ndarray]) -> None:
    inputs, _ = _score(alike)
    with np.errstate(invalid="ignore"):
        z = [
            (values - np.nanmean(values)) / (np.nanstd(values) if np.nanstd(values) > 1e-9 else np.inf)
            if np.isfinite(values).any()
            else values
            for values in alike.values()
        ]
    known = np.isfinite(z).any(axis=0)
    means = np.nansum(np.stack(z)[:, known], axis=0) / np.isfinite(np.stack(z)[:, known]).sum(axis=0)
    expected = (rankdata(np.round(means, 9)) - 0.5) / max(1, known.sum()) * 100
    # Values that agree in eight digits may be ties in one way of summing and not in the other.
    close = np.abs(inputs.percentile[known] - expected) < 1e-6
    assert close.all() or len(np.unique(np.round(means, 6))) < len(np.unique(means))
    assert np.isnan(inputs.percentile[~known]).all()


@given(likenesses())
def test_terms_sum_to_the_score_and_nothing_is_nan(alike: dict[str, np.ndarray]) -> None:
    _, column = _score(alike)
    for at in range(len(column.score)):
        shown = column.at(at, None, "m")  # type: ignore[arg-type]
        if shown.score is None:
            assert shown.reason in ("no_text", "low_confidence", "nothing_shared")
            assert shown.terms == ()
            continue
        assert 0 <= shown.score <= 100
        assert sum(term.points for term in shown.terms) == pytest.approx(shown.score, abs=0.01)
        assert all(np.isfinite(term.points) for term in shown.terms)


@given(likenesses(), st.randoms())
def test_a_row_depends_on_itself_alone(alike: dict[str, np.ndarray], random) -> None:
    among = population.fit(alike)
    inputs, column = _score(alike, among)
    size = len(column.score)
    chosen = [random.randrange(size) for _ in range(3)]
    stored = msgspec.convert(msgspec.json.decode(msgspec.json.encode(among)), Population)
    part = {name: values[chosen] for name, values in alike.items()}
    _, again = _score(part, stored)
    np.testing.assert_array_equal(again.score, column.score[chosen])
    assert [again.terms(at) for at in range(3) if not again.reason[at]] == [
        column.terms(at) for at in chosen if not column.reason[at]
    ]
    rows = from_plain(Inputs, msgspec.json.decode(msgspec.json.encode(to_plain(take(inputs, chosen, size)))))
    np.testing.assert_array_equal(fit.score(rows).score, column.score[chosen])


@given(likenesses(), st.floats(0.001, 1))
def test_more_alike_never_scores_lower(alike: dict[str, np.ndarray], more: float) -> None:
    among = population.fit(alike)
    closer = {name: np.minimum(values + more, 1) for name, values in alike.items()}
    before, after = _score(alike, among)[1].score, _score(closer, among)[1].score
    known = np.isfinite(before)
    assert (after[known] >= before[known] - 1e-6).all()


def test_many_candidates_keep_places_close_to_the_exact_ones() -> None:
    values = np.random.default_rng(5).normal(0, 0.1, 50_000).clip(-1, 1)
    among = population.fit({"text": values})
    assert len(among.values) <= MOST_PLACES
    inputs = place({"text": values}, among, np.ones(len(values), dtype=bool))
    exact = (rankdata(values) - 0.5) / len(values) * 100
    assert np.abs(inputs.percentile - exact).max() < 0.05
    assert len(np.unique(np.round(inputs.percentile, 6))) > 45_000


def test_points_go_to_the_parts_that_pull() -> None:
    alike = {"text": np.array([0.1, 0.2, 0.9]), "topics": np.array([0.5, 0.6, 0.4])}
    inputs, column = _score(alike)
    terms = {term.name: term for term in column.terms(2)}
    assert terms["base"].points == 50
    assert terms["topics"].points == 0  # it stands against the others
    assert terms["text"].points == pytest.approx(column.score[2] - 50, abs=1e-6)
    assert (terms["text"].raw, terms["text"].reference) == (0.9, pytest.approx(0.4))
    low = {term.name: term.points for term in column.terms(0)}
    z = {part.name: part.z[0] for part in inputs.parts}
    assert z["text"] < 0 < column.score[0]
    pull = z["text"] / (z["text"] + min(z["topics"], 0))
    assert low["text"] == pytest.approx((column.score[0] - 50) * pull, abs=1e-6)


def test_all_alike_are_in_the_middle_by_rank() -> None:
    _, column = _score({"text": np.full(4, 0.3)})
    assert column.score.tolist() == [50.0] * 4
    assert [term.name for term in column.terms(0)] == ["base", "text", "rank"]


def test_unknown_is_null_with_its_reason() -> None:
    alike = {"text": np.array([0.3, np.nan, 0.1]), "hashtags": np.array([np.nan, np.nan, 0.5])}
    indexed = np.array([True, True, False])

    def reasons(inputs: Inputs) -> list[str | None]:
        return [fit.score(inputs).at(at, None, "m").reason for at in range(3)]  # type: ignore[arg-type]

    inputs = place(alike, population.fit(alike), indexed)
    assert reasons(inputs) == [None, "no_text", "not_indexed"]
    assert fit.score(inputs).confidence.tolist() == [0.5, 0.0, 0.0]
    assert reasons(place(alike, population.fit(alike), indexed, asked=False)) == ["not_requested"] * 3
    assert reasons(place({}, population.fit({}), indexed)) == [
        "nothing_shared",
        "nothing_shared",
        "not_indexed",
    ]


def test_likeness_by_hand() -> None:
    brief = Vectors(np.array([[0.6, 0.8]]), np.array([[0.25, 0.75]]), np.zeros((1, 2)))
    rows = Vectors(
        np.array([[1.0, 0.0], [0.0, 0.0]]), np.array([[0.5, 0.5], [0.25, 0.75]]), np.array([[1.0, 0], [0, 1]])
    )
    found = likeness(brief, rows)
    assert list(found) == ["text", "topics"]  # the brief has no hashtags
    assert found["text"].tolist() == [0.6, pytest.approx(np.nan, nan_ok=True)]
    assert found["topics"][0] == pytest.approx(np.sqrt(0.125) + np.sqrt(0.375))
    assert found["topics"][1] == pytest.approx(1)
    with pytest.raises(ValueError, match="one brief"):
        likeness(rows, brief)
