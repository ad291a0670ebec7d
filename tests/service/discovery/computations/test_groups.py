"""Communities through the API: sizes, what they are about, members."""

from graph.build import Graph, build
from tests.service.discovery.api import influencer
from tests.service.discovery.computations.conftest import Net


def cliques(*names: str, size: int = 4) -> Graph:
    """Cliques of nodes such as a0, a1, ...; the first ones are larger."""
    ends = [
        (f"{name}{one}", f"{name}{other}")
        for at, name in enumerate(names)
        for one in range(size - at)
        for other in range(size - at)
        if one != other
    ]
    return build(*zip(*ends, strict=True))


async def test_the_largest_first_with_their_members(net: Net):
    graph_id = await net.put(cliques("a", "b", "c", size=6))
    found = await net.get(graph_id, "communities", limit=2)
    assert (found["communities"], found["nodes"]) == (3, 15)
    assert [(each["community"], each["size"]) for each in found["data"]] == [(0, 6), (1, 5)]
    assert found["modularity"] > 0.5
    assert {each["node"][0] for each in found["data"][0]["top"]} == {"a"}
    assert len(found["data"][0]["top"]) == 5
    rest = await net.get(graph_id, "communities", limit=2, cursor=found["next_cursor"])
    assert [each["size"] for each in rest["data"]] == [4]
    assert rest["has_more"] is False
    first = await net.get(graph_id, "communities/members", community=1, limit=3)
    second = await net.get(graph_id, "communities/members", community=1, limit=3, cursor=first["next_cursor"])
    rows = [*first["data"], *second["data"]]
    assert {row["node"] for row in rows} == {f"b{n}" for n in range(5)}
    assert {row["inside"] for row in rows} == {8.0}
    assert (second["size"], second["has_more"]) == (5, False)


async def test_labels_follow_the_members_categories(net: Net):
    for name, category in (("A0", "beauty"), ("A1", "beauty"), ("A2", "food"), ("B0", "sports")):
        await influencer(net.client, name, categories=[category])
    graph_id = await net.put(cliques("a", "b", "c"), platform="instagram")
    labels = [each["label"] for each in (await net.get(graph_id, "communities"))["data"]]
    assert labels[0] == {"category": "beauty", "share": 2 / 3, "known": 3}
    assert labels[1] == {"category": "sports", "share": 1.0, "known": 1}
    assert labels[2] == {"category": None, "share": 0.0, "known": 0}
    assert await net.results() == 2
    await influencer(net.client, "C1", categories=["travel"])
    again = [each["label"]["category"] for each in (await net.get(graph_id, "communities"))["data"]]
    assert again == ["beauty", "sports", "travel"]
    assert (await net.get(graph_id, "communities/members", community=2))["label"]["category"] == "travel"
    # Labels of an older state are not kept.
    assert await net.results() == 2
    # As ids of another platform they are nobody's.
    answer = await net.client.patch(f"/v1/graphs/{graph_id}", json={"platform": "twitch"})
    assert answer.status_code == 200
    nobody = (await net.get(graph_id, "communities"))["data"]
    assert {each["label"]["known"] for each in nobody} == {0}
