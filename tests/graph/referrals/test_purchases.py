"""Who bought after whom, and what of it is chance."""

import numpy as np
import pytest

from graph.referrals.purchases import BadSales, Sales, through_network


def town(seed: int, follow: float, size: int = 600) -> tuple[Sales, tuple[np.ndarray, np.ndarray]]:
    """People who each buy once or twice in 100 days; of pairs the second follows with this chance."""
    rng = np.random.default_rng(seed)
    buyer = np.concatenate((np.arange(size), rng.integers(0, size, size // 2)))
    at = rng.uniform(0, 100, len(buyer))
    first = np.arange(0, size, 2)
    following = first[rng.random(len(first)) < follow]
    at[following + 1] = at[following] + rng.uniform(0.1, 3.0, len(following))
    return Sales(buyer, at, rng.integers(100, 1_000, len(buyer))), (first, first + 1)


def test_who_follows_is_found():
    made = through_network(*town(1, 0.4), 5.0, draws=100)
    assert made.of_sales.low > 0.05
    assert made.of_sales.chance == pytest.approx(1 / 101)
    assert made.of_amount.through == pytest.approx(made.of_sales.through, abs=0.05)
    # 120 of 900 sales follow, and where one would have come anyway that is not counted twice.
    assert made.of_sales.low < 120 / 900 < made.of_sales.high + 0.02
    assert made == through_network(*town(1, 0.4), 5.0, draws=100)


def test_chance_is_not_called_influence():
    """Nobody follows: p-values of 25 towns are even, and intervals hold 0 in all but a few."""
    made = [through_network(*town(seed, 0.0, 200), 5.0, draws=40, seed=seed).of_sales for seed in range(25)]
    assert np.mean([each.after for each in made]) > 0.03
    assert sum(each.low <= 0 <= each.high for each in made) >= 22
    assert 0.35 < np.mean([each.chance for each in made]) < 0.65


def test_a_season_is_not_called_influence():
    """All buy in the week of a campaign: they buy after their friends, as everybody does."""
    rng = np.random.default_rng(5)
    at = rng.normal(50, 2, 400)
    pairs = np.arange(0, 400, 2)
    made = through_network(Sales(np.arange(400), at, np.ones(400, np.int64)), (pairs, pairs + 1), 5.0)
    assert made.of_sales.after > 0.2
    assert made.of_sales.low < 0 < made.of_sales.high


def test_groups_keep_what_differs_between_them():
    """Two cohorts that buy months apart, friends within: shuffled over both, that looks like influence."""
    rng = np.random.default_rng(6)
    at = np.concatenate((rng.uniform(0, 10, 300), rng.uniform(200, 210, 300)))
    pairs = np.arange(0, 600, 2)
    group = np.repeat([0, 1], 300)
    amount = np.ones(600, dtype=np.int64)
    apart = through_network(Sales(np.arange(600), at, amount, group), (pairs, pairs + 1), 10.0)
    mixed = through_network(Sales(np.arange(600), at, amount), (pairs, pairs + 1), 10.0)
    assert mixed.of_sales.low > 0
    assert apart.of_sales.low < 0 < apart.of_sales.high


def test_counted_by_hand():
    sales = Sales(
        np.array([1, 1, 2, 3, 3, 9]),
        np.array([0.0, 10.0, 1.0, 11.0, 30.0, 0.5]),
        np.array([100, 100, 300, 500, 700, 900]),
    )
    friends = (np.array([1, 1, 1, 5, 9]), np.array([2, 3, 3, 1, 9]))
    made = through_network(sales, friends, 2.0, draws=5)
    assert (made.sales, made.with_friends) == (6, 3)
    assert made.of_sales.after == pytest.approx(2 / 6)
    assert made.of_amount.after == pytest.approx(800 / 2_600)


def test_progress_ends_the_work():
    told: list[tuple[int, int]] = []
    through_network(*town(1, 0.1, 20), 5.0, draws=3, progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_nothing_to_share():
    none = np.zeros(0, dtype=np.int64)
    made = through_network(Sales(none, np.zeros(0), none), (none, none), 5.0)
    assert (made.reason, made.of_sales.after) == ("no_sales", None)
    alone = through_network(
        Sales(np.array([1]), np.zeros(1), np.zeros(1, np.int64)), (none, none), 5.0, draws=2
    )
    assert (alone.of_sales.through, alone.of_sales.chance, alone.of_amount.after) == (0.0, 1.0, None)
    with pytest.raises(BadSales):
        through_network(Sales(none, np.zeros(1), none), (none, none), 5.0)
