"""A batch of a file of followers."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from pyroaring import BitMap

from service.influencers.bulk.accounts import Found, find
from service.influencers.bulk.schemas import CREATED, SUPPRESSED, UNCHANGED, Intake, Outcome
from service.influencers.followers import actions, people, store, turns
from service.influencers.followers.people import Known
from service.influencers.followers.schemas import SetKey
from service.influencers.followers.sets import read_bits, together
from service.influencers.intake.rows import FollowerRow
from service.kit.db import Connection


class _Named(Struct):
    """A row's people by their numbers, and what it says of their set."""

    place: int
    numbers: list[int]
    size: int | None
    moment: datetime


async def put_followers(db: Connection, intake: Intake, rows: Sequence[FollowerRow]) -> list[Outcome]:
    """Adds followers to the sets of accounts that are known; an outcome for each row.

    Nobody is removed: a list that replaces what is known is put by itself. Who is in the set already is
    unchanged.
    """
    if not rows:
        return []
    await turns.wait(db, intake.workspace_id)
    found = await find(db, intake, rows)
    known = [people.known_as(((row.platform, name) for name in row.followers), intake.key) for row in rows]
    taken = [at for at, one in enumerate(found) if isinstance(one, Found)]
    numbers = await people.numbers_in(db, intake.workspace_id, {one for at in taken for one in known[at]})
    outcomes = [one if isinstance(one, Outcome) else SUPPRESSED for one in found]
    sets: dict[SetKey, list[_Named]] = defaultdict(list)
    for at in taken:
        named = _named(at, rows[at], known[at], numbers, intake)
        if named.numbers:
            sets[_key(found[at], rows[at])].append(named)
    for key, added in sorted(sets.items(), key=lambda each: (each[0].account_id, each[0].of)):
        for one, outcome in zip(added, await _add(db, intake, key, added), strict=True):
            outcomes[one.place] = outcome
    return outcomes


def _named(
    at: int, row: FollowerRow, known: Sequence[Known], numbers: Mapping[Known, int], intake: Intake
) -> _Named:
    return _Named(at, [numbers[one] for one in known if one in numbers], row.size, intake.moment(row.as_of))


def _key(found: Found | Outcome, row: FollowerRow) -> SetKey:
    assert isinstance(found, Found)
    return SetKey(found.account_id, row.of)


async def _add(db: Connection, intake: Intake, key: SetKey, added: Sequence[_Named]) -> list[Outcome]:
    """Writes one set; what became of each row."""
    workspace_id: UUID = intake.workspace_id
    prior = await store.find_set(db, workspace_id, key.account_id, key.of)
    before = read_bits(prior.members) if prior else BitMap()
    more, outcomes = BitMap(), []
    for one in added:
        new = BitMap(one.numbers) - before - more
        outcomes.append(CREATED if new else UNCHANGED)
        more |= new
    made = together(prior, before, more, max((one.size or 0 for one in added), default=0))
    as_of = max(one.moment for one in added)
    if prior is None:
        await actions.write(db, workspace_id, key, made, as_of, intake.source, None)
    else:
        source = intake.source if more else prior.source
        await actions.write(db, workspace_id, key, made, max(as_of, prior.as_of), source, prior)
    return outcomes
