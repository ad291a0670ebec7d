"""Overlap of sets and samples against what graph says of each pair."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from graph.audiences import Audience, Everybody, UniformSample, bottom
from graph.sampled import shared_followers
from service.discovery.reach.groups import across_platforms, together
from service.discovery.reach.overlaps.counting import MOST_SAMPLED, count
from service.discovery.reach.overlaps.linking import honest

RNG = np.random.default_rng(8)
SETS = [BitMap(RNG.choice(3_000, size, replace=False).astype(np.uint32)) for size in (900, 1200, 700, 1500)]


def uniform(members: BitMap) -> UniformSample:
    return UniformSample(BitMap(RNG.choice(list(members), len(members) // 2, replace=False)), len(members))


@pytest.mark.parametrize(
    ("audiences", "method"),
    [
        ([Everybody(each) for each in SETS], "exact"),
        ([bottom(each, 300) for each in SETS], "hash_samples"),
        ([Everybody(SETS[0]), *(bottom(each, 300) for each in SETS[1:])], "hash_samples"),
        ([uniform(each) for each in SETS], "uniform_samples"),
        ([Everybody(SETS[0]), Everybody(SETS[1]), *map(uniform, SETS[2:])], "uniform_samples"),
        ([Everybody(SETS[0]), uniform(SETS[1]), bottom(SETS[2], 300)], "mixed_samples"),
    ],
)
def test_pairs_are_those_of_graph(audiences: list[Audience], method: str):
    found = count(audiences)
    assert (found.method, found.total) == (method, sum(each.size for each in audiences))
    for first, one in enumerate(audiences):
        for second, other in enumerate(audiences):
            cells = [
                part[first, second] for part in (found.shared.value, found.shared.low, found.shared.high)
            ]
            if first == second:
                assert cells == [one.size] * 3
                continue
            truth = shared_followers(one, other)
            expected = [np.nan if end is None else end for end in (truth.value, truth.low, truth.high)]
            assert cells == pytest.approx(expected, nan_ok=True)


def test_marginal_people_add_up_and_have_intervals():
    found = count([bottom(each, 300) for each in SETS])
    assert sum(each.value for each in found.marginal) == pytest.approx(found.unique.value)
    for each, alone in zip(found.marginal, SETS, strict=True):
        assert each.low <= each.value <= each.high
        assert each.value <= len(alone) + 1e-6
    assert sum(each.value for each in found.frequency) == pytest.approx(found.unique.value, rel=1e-6)
    truth = np.bincount(np.concatenate([list(each) for each in SETS]))
    for times, each in enumerate(found.frequency, 1):
        assert each.low <= (truth == times).sum() <= each.high


def test_long_lists_of_samples_have_no_pairs():
    few = [bottom(SETS[0], 20)] * (MOST_SAMPLED["hash_samples"] + 1)
    found = count(few)
    assert (found.shared, found.marginal, found.cumulative) == (None, [], [])
    assert len(found.unique_shares) == len(few)


def test_a_chain_of_links_with_a_gap_counts_nobody_once():
    platforms = ["x", "tiktok", "youtube", "x"]
    one, two = frozenset(("x", "tiktok")), frozenset(("tiktok", "youtube"))
    assert together(platforms, {one}) == [[0, 1, 3], [2]]
    assert together(platforms, {one, two}) == [[0, 3], [1], [2]]
    every = together(platforms, {one, two, frozenset(("x", "youtube"))})
    assert every == [[0, 1, 2, 3]]
    assert across_platforms(platforms, every) == "linked"


@given(
    sets=st.lists(st.sets(st.integers(0, 19)), min_size=4, max_size=4),
    same=st.permutations(range(20)),
    merged=st.integers(0, 20),
)
def test_whoever_else_is_the_same_person_is_within_the_ends(sets, same, merged):
    """People of TikTok are numbered from 20 on; some have no number but are somebody on Instagram."""
    platforms = ["instagram", "tiktok", "instagram", "tiktok"]
    numbered = [{20 + each for each in people} if at % 2 else people for at, people in enumerate(sets)]
    known = [Everybody(BitMap(people)) for people in numbered]
    shown = honest(count(known), platforms, known)
    who = {20 + here: there for here, there in enumerate(same[:merged])}
    truth = count([Everybody(BitMap(who.get(each, each) for each in people)) for people in numbered])
    figures = [
        (shown.unique, truth.unique),
        *zip(shown.unique_shares, truth.unique_shares, strict=True),
        *zip(shown.marginal, truth.marginal, strict=True),
        *zip(shown.cumulative, truth.cumulative, strict=True),
        *zip(shown.frequency, truth.frequency, strict=True),
    ]
    for told, real in figures:
        if real.value is not None:
            assert told.low <= real.value <= told.high, (told, real)
    assert (shown.shared.low <= truth.shared.value).all()
    assert (truth.shared.value <= shown.shared.high).all()
    # The values are those without further links.
    assert shown.unique.value == count(known).unique.value
