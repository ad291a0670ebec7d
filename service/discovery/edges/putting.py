"""A batch of a file of edges into the table. A row that was taken in before changes nothing."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from service.discovery.edges import store
from service.discovery.edges.ends import folded, nodes_of
from service.discovery.edges.following import look_again
from service.discovery.edges.schemas import EdgeRow
from service.imports.outcomes import SUPPRESSED, Origin, Outcome
from service.influencers.identity import digest, workspace_key
from service.kit.db import Connection

LEFT = Outcome("rejected", SUPPRESSED, "opted out or erased")
LOOP = Outcome("rejected", "self_loop")

Key = tuple[int, int, str, datetime | None]


class Staged(Struct):
    """All rows of a batch that speak of one edge: the last one's weight, and a digest of each."""

    weight: float
    digests: list[int]
    places: list[int]


async def put_edges(db: Connection, origin: Origin, rows: Sequence[EdgeRow]) -> list[Outcome]:
    """Adds or changes edges, and asks for authority to be computed anew; an outcome for each row."""
    key = workspace_key(origin.settings, origin.workspace_id)
    ends = list(dict.fromkeys(end for row in rows for end in (row.src, row.dst)))
    found = await nodes_of(db, origin.workspace_id, key, ends, strict=True)
    nodes = dict(zip(ends, found, strict=True))
    outcomes: list[Outcome] = [LEFT] * len(rows)
    staged: dict[Key, Staged] = {}
    for at, row in enumerate(rows):
        src, dst = nodes[row.src], nodes[row.dst]
        if src is None or dst is None:
            continue
        if src == dst:
            outcomes[at] = LOOP
            continue
        _stage(staged, (src, dst, row.kind, row.at), row, at)
    for at, outcome in await _put(db, origin, staged):
        outcomes[at] = outcome
    if any(outcome.status in ("created", "updated") for outcome in outcomes):
        await look_again(db, origin.workspace_id)
    return outcomes


def _stage(staged: dict[Key, Staged], key: Key, row: EdgeRow, at: int) -> None:
    known = staged.setdefault(key, Staged(row.weight, [], []))
    known.weight = row.weight
    told = digest((row.src.platform, folded(row.src), folded(row.dst), row.kind, row.weight, row.at))
    if told not in known.digests:
        known.digests.append(told)
    known.places.append(at)


async def _put(db: Connection, origin: Origin, staged: dict[Key, Staged]) -> list[tuple[int, Outcome]]:
    """The outcome at each place: of several rows of one edge the first made it, the others say it again."""
    sources, targets, kinds, times = zip(*staged, strict=True) if staged else ((), (), (), ())
    written = await store.put_edges(
        db,
        origin.workspace_id,
        sources,
        targets,
        kinds,
        [one.weight for one in staged.values()],
        times,
        [" ".join(map(str, one.digests)) for one in staged.values()],
        origin.source,
    )
    by_number = {each.n: Outcome(each.status) for each in written}
    return [
        (place, by_number[number] if nth == 0 else Outcome("unchanged"))
        for number, one in enumerate(staged.values(), 1)
        for nth, place in enumerate(one.places)
    ]
