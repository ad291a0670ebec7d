"""The share of an audience inside a target."""

from collections.abc import Sequence

import numpy as np
import pytest

from scoring.audience import Shares
from service.discovery.reach.targeting import in_target


def shares(dimension: str, rows: Sequence[Sequence[float]], mass: Sequence[float]) -> Shares:
    wanted = {f"c{at}": 0.5 for at in range(len(rows[0]))}
    return Shares(dimension, wanted, np.array(rows), np.array(mass), np.array(mass))


@pytest.mark.parametrize(
    ("dimensions", "expected"),
    [
        ([shares("country", [[0.3, 0.2]], [1.0])], [0.5]),
        ([shares("country", [[0.7, 0.32]], [1.02])], [1.0]),
        ([shares("interests", [[0.6, 0.7]], [1.3])], [0.7]),
        ([shares("age", [[0.5]], [1.0]), shares("gender", [[0.8]], [1.0])], [0.4]),
        ([shares("age", [[0.5]], [1.0]), shares("gender", [[0.0]], [np.nan])], [np.nan]),
        ([shares("country", [[0.0]], [0.9])], [0.0]),
        ([], []),
    ],
)
def test_the_share_inside_a_target(dimensions: Sequence[Shares], expected: Sequence[float]) -> None:
    assert in_target(dimensions).tolist() == pytest.approx(expected, nan_ok=True)
