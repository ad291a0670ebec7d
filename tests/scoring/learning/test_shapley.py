"""Explanations: exact sums, symmetric, nothing for what changes nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.arrays import Floats
from scoring.learning.predicting import explained, learned
from scoring.learning.shapley import contributions
from tests.scoring.learning.simulated import campaigns
from tests.scoring.learning.test_training import trained

_numbers = st.lists(st.floats(-10, 10), min_size=6, max_size=6)


def _product(x: Floats) -> Floats:
    return x[:, 0] * x[:, 1] * x[:, 2] + np.maximum(x[:, 3], x[:, 4])


@given(_numbers, _numbers)
def test_parts_sum_to_the_prediction(row: list[float], reference: list[float]) -> None:
    base, parts = contributions(_product, np.array(row), np.array(reference))
    assert base == pytest.approx(float(_product(np.array([reference]))[0]))
    assert base + parts.sum() == pytest.approx(float(_product(np.array([row]))[0]), abs=1e-9)
    assert parts[5] == 0


def test_equal_parts_for_equal_work() -> None:
    _, parts = contributions(lambda x: x.prod(axis=1), np.full(4, 2.0), np.zeros(4))
    assert parts.tolist() == pytest.approx([4.0] * 4)


def test_unknown_as_in_the_reference_brings_nothing() -> None:
    row = np.array([np.nan, 2.0])
    base, parts = contributions(lambda x: np.nan_to_num(x).sum(axis=1), row, np.array([np.nan, 1.0]))
    assert (base, parts.tolist()) == (1.0, [0.0, 1.0])


def test_a_learned_fit_is_explained_exactly() -> None:
    model, known = trained().model, campaigns(60, seed=4).features
    made = learned(model, known, 0.5)
    for position in range(60):
        rows = made.explain(position)
        assert [name for name, *_ in rows[:2]] == ["base", "content"]
        assert sum(points for *_, points in rows) == pytest.approx(made.score[position], abs=1e-9)


def test_the_reference_itself_is_the_base_alone() -> None:
    model = trained().model
    rows = explained(model, np.asarray(model.reference_))
    assert [points for *_, points in rows[1:]] == [0.0] * 9
