"""Net sentiment of groups: its interval, hand labels, kinds that no model reads."""

import numpy as np
import pytest

from scoring.sentiment.grouped import nets

RATES = np.array([[0.7, 0.12, 0.06, 0.12], [0.1, 0.7, 0.1, 0.1], [0.05, 0.15, 0.7, 0.1]])


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    rng = np.random.default_rng(11)
    held, held_all, groups, rounds = 0, 0, 40, 30
    for seed in range(rounds):
        texts = np.array([[rng.multinomial(400, rates) for rates in RATES]])
        shares = rng.dirichlet([2, 3, 2], size=groups)
        outcomes = np.array([[rng.multinomial(500, one @ RATES)] for one in shares])
        found = nets(outcomes, texts, np.zeros((groups, 3)), seed=seed)
        net_all = shares[:, 2] - shares[:, 0]
        net = net_all / (shares[:, 2] + shares[:, 0])
        held += int(((found.low <= net) & (net <= found.high)).sum())
        held_all += int(((found.low_all <= net_all) & (net_all <= found.high_all)).sum())
    assert 0.93 <= held / (groups * rounds) <= 0.97
    assert 0.93 <= held_all / (groups * rounds) <= 0.97


def test_the_correction_finds_what_was_mistaken() -> None:
    shares = np.array([0.1, 0.6, 0.3])
    outcomes = np.array([[np.round(shares @ RATES * 100_000)]])
    found = nets(outcomes, np.array([RATES * 5_000]), np.zeros((1, 3)))
    assert found.corrected[0] == pytest.approx(0.5, abs=0.01)
    assert found.corrected_all[0] == pytest.approx(0.2, abs=0.01)
    assert abs(found.raw[0] - 0.5) > 0.1


def test_labels_by_hand_are_true() -> None:
    found = nets(np.zeros((1, 1, 4)), np.array([RATES * 100]), np.array([[3, 2, 1]]))
    values = [found.raw, found.corrected, found.low, found.high]
    assert [float(value[0]) for value in values] == [-0.5] * 4
    assert float(found.corrected_all[0]) == pytest.approx(-1 / 3)


def test_what_no_model_reads_is_raw_alone() -> None:
    found = nets(np.array([[[5, 5, 15, 2]]]), np.zeros((1, 3, 4)), np.zeros((1, 3)))
    assert found.raw[0] == 0.5
    assert all(np.isnan(each[0]) for each in (found.corrected, found.low, found.high))


def test_nothing_is_nothing() -> None:
    found = nets(np.zeros((0, 0, 4)), np.zeros((0, 3, 4)), np.zeros((0, 3)))
    assert found.raw.shape == (0,)
    empty = nets(np.zeros((1, 1, 4)), np.array([RATES * 100]), np.zeros((1, 3)))
    assert np.isnan(empty.low[0])


@pytest.mark.parametrize(
    ("outcomes", "known"),
    [(np.zeros((1, 1, 3)), np.zeros((1, 3))), (-np.ones((1, 1, 4)), np.zeros((1, 3)))],
    ids=["shape", "negative"],
)
def test_wrong_counts_are_refused(outcomes: np.ndarray, known: np.ndarray) -> None:  # type: ignore[type-arg]
    with pytest.raises(ValueError, match=r"needed|negative"):
        nets(outcomes, np.zeros((1, 3, 4)), known)
