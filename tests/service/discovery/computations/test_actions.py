"""The objective `spread` of plans: influencers of the workspace, bought for a budget."""

from graph.build import build
from graph.constraints import Constraints
from service.discovery.computations.actions import best_for_budget
from service.kit import ids
from tests.service.discovery.api import influencer
from tests.service.discovery.computations.conftest import Net


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
    assert found.absent == [people[3]]
    assert sorted(found.plan.places) == [1, 2]
    assert found.plan.total_cost == 700
    assert found.plan.lower <= found.plan.spread.value <= found.plan.upper
    assert (found.version, seen == sorted(seen), len(seen) > 1) == (1, True, True)
    must = Constraints.of([600, 400, 300, 100], budget=700, must_include=[0])
    assert (await best_for_budget(net.database, workspace, graph_id, people, must)).plan.places == (0,)
