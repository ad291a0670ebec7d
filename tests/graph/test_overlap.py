import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyroaring import BitMap

from graph import blocks as walk
from graph.overlap import overlap

# Ordinals on both sides of a chunk's edge, far apart, and the last of all.
ORDINALS = [0, 1, 2, 65_535, 65_536, 131_072, 5_000_000, 2**32 - 1]
AUDIENCES = st.lists(st.sets(st.sampled_from(ORDINALS)), max_size=7)


@settings(max_examples=200, deadline=None)
@given(AUDIENCES)
def test_overlap_is_that_of_sets(audiences: list[set[int]]):
    found = overlap([BitMap(each) for each in audiences])
    for first, one in enumerate(audiences):
        for second, other in enumerate(audiences):
            assert found.shared[first, second] == len(one & other)
            jaccard, containment = found.jaccard[first, second], found.containment[first, second]
            assert jaccard == len(one & other) / len(one | other) if one | other else np.isnan(jaccard)
            assert containment == len(one & other) / len(one) if one else np.isnan(containment)
    seen: set[int] = set()
    for place, each in enumerate(audiences):
        others = set().union(*(other for at, other in enumerate(audiences) if at != place))
        assert found.exclusive[place] == len(each - others)
        assert found.marginal[place] == len(each - seen)
        seen |= each
    assert found.unique_followers == len(seen)
    assert found.total_followers == sum(len(each) for each in audiences)
    depth = [sum(person in each for each in audiences) for person in seen]
    assert found.depth.tolist() == [depth.count(times) if times else 0 for times in range(len(audiences) + 1)]


@settings(max_examples=50, deadline=None)
@given(AUDIENCES.filter(bool), st.sampled_from([walk.CHUNK, 2 * walk.CHUNK]))
def test_how_people_are_cut_into_blocks_changes_nothing(audiences: list[set[int]], longest: int):
    whole = [BitMap(each) for each in audiences]
    people: list[set[int]] = [set() for _ in whole]
    for block in walk.blocks(whole, longest):
        assert block.start % walk.CHUNK == 0
        assert block.width <= longest
        offsets, owners = block.turned()
        assert offsets[-1] == len(owners) == len(block.members) > 0
        for person in set(block.members.tolist()):
            mine = owners[offsets[person] : offsets[person + 1]].tolist()
            assert mine == sorted(set(mine))
            for place in mine:
                people[place].add(block.start + person)
    assert people == audiences


def test_the_unique_share_of_an_empty_audience_is_unknown():
    found = overlap([BitMap([1, 2, 3, 4]), BitMap([4]), BitMap()])
    assert found.unique_share[:2].tolist() == [0.75, 0.0]
    assert np.isnan(found.unique_share[2])


def test_memory_is_bounded_by_the_block():
    """Half the audiences of twice the people take no more."""
    rng = np.random.default_rng(3)

    def made(audiences: int, people: int) -> int:
        drawn = [BitMap(rng.integers(0, people, 20_000).tolist()) for _ in range(audiences)]
        return overlap(drawn).peak_bytes

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(walk, "MEMBERSHIPS", 100_000)
        small, large = made(20, 500_000), made(40, 1_000_000)
    assert large < 1.3 * small + 40 * 40 * 20
