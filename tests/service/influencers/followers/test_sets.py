"""What a set is made of, and what links and erasures make of it: against plain Python sets."""

from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from graph.audiences import Everybody, HashSample, UniformSample, bottom
from service.influencers.followers.linking import moved, moves
from service.influencers.followers.schemas import SetBasis, SetRow
from service.influencers.followers.sets import (
    again,
    audience,
    bits_of,
    compared,
    people_of,
    read_bits,
    sampled,
    smallest,
    together,
    whole,
)

PEOPLE = st.frozensets(st.integers(0, 300), max_size=80)
NOW = datetime(2026, 11, 1, tzinfo=UTC)


def row(members: BitMap, basis: SetBasis, size: int, keep: int | None = None) -> SetRow:
    return SetRow(UUID(int=1), "followers", basis, size, 1, keep, bits_of(members), None, NOW, "s", 1)


@given(PEOPLE)
def test_bits_come_back(people: frozenset[int]) -> None:
    assert read_bits(bits_of(BitMap(people))) == BitMap(people)
    numbers = b"".join(one.to_bytes(4, "big") for one in people)
    assert set(people_of(numbers)) == people


@given(PEOPLE.filter(bool), st.integers(1, 90))
def test_a_kept_part_is_the_bottom_of_the_whole(people: frozenset[int], keep: int) -> None:
    made = whole(BitMap(people), keep)
    assert made.size == len(people)
    shown = audience(made.basis, made.size, bits_of(made.members if made.sample is None else made.sample))
    if keep >= len(people):
        assert shown == Everybody(BitMap(people))
    else:
        expected = bottom(BitMap(people), keep)
        assert isinstance(shown, HashSample)
        assert shown.hashes.tolist() == expected.hashes.tolist()


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=25))
def test_linked_people_have_the_lowest_number_of_their_group(pairs: list[tuple[int, int]]) -> None:
    groups = {number: {number} for pair in pairs for number in pair}
    for one, other in pairs:
        joined = groups[one] | groups[other]
        for number in joined:
            groups[number] = joined
    expected = {number: min(group) for number, group in groups.items() if min(group) != number}
    assert moves(pairs) == expected


@given(PEOPLE, st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), max_size=25), st.integers(1, 90))
def test_a_set_after_links_is_that_of_the_new_numbers(
    people: frozenset[int], pairs: list[tuple[int, int]], keep: int
) -> None:
    moving = moves(pairs)
    before = BitMap(people)
    after = moved(before, moving, BitMap(moving))
    expected = {moving.get(one, one) for one in people}
    assert set(after) == expected
    assert (after is before) == (expected == people)
    made = again(row(before, "hash_sample", len(people), keep), before, after)
    assert made == whole(BitMap(expected), keep)


def test_a_sample_s_audience_shrinks_with_it() -> None:
    before = BitMap([1, 2, 3])
    assert again(row(before, "uniform_sample", 90), before, BitMap([1, 3])) == sampled(BitMap([1, 3]), 89)
    assert again(row(before, "uniform_sample", 90), before, BitMap()) is None


@given(PEOPLE, PEOPLE)
def test_comparisons(before: frozenset[int], after: frozenset[int]) -> None:
    found = compared(BitMap(before), BitMap(after))
    assert found == (len(after - before), len(before - after), len(after & before))


def test_files_add() -> None:
    one, more = BitMap([1, 2]), BitMap([2, 3])
    assert together(None, BitMap(), one, None) == whole(one, None)
    assert together(row(one, "exact", 2), one, more, None) == whole(BitMap([1, 2, 3]), None)
    assert together(None, BitMap(), one, 50) == sampled(one, 50)
    assert together(row(one, "uniform_sample", 50), one, more, None) == sampled(BitMap([1, 2, 3]), 50)
    assert together(row(one, "uniform_sample", 3), one, more, None) == whole(BitMap([1, 2, 3]), None)
    kept = together(row(one, "hash_sample", 2, 1), one, more, None)
    assert (kept.basis, kept.size, kept.sample) == ("hash_sample", 3, smallest(BitMap([1, 2, 3]), 1))
    assert isinstance(audience("uniform_sample", 9, bits_of(one)), UniformSample)
