"""Made-up referrals among honest families, offices, friends and fans."""

import math

import numpy as np
import pytest

from graph.referrals.evidence import AT_MOST, CODES, EVIDENCE, HELD, ONCE, PRIOR, scores
from graph.referrals.forest import grown
from graph.referrals.planting import planted
from graph.referrals.rings import Accounts, BadAccounts, assessed
from graph.referrals.sharing import BadMarks, Marks, shared
from tests.graph.referrals.worlds import SHAPES, hit, told, world


@pytest.mark.parametrize("seed", range(40, 42))
def test_rings_of_all_shapes_among_honest_people(seed: int):
    made = world(seed)
    precision, recall = hit(assessed(*told(made)).held, made.made_up)
    assert precision >= 0.9
    assert recall >= 0.8


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape != "self"])
def test_rings_of_one_shape(shape: str):
    made = world(50, (shape,), rings=40)
    precision, recall = hit(assessed(*told(made)).held, made.made_up)
    assert precision >= 0.9
    assert recall >= 0.75


def test_where_all_are_honest_few_are_held():
    made = world(60, rings=0)
    assert assessed(*told(made)).held.mean() < 0.006


def people(size: int, orders: int = 1, active: int = 1) -> Accounts:
    """Accounts that joined a week apart."""
    return Accounts(np.arange(size) * 7.0, np.full(size, orders), np.full(size, active))


def marks(*pairs: tuple[int, str], day: int | None = None) -> Marks:
    days = None if day is None else np.full(len(pairs), day)
    return Marks(np.array([a for a, _ in pairs]), np.array([v for _, v in pairs]), days)


def codes(made, account: int) -> set[str]:
    return {reason.code for reason in made.reasons(account)} - {"prior"}


@pytest.mark.parametrize(
    ("kinds", "held", "seen"),
    [
        ({}, False, set()),
        ({"email": marks((0, "a"), (1, "a"))}, True, {"same_email"}),
        ({"email": marks((0, "a"), (1, "b"))}, False, set()),
        ({"payout": marks((0, "i"), (1, "i"))}, True, {"same_payout", "kin_payout"}),
        ({"domain": marks((0, "d"), (1, "d"))}, False, {"same_domain"}),
        ({"address": marks((0, "x"), (1, "x"), day=3)}, False, {"same_address"}),
        (
            {"address": marks((0, "x"), (1, "x"), day=3), "device": marks((0, "y"), (1, "y"), day=3)},
            False,
            {"same_address", "same_device", "kin_device"},
        ),
    ],
)
def test_what_two_share(kinds: dict, held: bool, seen: set[str]):
    made = assessed(planted([1], [0]), people(2), kinds)
    assert made.held.tolist() == [False, held]
    assert codes(made, 1) == seen | {"idle", "idle_referrer"}


def test_who_buys_again_is_believed():
    kinds = {"payout": marks((0, "i"), (1, "i"))}
    assert not assessed(planted([1], [0]), people(2, 3, 3), kinds).held.any()


def test_a_device_says_nothing_of_another_day():
    two_days = Marks(np.array([0, 1]), np.array(["y", "y"]), np.array([3, 4]))
    made = assessed(planted([1], [0]), people(2), {"device": two_days})
    assert "same_device" not in codes(made, 1)


def test_an_office_is_not_a_home():
    at_work = marks(*((account, "x") for account in range(9)), day=3)
    made = assessed(planted(range(1, 9), [0] * 8), people(9), {"address": at_work})
    assert "crowded_address" in codes(made, 1)
    assert "same_address" not in codes(made, 1)
    assert not made.held.any()


def test_behaviour_alone_holds_nobody():
    """A star of thirty idle accounts in an hour, whose referrer is idle as well, and no identifier known."""
    joined = np.concatenate(([0.0], 5 + np.arange(30) / 1_000))
    accounts = Accounts(joined, np.ones(31, np.int64), np.ones(31, np.int64))
    made = assessed(planted(range(1, 31), [0] * 30, joined[1:]), accounts, {})
    assert codes(made, 7) == {"idle", "idle_star", "idle_referrer", "burst"}
    assert not made.held.any()


