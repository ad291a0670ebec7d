"""Each model against paths that were worked out by hand, and against published examples."""

from fractions import Fraction
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.conversions.attribution import models
from service.conversions.attribution.remainders import spread
from service.conversions.attribution.together import Journey, removal_effects, shapley

HAND = [
    ("last", 1, [1]),
    ("last", 2, [0, 1]),
    ("last", 4, [0, 0, 0, 1]),
    ("first", 1, [1]),
    ("first", 3, [1, 0, 0]),
    ("linear", 1, [1]),
    ("linear", 4, [Fraction(1, 4)] * 4),
    ("position", 1, [1]),
    ("position", 2, [Fraction(1, 2)] * 2),
    ("position", 3, [Fraction(2, 5), Fraction(1, 5), Fraction(2, 5)]),
    ("position", 5, [Fraction(2, 5), *[Fraction(1, 15)] * 3, Fraction(2, 5)]),
]


@pytest.mark.parametrize(("model", "touches", "expected"), HAND)
def test_shares_by_hand(model: str, touches: int, expected: list[Fraction]) -> None:
    assert models.POSITIONAL[model](touches) == expected


@pytest.mark.parametrize(
    ("ages", "expected"),
    [
        ([3.0], [1]),
        ([7.0, 0.0], [Fraction(1, 3), Fraction(2, 3)]),
        ([21.0, 14.0, 7.0], [Fraction(1, 7), Fraction(2, 7), Fraction(4, 7)]),
        ([5.0, 5.0], [Fraction(1, 2), Fraction(1, 2)]),
        ([28.0, 0.0], [Fraction(1, 17), Fraction(16, 17)]),
    ],
)
def test_time_decay_by_hand(ages: list[float], expected: list[Fraction]) -> None:
    assert models.time_decay(ages) == expected


def test_time_decay_of_ages_beyond_any_number() -> None:
    assert models.time_decay([1e9, 0.0]) == [0, 1]


@given(st.lists(st.floats(0, 365), min_size=1, max_size=30))
def test_shares_of_a_path_are_all_of_it(ages: list[float]) -> None:
    assert sum(models.time_decay(ages)) == 1
    for model in models.POSITIONAL.values():
        shares = model(len(ages))
        assert len(shares) == len(ages)
        assert sum(shares) == 1
        assert min(shares) >= 0


# Bryl, Attribution model with R (part 1: Markov chains concept), analyzecore.com, 2016: of three customers
# c1 > c2 > c3 converts, c1 and c2 > c3 do not. Removal effects 1/2, 1, 1; so 20%, 40%, 40%.
BRYL: list[Journey[str]] = [
    Journey(("c1", "c2", "c3"), 1, 100),
    Journey(("c1",), 0, 0, lost=1),
    Journey(("c2", "c3"), 0, 0, lost=1),
]


def test_markov_of_a_published_example() -> None:
    effects = removal_effects(BRYL)
    assert effects == pytest.approx({"c1": 1 / 2, "c2": 1, "c3": 1})
    assert spread(100, effects) == {"c1": 20, "c2": 40, "c3": 40}


# Puzyrov, Markov chain attribution: simple explanation of removal effect, serhiipuzyrov.com, 2019.
PUZYROV = [
    Journey(("ads",), 2, 2, lost=1),
    Journey(("mail",), 1, 1),
    Journey(("ads", "mail"), 1, 1),
]


def test_markov_of_another_published_example() -> None:
    effects = removal_effects(PUZYROV)
    assert effects == pytest.approx({"ads": 3 / 4, "mail": 1 / 2})
    assert spread(400, effects) == {"ads": 240, "mail": 160}


def test_shapley_of_a_published_example() -> None:
    # Data-driven marketing attribution, Towards Data Science: rates of the exact coalitions of Facebook,
    # organic and LinkedIn; a coalition is worth those within it (pairs .47, .67, .27, all 1).
    rates = {"F": 20, "O": 10, "L": 17, "FO": 17, "FL": 30, "OL": 0, "FOL": 6}
    credits_ = shapley([Journey(tuple(members), 1, rate) for members, rate in rates.items()])
    assert credits_ == {"F": Fraction(91, 2), "O": Fraction(41, 2), "L": 34}


