"""Members and arcs to standings."""

from uuid import UUID

import numpy as np
import pytest

from graph.authority import pagerank
from graph.build import build
from service.discovery.authority.ranking import EVERYBODY, LEAST_MEMBERS, network, ranks
from service.discovery.authority.schemas import Arcs, MemberGroup


def account(number: int) -> UUID:
    return UUID(int=number)


def group(
    numbers: list[int], category: str | None = None, nodes: list[int | None] | None = None
) -> MemberGroup:
    return MemberGroup("instagram", category, [account(n) for n in numbers], nodes or list(numbers))


def standings(groups: list[MemberGroup], arcs: Arcs) -> dict[int, tuple[str, float]]:
    found = ranks(network(groups, arcs, {"instagram"}))
    return {rank.account_id.int: (rank.topic, rank.pagerank) for rank in found}


def test_few_of_a_category_are_seen_from_everybody():
    groups = [group([1, 2, 3], "Beauty"), group([4], "food")]
    found = standings(groups, Arcs([1, 3, 4], [2, 2, 2], [1.0, 1.0, 1.0]))
    assert {topic for topic, _ in found.values()} == {EVERYBODY}
    values = pagerank(build([1, 3, 4], [2, 2, 2]))
    assert [found[n][1] for n in (1, 2, 3, 4)] == pytest.approx((values / values.mean()).tolist(), abs=1e-6)


def test_enough_of_a_category_are_their_own_field_however_it_is_spelt():
    cooks = list(range(1, LEAST_MEMBERS + 1))
    others = list(range(100, 100 + LEAST_MEMBERS))
    groups = [group(cooks[:10], "Güzellik"), group(cooks[10:], "guzellik"), group(others)]
    # Everybody outside looks to 1, the field itself to 2.
    sources, targets = [*others, *cooks[2:]], [1] * len(others) + [2] * len(cooks[2:])
    found = standings(groups, Arcs(sources, targets, [1.0] * len(sources)))
    assert {found[n][0] for n in cooks} == {"guzellik"}
    assert {found[n][0] for n in others} == {EVERYBODY}
    assert found[2][1] > 3 * found[1][1]
    assert np.mean([found[n][1] for n in cooks]) == pytest.approx(1)


def test_accounts_that_no_edge_knows_are_below_the_mean():
    found = standings([group([1, 2, 9], nodes=[1, 2, None])], Arcs([1], [2], [1.0]))
    assert 0 < found[9][1] < found[2][1]
    assert found[9][1] < 1


def test_outside_nodes_pass_on_what_they_get():
    members = group([1, 2, 3])
    apart = standings([members], Arcs([1, 50], [50, 60], [1.0, 1.0]))
    through = standings([members], Arcs([1, 50], [50, 2], [1.0, 1.0]))
    assert apart[2][1] == apart[3][1]
    assert through[2][1] > through[3][1]


def test_platforms_without_edges_have_no_standings():
    groups = [group([1, 2]), MemberGroup("tiktok", None, [account(7)], [None])]
    assert set(standings(groups, Arcs([1], [2], [1.0]))) == {1, 2}
    assert ranks(network(groups, Arcs([], [], []), set())) == []


def test_the_order_of_rows_changes_nothing():
    rng = np.random.default_rng(4)
    members = list(range(60))
    sources, targets = rng.integers(0, 60, 300), rng.integers(0, 60, 300)
    kept = sources != targets
    arcs = Arcs(sources[kept].tolist(), targets[kept].tolist(), [1.0] * int(kept.sum()))
    turned = Arcs(arcs.sources[::-1], arcs.targets[::-1], arcs.weights)
    before, after = standings([group(members)], arcs), standings([group(members[::-1])], turned)
    assert {n: value for n, (_, value) in before.items()} == pytest.approx(
        {n: value for n, (_, value) in after.items()}
    )
