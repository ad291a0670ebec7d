"""A batch of a file of influencers."""

from collections.abc import Sequence
from uuid import UUID

import asyncpg
import msgspec

from service.influencers.accounts import store as accounts
from service.influencers.bulk import profile_store as store
from service.influencers.bulk import profile_values as values
from service.influencers.bulk.prices import put_prices, wrong_prices
from service.influencers.bulk.profile_store import FoundRow
from service.influencers.bulk.profile_values import Staged
from service.influencers.bulk.schemas import (
    CREATED,
    SUPPRESSED,
    UNCHANGED,
    UNDECIDED,
    UPDATED,
    Intake,
    Outcome,
    taken,
)
from service.influencers.bulk.suppression import suppressed
from service.influencers.changes import changed, touched
from service.influencers.intake.rows import InfluencerRow
from service.influencers.tables import INFLUENCERS
from service.kit import ids
from service.kit.db import Connection

# A row that another one of its batch may be the same as waits for it; identities are three of a kind.
MOST_ROUNDS = 8
# So often a batch begins anew where somebody took one of its handles in that very moment.
MOST_TRIES = 3


class Taken(msgspec.Struct):
    """What a batch did: which staged rows are new, which people changed."""

    found: dict[int, FoundRow]
    created: set[int]
    changed: set[UUID]


async def put_influencers(db: Connection, intake: Intake, rows: Sequence[InfluencerRow]) -> list[Outcome]:
    """Adds or completes profiles, accounts and snapshots; an outcome for each row.

    A row that was taken in before changes nothing, in whatever order. Rows of one account and day count once:
    the others of it are unchanged.
    """
    if not rows:
        return []
    who = [values.who(row, intake.source) for row in rows]
    refused = dict.fromkeys(await suppressed(db, intake, who), SUPPRESSED) | wrong_prices(rows, intake)
    good = [(at, row, who[at]) for at, row in enumerate(rows) if at not in refused]
    staged = values.together(good, intake)
    await store.alone(db, intake.workspace_id)
    done = await _tried(db, intake, staged)
    outcomes = [refused.get(at, UNCHANGED) for at in range(len(rows))]
    for n, one in enumerate(staged):
        outcome = _outcome(done, n)
        outcomes[one.places[0]] = outcome
        for place in one.places[1:]:
            outcomes[place] = outcome if outcome.status == "rejected" else UNCHANGED
    return outcomes


async def _tried(db: Connection, intake: Intake, staged: list[Staged]) -> Taken:
    for left in reversed(range(MOST_TRIES)):
        try:
            async with db.transaction():
                return await _taken_in(db, intake, staged)
        except asyncpg.UniqueViolationError:
            if not left:
                raise
    raise AssertionError("unreachable")


async def _taken_in(db: Connection, intake: Intake, staged: list[Staged]) -> Taken:
    rates = values.rates(staged)
    people: dict[int, UUID] = {}
    records = [
        (n, one.group, ids.new(), people.setdefault(one.group, ids.new()), *values.columns(one, rate))
        for n, (one, rate) in enumerate(zip(staged, rates, strict=True))
    ]
    await store.stage(db, records)
    done = Taken({}, set(), set())
    for _ in range(MOST_ROUNDS):
        await _round(db, intake, done)
        if len(done.found) == len(staged):
            break
    contacts = await store.add_contacts(db, intake, [ids.new() for _ in staged])
    priced = await put_prices(db, intake, staged, done.found)
    await _tell(db, intake, done, {*contacts, *priced})
    return done


async def _round(db: Connection, intake: Intake, done: Taken) -> None:
    """Decides and writes the rows that can be: those left wait for accounts that are made here."""
    found = {row.n: row for row in await store.look_up(db, intake)}
    new = {n for n, row in found.items() if row.verdict == "new"}
    if new:
        added = set(await store.add(db, intake))
        missed = new - added
        await store.forget(db, sorted(missed))
        found = {n: row for n, row in found.items() if n not in missed}
        done.created |= added
    done.found |= found
    rows = [row for row in found.values() if row.verdict == "known"]
    if rows:
        known = {row.account_id: row for row in rows}
        done.changed |= set(await store.change_people(db, intake))
        await store.add_history(db, intake)
        moved = await store.change_accounts(db, intake)
        late = await store.late_accounts(db, intake)
        await accounts.refresh_figures(db, INFLUENCERS, intake.workspace_id, late)
        done.changed |= {known[account].influencer_id for account in moved if account in known}
        done.changed |= {row.influencer_id for row in rows if row.differs is not False}
    await store.settle(db)


async def _tell(db: Connection, intake: Intake, done: Taken, besides: set[UUID]) -> None:
    new = {done.found[n].influencer_id for n in done.created}
    done.changed |= besides
    await changed(db, intake.workspace_id, sorted(new))
    await touched(db, intake.workspace_id, sorted(done.changed - new))


def _outcome(done: Taken, n: int) -> Outcome:
    row = done.found.get(n)
    if row is None:
        return UNDECIDED
    if row.verdict == "conflict":
        return taken(ids.show("inf", row.other_id or row.influencer_id))
    if n in done.created:
        return CREATED
    return UPDATED if row.verdict == "known" and row.influencer_id in done.changed else UNCHANGED
