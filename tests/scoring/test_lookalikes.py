"""Who is like whom: by content, by audience, by both."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.content.weighting import unit
from scoring.lookalikes import BYS, likeness, standardised

RNG = np.random.default_rng(11)
TEXT = unit(RNG.normal(size=(30, 64)))
FIGURES = standardised(
    {"followers": RNG.normal(10, 2, 30), "residual": RNG.normal(0, 1, 30)},
    {"country": RNG.dirichlet(np.ones(4), 30), "gender": RNG.dirichlet(np.ones(2), 30)},
)


def test_a_twin_comes_first() -> None:
    text, figures = TEXT.copy(), FIGURES.copy()
    text[7], figures[7] = text[3], figures[3]
    for by in BYS:
        found = likeness(text, figures, 3, by=by)
        assert found.nearest(list(range(30)), 1).tolist() == [7]
        assert found.similarity[7] == pytest.approx(1, abs=1e-6)


def test_nobody_is_like_oneself_and_parts_are_those_asked_for() -> None:
    content = likeness(TEXT, FIGURES, 4, by="content")
    assert np.isnan(content.similarity[4])
    assert np.isnan(content.audience).all()
    assert np.isnan(likeness(TEXT, FIGURES, 4, by="audience").content).all()
    both = likeness(TEXT, FIGURES, 4)
    others = np.arange(30) != 4
    np.testing.assert_allclose(
        both.similarity[others], ((both.content + both.audience) / 2)[others], atol=1e-6
    )


def test_unknown_texts_and_figures_leave_what_is_known() -> None:
    text, figures = TEXT.copy(), FIGURES.copy()
    text[5], figures[6], figures[8, 1:] = 0, np.nan, np.nan
    found = likeness(text, figures, 0)
    assert found.similarity[5] == pytest.approx(found.audience[5], abs=1e-6)
    assert found.similarity[6] == pytest.approx(found.content[6], abs=1e-6)
    assert np.isnan(found.audience[8])  # a single figure is a coincidence
    nothing = likeness(np.zeros((3, 4)), np.full((3, 2), np.nan), 0)
    assert nothing.nearest([1, 2, 3], 5).tolist() == []


def test_equal_ones_stand_by_key() -> None:
    found = likeness(np.tile(TEXT[:1], (4, 1)), np.full((4, 1), np.nan), 0, by="content")
    assert found.nearest(["d", "c", "b", "a"], 9).tolist() == [3, 2, 1]


@given(st.integers(0, 29), st.sampled_from(BYS))
def test_likeness_is_bounded_and_mutual(target: int, by: str) -> None:
    found = likeness(TEXT, FIGURES, target, by=by)  # type: ignore[arg-type]
    known = found.similarity[np.isfinite(found.similarity)]
    assert ((known >= 0) & (known <= 1)).all()
    other = int(found.nearest(list(range(30)), 1)[0])
    back = likeness(TEXT, FIGURES, other, by=by).similarity[target]  # type: ignore[arg-type]
    assert back == pytest.approx(found.similarity[other], abs=1e-6)


def test_figures_are_bounded_and_constant_ones_say_nothing() -> None:
    wide = np.array([0.0] * 50 + [1e9])
    made = standardised({"a": wide, "b": np.full(51, 7.0)}, {})
    assert np.abs(made).max() <= 3
    assert not made[:, 1].any()
    assert np.isnan(standardised({"a": np.full(3, np.nan)}, {})).all()


def test_an_unknown_way_is_an_error() -> None:
    with pytest.raises(ValueError, match="by must be"):
        likeness(TEXT, FIGURES, 0, by="looks")  # type: ignore[arg-type]
