"""What counts as better than usual."""

import numpy as np
import pytest

from scoring.learning.outcomes import MINIMUM_CELL, Outcomes, better, per_cost, usable, usual


def _outcomes(values: list[float], *, kind: str = "conversions TRY", platform: str = "x") -> Outcomes:
    size = len(values)
    return Outcomes(
        np.arange(size),
        np.arange(float(size)),
        [kind] * size,
        [platform] * size,
        ["post"] * size,
        np.array(values),
    )


def _joined(*parts: Outcomes) -> Outcomes:
    return Outcomes(
        *(np.concatenate([getattr(part, name) for part in parts]) for name in ("influencer", "at")),
        *(
            [word for part in parts for word in getattr(part, name)]
            for name in ("kind", "platform", "format")
        ),
        np.concatenate([part.value for part in parts]),
    )


@pytest.mark.parametrize(
    ("count", "cost", "wanted"),
    [
        (10, 5, 2),
        (0, 5, 0),
        (10, 0, None),
        (10, -1, None),
        (-1, 5, None),
        (np.nan, 5, None),
        (10, np.nan, None),
    ],
)
def test_per_cost(count: float, cost: float, wanted: float | None) -> None:
    found = per_cost(np.array([count]), np.array([cost]))[0]
    assert np.isnan(found) if wanted is None else found == wanted


def test_each_cell_has_its_own_middle() -> None:
    """Platforms that bring a hundred times as much are no better for it."""
    small = _outcomes(list(np.arange(30.0)), platform="x")
    large = _outcomes(list(100 * np.arange(30.0)), platform="tiktok")
    made = _joined(small, large)
    found = better(made, usual(made))
    assert found[:30].sum() == found[30:].sum() == 15


def test_a_small_cell_is_held_against_the_wider_one() -> None:
    made = _joined(
        _outcomes(list(np.arange(100.0))), _outcomes([60.0] * (MINIMUM_CELL - 1), platform="tiktok")
    )
    medians = usual(made)
    assert ("conversions TRY", "tiktok") not in medians
    assert better(made, medians)[100:].tolist() == [1.0] * (MINIMUM_CELL - 1)


def test_a_kind_that_was_not_trained_on_says_nothing() -> None:
    medians = usual(_outcomes([1.0, 2.0, 3.0]))
    assert np.isnan(better(_outcomes([5.0], kind="engagements USD"), medians)).all()


def test_the_middle_itself_is_not_better() -> None:
    made = _outcomes([0.0] * 30 + [1.0] * 5)
    assert better(made, usual(made)).sum() == 5


def test_unusable_rows_are_told() -> None:
    made = _outcomes([1.0, np.nan])
    made.at[0] = 5.0
    assert usable(made).tolist() == [True, False]