def test_four_in_a_day_are_no_burst():
    joined = np.array([0.0, 5, 5.1, 5.2, 5.3, 6.05])
    accounts = Accounts(joined, np.ones(6, np.int64), np.ones(6, np.int64))
    made = assessed(planted(range(1, 6), [0] * 5, joined[1:]), accounts, {})
    assert not any("burst" in codes(made, child) for child in range(1, 6))
    accounts.joined[5] = 5.9
    made = assessed(planted(range(1, 6), [0] * 5, joined[1:]), accounts, {})
    assert all("burst" in codes(made, child) for child in range(1, 6))


def test_a_ring_is_told_as_one_with_its_reasons():
    """A circle of four on one device, below somebody honest; another pair of their own."""
    planting = planted([1, 2, 3, 4, 1, 6], [0, 1, 2, 3, 4, 5], np.arange(6.0))
    device = marks((1, "y"), (2, "y"), (3, "y"), (4, "y"), day=9)
    email = marks(*((account, f"e{min(account, 5)}") for account in range(7)))
    made = assessed(planting, people(7), {"device": device, "email": email})
    assert made.held.tolist() == [False, True, True, True, True, False, True]
    ring, pair = made.rings
    assert (ring.accounts, ring.held) == ([0, 1, 2, 3, 4], 4)
    assert ring.codes["device_crowd"] == 4
    assert pair.accounts == [5, 6]
    assert pair.codes["same_email"] == 1
    assert made.reasons(6)[0].weight == EVIDENCE["same_email"].weight


@pytest.mark.parametrize(
    ("attempts", "seen"),
    [
        ([(1, 0), (0, 1)], {1: "both_ways"}),
        ([(1, 0), (2, 1), (0, 2)], {1: "circle", 2: "circle"}),
        ([(1, 0), (0, 0)], {1: "tried_self"}),
        ([(1, 0), (1, 1)], {}),
    ],
)
def test_refused_attempts_are_evidence(attempts: list[tuple[int, int]], seen: dict[int, str]):
    children, parents = zip(*attempts, strict=True)
    made = assessed(planted(children, parents), people(len(set(children + parents))), {})
    told_of = {"both_ways", "circle", "tried_self"}
    for account in range(1, len(made.score)):
        assert codes(made, account) & told_of == ({seen[account]} if account in seen else set())


def test_weights_are_log_odds_and_add_up():
    seen = np.zeros((1, len(CODES)), dtype=bool)
    for code in ("same_email", "same_payout", "same_device", "idle", "burst", "idle_star"):
        seen[0, CODES.index(code)] = True
    expected = PRIOR + EVIDENCE["same_email"].weight + EVIDENCE["same_payout"].weight
    expected += EVIDENCE["idle"].weight + AT_MOST["behaviour"]
    assert scores(seen)[0] == pytest.approx(expected)
    groups = {each.group for each in EVIDENCE.values()}
    assert groups == ONCE | set(AT_MOST)
    for each in EVIDENCE.values():
        assert math.exp(each.weight) == pytest.approx(each.made_up / each.honest, rel=0.01)
    assert PRIOR + AT_MOST["behaviour"] + EVIDENCE["idle"].weight < HELD


def test_shared_is_the_least_crowd_and_counts_an_account_once():
    forest = grown(np.array([-1, 0, 0, -1], dtype=np.int32))
    made = shared(marks((0, "a"), (0, "a"), (1, "a"), (0, "b"), (1, "b"), (2, "b"), (3, "b")), forest)
    assert made.among.tolist() == [0, 2, 4, 0]
    assert made.kin.tolist() == [2, 2, 4, 0]
    assert shared(marks(), forest).among.tolist() == [0] * 4


def test_columns_must_fit():
    planting = planted([1], [0])
    with pytest.raises(BadAccounts):
        assessed(planting, people(3), {})
    with pytest.raises(BadMarks):
        assessed(planting, people(2), {"email": marks((2, "a"))})
    with pytest.raises(BadMarks):
        assessed(planting, people(2), {"email": Marks(np.array([0]), np.array(["a", "b"]))})


def test_nobody():
    empty = np.zeros(0, np.int64)
    made = assessed(planted([], []), Accounts(np.zeros(0), empty, empty), {})
    assert (len(made.held), made.rings) == (0, [])
