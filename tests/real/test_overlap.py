"""Audiences as they are: who liked a top post of 119 micro-influencers."""

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from pyroaring import BitMap

from graph import coverage, subsets
from graph.audiences import bottom
from graph.constraints import Constraints
from graph.coverage import plan
from graph.overlap import overlap
from graph.sampled import unique_followers


@pytest.fixture(scope="module")
def likers(real_data: Path) -> list[set[str]]:
    with gzip.open(real_data / "graphs" / "instagram_likers.json.gz") as file:
        return [set(each["liker_ids"]) for each in json.load(file).values()]


@pytest.fixture(scope="module")
def bitmaps(likers: list[set[str]]) -> list[BitMap]:
    ordinal = {person: place for place, person in enumerate(sorted(set().union(*likers)))}
    return [BitMap(ordinal[person] for person in each) for each in likers]


def test_all_pairs_are_those_of_sets(likers: list[set[str]], bitmaps: list[BitMap]):
    found = overlap(bitmaps)
    pairs = 0
    for first, one in enumerate(likers):
        for second in range(first + 1, len(likers)):
            assert found.shared[first, second] == found.shared[second, first] == len(one & likers[second])
            if either := len(one | likers[second]):
                assert found.jaccard[first, second] == len(one & likers[second]) / either
            pairs += 1
    assert pairs == 7_021
    assert found.sizes.tolist() == [len(each) for each in likers]
    assert found.unique_followers == len(set().union(*likers)) == 85_597
    for place, each in enumerate(likers):
        others = set().union(*(other for at, other in enumerate(likers) if at != place))
        assert found.exclusive[place] == len(each - others)


def test_hash_samples_are_near_the_truth(bitmaps: list[BitMap]):
    truth = len(BitMap.union(*bitmaps))
    found = unique_followers([bottom(each, 100) for each in bitmaps])
    assert found.basis == "hash_samples"
    assert abs(found.value / truth - 1) < 0.1
    assert found.low * 0.98 <= truth <= found.high * 1.02


def test_a_greedy_plan_is_near_the_best_and_says_how_near(bitmaps: list[BitMap]):
    rng = np.random.default_rng(7)
    for _ in range(5):
        chosen = rng.choice(len(bitmaps), 14, replace=False)
        some = [bitmaps[place] for place in chosen]
        costs = [len(each) * int(rng.integers(50, 150)) for each in some]
        constraints = Constraints.of(costs, budget=sum(costs) // 3)
        best = plan(some, constraints)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(subsets, "LONGEST", -1)
            patch.setattr(coverage, "EFFORT", 0)
            greedy = plan(some, constraints)
        assert best.exact
        assert greedy.value <= best.value <= greedy.upper_bound
        assert greedy.optimality > 0.85
