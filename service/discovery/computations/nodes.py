"""From what people write to places in the graph, and from places to what people read."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, cast
from uuid import UUID

from graph.build import Graph
from service.discovery.computations import store
from service.discovery.graphs import reading
from service.discovery.graphs.schemas import GraphRow, Member, NodeId
from service.influencers.schemas import Platform
from service.kit import ids
from service.kit.db import Connection
from service.kit.problems import NotFound
from service.kit.text import fold_tr
from service.settings import Settings


class Shown(NamedTuple):
    """How nodes are shown. Those of people who opted out or were erased are in neither."""

    labels: Mapping[NodeId, str]
    members: Mapping[NodeId, Member]

    def influencer_id(self, node: NodeId) -> str | None:
        return ids.show("inf", self.members[node].influencer_id) if node in self.members else None

    def name(self, node: NodeId) -> str | None:
        return self.members[node].name if node in self.members else None

    def platform(self, node: NodeId) -> Platform | None:
        return cast("Platform | None", self.members[node].platform) if node in self.members else None

    def category(self, node: NodeId) -> str | None:
        return self.members[node].category if node in self.members else None


async def shown(
    db: Connection, settings: Settings, workspace_id: UUID, row: GraphRow, nodes: Sequence[NodeId]
) -> Shown:
    """What is shown of nodes."""
    return Shown(
        await reading.labels(db, settings, row, workspace_id, nodes),
        await reading.members(db, workspace_id, row.id, nodes),
    )


async def places_of(
    db: Connection, workspace_id: UUID, row: GraphRow, graph: Graph, asked: Iterable[str | int]
) -> dict[str, list[int]]:
    """Where nodes and influencers (`inf_...`) stand: by the text of what was asked; absent: nowhere.

    A node that is called so goes before an influencer of that id.
    """
    texts = list(dict.fromkeys(map(str, asked)))
    nodes = reading.present(graph, texts)
    found = {text: [place] for text, place in _placed(graph, nodes).items()}
    people = {text: who for text in texts if text not in found and (who := _influencer(text)) is not None}
    theirs = await reading.nodes_of(db, workspace_id, row, graph, list(people.values())) if people else {}
    for text, who in people.items():
        if theirs.get(who):
            found[text] = sorted(set(graph.places(theirs[who]).tolist()))
    return found


async def topic_places(
    db: Connection, workspace_id: UUID, row: GraphRow, graph: Graph, topic: str
) -> list[int]:
    """Nodes of influencers with a category, however it is written."""
    same = [each for each in await store.categories(db, workspace_id) if fold_tr(each) == fold_tr(topic)]
    people = await store.influencers_of(db, workspace_id, same) if same else []
    found = await reading.nodes_of(db, workspace_id, row, graph, people) if people else {}
    nodes = [node for theirs in found.values() for node in theirs]
    return sorted(set(graph.places(nodes).tolist())) if nodes else []


async def categories_by_place(
    db: Connection, workspace_id: UUID, row: GraphRow, graph: Graph
) -> dict[int, str]:
    """The first category of each node that is an influencer with one."""
    links = await store.categorised(db, workspace_id)
    found = await reading.nodes_of(db, workspace_id, row, graph, [each.influencer_id for each in links])
    told = [(node, each.category) for each in links for node in found.get(each.influencer_id, [])]
    places = graph.places([node for node, _ in told]).tolist() if told else []
    return {place: category for place, (_, category) in zip(places, told, strict=True)}


def _placed(graph: Graph, nodes: Mapping[str, NodeId]) -> dict[str, int]:
    places = graph.places(list(nodes.values())).tolist() if nodes else []
    return dict(zip(nodes, places, strict=True))


def _influencer(text: str) -> UUID | None:
    try:
        return ids.read("inf", text) if text.startswith("inf_") else None
    except NotFound:
        return None
