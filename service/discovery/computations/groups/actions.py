"""Communities by page: sizes, labels, those at the centre, members."""

from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from service.discovery.computations import pages, store
from service.discovery.computations.asking import Part, Target, following, head
from service.discovery.computations.keeping import keep
from service.discovery.computations.keys import digest
from service.discovery.computations.nodes import Shown, categories_by_place, shown
from service.discovery.computations.operations.base import Computed
from service.discovery.computations.problems import UnfitParameters
from service.discovery.computations.running import Timed
from service.discovery.computations.schemas import (
    Community,
    CommunityLabel,
    CommunityMember,
    MemberList,
    TopMember,
)
from service.discovery.computations.threads import in_thread
from service.kit import ids
from service.kit.db import Connection
from service.settings import Settings

TOP = 5


class LabelParams(msgspec.Struct, frozen=True):
    """Labels are of one state of the workspace's people: who has which category, who opted out.

    platform: whose handles the graph's ids are.
    """

    people: str
    platform: str | None


class Labelled(msgspec.Struct, frozen=True):
    """Labels of the communities that have one, by number."""

    labels: dict[int, CommunityLabel]


async def communities(
    db: Connection, settings: Settings, to: Target, at: Part, limit: int
) -> list[Community]:
    """A page of communities."""
    sizes = await pages.whole(db, to.workspace_id, at.row.id, "sizes", "<i4")
    starts = np.concatenate(([0], np.cumsum(sizes, dtype=np.int64)))
    numbers = range(at.first, min(at.first + limit, len(sizes)))
    labels = await _labels(db, to, at)
    tops = []
    for number in numbers:
        count = min(TOP, int(sizes[number]))
        found = await pages.rows(db, to.workspace_id, at.row.id, pages.PLACES, int(starts[number]), count)
        tops.append(to.graph.nodes[found["places"]].tolist())
    told = await shown(db, settings, to.workspace_id, to.row, [node for top in tops for node in top])
    return [
        Community(
            community=number,
            size=int(sizes[number]),
            label=labels.get(number, NO_LABEL),
            top=[_top(told, node) for node in top if node in told.labels],
        )
        for number, top in zip(numbers, tops, strict=True)
    ]


async def members(
    db: Connection, settings: Settings, to: Target, at: Part, community: int, limit: int
) -> MemberList:
    """A page of the members of a community. Raises UnfitParameters where there is none of the number."""
    sizes = await pages.whole(db, to.workspace_id, at.row.id, "sizes", "<i4")
    if not 0 <= community < len(sizes):
        errors = [{"path": "community", "message": f"is none of the graph's {len(sizes)} communities"}]
        raise UnfitParameters("there is no such community", errors=errors)
    size, start = int(sizes[community]), int(sizes[:community].sum())
    count = max(0, min(limit, size - at.first))
    kinds = pages.PLACES | {"inside": "<f8"}
    found = await pages.rows(db, to.workspace_id, at.row.id, kinds, start + at.first, count)
    nodes = to.graph.nodes[found["places"]].tolist() if count else []
    told = await shown(db, settings, to.workspace_id, to.row, nodes)
    labels = await _labels(db, to, at)
    return MemberList(
        **head(at.row),
        community=community,
        size=size,
        label=labels.get(community, NO_LABEL),
        data=[
            CommunityMember(
                node=node,
                label=told.labels[node],
                influencer_id=told.influencer_id(node),
                name=told.name(node),
                category=told.category(node),
                inside=inside,
            )
            for node, inside in zip(nodes, found["inside"].tolist(), strict=True)
            if node in told.labels
        ],
        **following(at, count, size),
    )


NO_LABEL = CommunityLabel(None, 0.0, 0)


def _top(told: Shown, node: int | str) -> TopMember:
    return TopMember(node, told.labels[node], told.influencer_id(node), told.name(node))


async def _labels(db: Connection, to: Target, at: Part) -> dict[int, CommunityLabel]:
    """What communities are about: kept until somebody's categories change."""
    params = LabelParams(await store.state_of_people(db, to.workspace_id), to.row.platform)
    key = to.row.id, to.row.version, "community_labels", digest("community_labels", params)
    row = await store.find_answer(db, to.workspace_id, *key)
    if row is not None and row.result is not None:
        return msgspec.convert(row.result, Labelled, strict=False).labels
    known = await categories_by_place(db, to.workspace_id, to.row, to.graph)
    codes = await pages.whole(db, to.workspace_id, at.row.id, "codes", "<i4")
    sizes = await pages.whole(db, to.workspace_id, at.row.id, "sizes", "<i4")
    made = await in_thread(lambda: _labelled(codes, sizes, known))
    await store.drop_labels(db, to.workspace_id, to.row.id, to.row.version, key[3])
    params_built = msgspec.to_builtins(params)
    await store.add_question(
        db, to.workspace_id, ids.new(), to.row.id, to.row.version, key[2], key[3], params_built
    )
    begun = await store.lock_answer(db, to.workspace_id, *key)
    if begun is not None and begun.result is None:
        await keep(db, to.workspace_id, begun, Timed(Computed(made), 0.0))
    return made.labels


def _labelled(codes: NDArray[Any], sizes: NDArray[Any], known: dict[int, str]) -> Labelled:
    from graph.communities import Partition, labels

    places = sorted(known)
    part = Partition(codes[places], sizes, 0.0)
    found = labels(part, [known[place] for place in places])
    return Labelled(
        {
            number: CommunityLabel(each.category, each.share, each.known)
            for number, each in enumerate(found)
            if each.known
        }
    )
