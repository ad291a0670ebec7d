import numpy as np
import pytest

from graph.build import build
from graph.models import Model, independent_cascade, linear_threshold, weighted_cascade
from graph.rrsets import BadWeights, Collection, OutOfMemory, Source, Witness
from tests.graph.exact import Exact, tiny


def grown(source: Source, count: int, most_bytes: int = 1 << 28) -> Collection:
    sets = Collection(source, most_bytes)
    for _ in sets.grow(count):
        pass
    return sets


def models(seed: int) -> list[Model]:
    graph = tiny(seed)
    p = np.random.default_rng(seed).random(graph.arcs)
    return [independent_cascade(graph, p), weighted_cascade(graph), linear_threshold(graph, p)]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("kind", range(3))
def test_a_node_is_in_as_many_sets_as_it_wins_nodes(seed: int, kind: int):
    model = models(seed)[kind]
    weights = None if seed % 2 else np.arange(1.0, model.graph.size + 1)
    source = Source.of(model, seed, weights)
    sets, exact = grown(source, 40_000), Exact(model, weights)
    found = np.bincount(sets.members[: sets.used], minlength=6) / sets.count
    wanted = np.array([exact.spread([node]) for node in range(6)]) / source.total
    # Four standard errors of the most uncertain share.
    assert np.abs(found - wanted).max() < 4 * 0.5 / np.sqrt(sets.count)


def test_skips_are_as_likely_as_draws():
    star = build(np.arange(1, 201), np.zeros(200, dtype=int))
    skipping = Source.of(independent_cascade(star, 0.05), 1)
    assert skipping.incoming.skips[0] != 0
    sets = grown(skipping, 50_000)
    sizes = np.diff(sets.offsets[: sets.count + 1])[sets.members[sets.offsets[: sets.count]] == 0]
    assert len(sizes) > 150
    # 1 + Binomial(200, .05): mean 11, standard deviation 3.08.
    assert abs(sizes.mean() - 11) < 4 * 3.08 / np.sqrt(len(sizes))
    assert 2.4 < sizes.std() < 3.8


def test_equal_seeds_equal_sets_in_whatever_pieces():
    source = Source.of(weighted_cascade(tiny(3)), 11)
    once, again, other = (
        grown(source, 5_000),
        Collection(source, 1 << 28),
        grown(Source.of(weighted_cascade(tiny(3)), 12), 5_000),
    )
    for count in (7, 1_000, 5_000):
        for _ in again.grow(count):
            pass
    assert np.array_equal(once.members[: once.used], again.members[: again.used])
    assert np.array_equal(once.offsets[:5_001], again.offsets[:5_001])
    assert not np.array_equal(once.offsets[:5_001], other.offsets[:5_001])


def test_sets_have_no_member_twice():
    sets = grown(Source.of(independent_cascade(tiny(5), 0.7), 1), 2_000)
    for number in range(sets.count):
        members = sets.members[sets.offsets[number] : sets.offsets[number + 1]].tolist()
        assert len(members) == len(set(members)) >= 1


def test_memory_is_bounded():
    graph = build(np.arange(1_000), np.arange(1, 1_001))
    source = Source.of(independent_cascade(graph, 1.0), 1)
    sets = grown(source, 100_000, most_bytes=4_000_000)
    assert sets.full
    assert 0 < sets.count < 100_000
    assert 8 * len(sets.members) + 12 * 100_000 <= 4_000_000
    with pytest.raises(OutOfMemory, match="too few"):
        grown(source, 100_000, most_bytes=1_000)


def test_the_witness_counts_the_first_seed_met():
    chain = build([0, 1, 2], [1, 2, 3])
    witness = Witness(Source.of(independent_cascade(chain, 1.0), 5))
    *_, found = witness.hits(np.array([2, 0], dtype=np.int32), 40_000)
    # Node 2 wins 2 and 3; node 0 adds itself and 1.
    assert np.abs(found / 40_000 - 0.5).max() < 0.02
    assert found.sum() == witness.drawn == 40_000


@pytest.mark.parametrize("weights", [[1.0], [-1.0] * 6, [float("nan")] * 6, [0.0] * 6])
def test_weights_that_are_none(weights: list[float]):
    with pytest.raises(BadWeights, match="one a node"):
        Source.of(weighted_cascade(tiny(1)), 1, weights)


def test_roots_are_drawn_by_weight():
    graph = build([], [], nodes=[0, 1, 2])
    sets = grown(Source.of(independent_cascade(graph, 0.1), 1, [0.0, 3.0, 1.0]), 20_000)
    assert np.abs(np.bincount(sets.members[: sets.used]) / 20_000 - [0, 0.75, 0.25]).max() < 0.02


def test_sets_that_can_not_be_held_take_no_room():
    """Asked for a billion sets, a collection of 4 MB does not begin with 8 GB of offsets."""
    chain = independent_cascade(build(np.arange(500), np.arange(1, 501)), 0.0)
    sets = Collection(Source.of(chain, seed=1), most_bytes=4_000_000)
    for _ in sets.grow(1 << 30):
        pass
    assert sets.full
    assert 50_000 < sets.count <= 200_000
    assert sets.offsets.nbytes + sets.members.nbytes <= 4_000_000
    before = sets.count
    assert list(sets.grow(1 << 30)) == []
    assert sets.count == before
