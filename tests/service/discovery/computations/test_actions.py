"""The objective `spread` of plans: influencers of the workspace, bought for a budget."""

import pytest

from graph.build import build
from graph.constraints import Constraints
from service.discovery.computations.actions import best_for_budget
from service.kit import ids
from tests.service.discovery.api import influencer
from tests.service.discovery.computations.conftest import Net


class Stopped(Exception):
    """Somebody cancelled."""


async def test_influencers_for_a_budget(net: Net):
    names = ("Ayse", "Bora", "Cem", "Deniz")
    people = [ids.read("inf", await influencer(net.client, name)) for name in names]
    followers = build(
        [f"n{n}" for n in range(15)] + ["n0", "n1", "n2"],
        ["ayse"] * 6 + ["bora"] * 5 + ["cem"] * 4 + ["bora"] * 3,
    )
    graph_id = ids.read("gra", await net.put(followers, reverse=True, platform="instagram"))
    workspace = await net.workspace()
    seen: list[int] = []
    found = await best_for_budget(
        net.database,
        workspace,
        graph_id,
        people,
        Constraints.of([600, 400, 300, 100], budget=700),
        report=lambda done, total: seen.append(done),
    )
    assert (found.absent, found.of) == ([people[3]], 18)
    assert sorted(found.plan.places) == [1, 2]
    assert found.plan.total_cost == 700
    assert found.plan.lower <= found.plan.spread.value <= found.plan.upper
    assert (found.version, seen == sorted(seen), len(seen) > 1) == (1, True, True)
    assert found.plan.method == "subsets"

    def stop(done: int, total: int | None) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        await best_for_budget(
            net.database,
            workspace,
            graph_id,
            people,
            Constraints.of([6, 4, 3, 1], budget=7),
            report=stop,
        )
    must = Constraints.of([600, 400, 300, 100], budget=700, must_include=[0])
    assert (await best_for_budget(net.database, workspace, graph_id, people, must)).plan.places == (0,)


async def test_who_is_not_in_the_graph_takes_no_room_of_a_short_list(net: Net):
    """Sixteen are compared set by set; those without a node are none of them."""
    names = [f"P{at}" for at in range(18)]
    people = [ids.read("inf", await influencer(net.client, name)) for name in names]
    graph_id = ids.read("gra", await net.put(build(["p0", "p1"], ["x", "y"]), platform="instagram"))
    costs = Constraints.of([5] * 18, budget=20)
    found = await best_for_budget(net.database, await net.workspace(), graph_id, people, costs)
    assert (found.plan.method, sorted(found.plan.places), found.absent) == ("subsets", [0, 1], people[2:])