def test_markov_keeps_loops() -> None:
    # a leads to itself half the time: 1 of 2 steps out of a ends in a conversion.
    effects = removal_effects([Journey(("a", "a"), 1, 1), Journey(("b",), 1, 1)])
    assert effects == pytest.approx({"a": 1 / 2, "b": 1 / 2})


def test_markov_without_a_conversion_gives_nothing() -> None:
    assert removal_effects([Journey(("a",), 0, 0, lost=3)]) == {"a": 0}
    assert removal_effects([]) == {}


PATHS = st.lists(
    st.tuples(
        st.lists(st.sampled_from("abcde"), min_size=1, max_size=6).map(tuple),
        st.integers(0, 9),
        st.integers(0, 9),
    ),
    min_size=1,
    max_size=12,
)


@given(PATHS)
def test_removal_effects_are_those_of_chains_without_a_partner(
    paths: list[tuple[tuple[str, ...], int, int]],
) -> None:
    journeys = [Journey(path, won, 0, lost=lost) for path, won, lost in paths if won + lost]
    whole = _converts(journeys, None)
    if not whole:
        return
    for key, effect in removal_effects(journeys).items():
        assert effect == pytest.approx(float(1 - _converts(journeys, key) / whole), abs=1e-9)


def _converts(journeys: list[Journey[str]], removed: str | None) -> Fraction:
    """P(conversion) by elimination of states, exactly: an independent way to the same figure."""
    odds: dict[str, dict[str, Fraction]] = {}
    for journey in journeys:
        for ends, times in (("(conversion)", journey.conversions), ("(null)", journey.lost)):
            way = ["(start)", *journey.path, ends]
            for src, dst in pairwise(way):
                odds.setdefault(src, {}).setdefault(dst, Fraction(0))
                odds[src][dst] += times
    for src, out in odds.items():
        total = sum(out.values())
        odds[src] = {dst: times / total for dst, times in out.items() if times}
    if removed is not None:
        odds.pop(removed, None)
    for state in [key for key in odds if key != "(start)"]:
        out = odds.pop(state)
        stays = out.pop(state, Fraction(0))
        for other in odds.values():
            if comes := other.pop(state, None):
                for dst, share in out.items():
                    other[dst] = other.get(dst, Fraction(0)) + comes * share / (1 - stays)
    return odds.get("(start)", {}).get("(conversion)", Fraction(0))


@given(
    st.lists(
        st.tuples(st.lists(st.sampled_from("abcd"), min_size=1, max_size=4).map(tuple), st.integers(0, 1000)),
        max_size=8,
    )
)
def test_shapley_is_the_mean_of_marginal_values_over_all_orders(
    paths: list[tuple[tuple[str, ...], int]],
) -> None:
    journeys = [Journey(path, 1, value) for path, value in paths]
    players = sorted({key for path, _ in paths for key in path})
    orders = list(permutations(players))
    for player, credit in shapley(journeys).items():
        marginal = sum(
            _worth(paths, {*order[: order.index(player)], player})
            - _worth(paths, set(order[: order.index(player)]))
            for order in orders
        )
        assert credit == Fraction(marginal, len(orders))


def _worth(paths: list[tuple[tuple[str, ...], int]], coalition: set[str]) -> int:
    return sum(value for path, value in paths if set(path) <= coalition)


@given(
    st.integers(-(10**12), 10**12),
    st.dictionaries(st.integers(0, 50), st.fractions(0, 1) | st.floats(0, 1), min_size=1),
)
def test_nothing_is_lost_between_shares(total: int, weights: dict[int, Fraction | float]) -> None:
    whole = sum(Fraction(weight) for weight in weights.values())
    if not whole:
        with pytest.raises(ValueError, match="positive"):
            spread(total, weights)
        return
    shares = spread(total, weights)
    assert sum(shares.values()) == total
    for key, weight in weights.items():
        assert abs(shares[key] - total * Fraction(weight) / whole) < 1
