"""A batch of a file of influencers."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from service.influencers.accounts import store as accounts
from service.influencers.bulk import known_store, new_store, stage_store
from service.influencers.bulk import profile_values as values
from service.influencers.bulk.new_store import New
from service.influencers.bulk.prices import put_prices, wrong_prices
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
from service.influencers.bulk.stage_store import FoundRow
from service.influencers.bulk.suppression import suppressed
from service.influencers.changes import changed, touched
from service.influencers.intake.rows import InfluencerRow
from service.influencers.tables import INFLUENCERS
from service.kit import clock, ids
from service.kit.db import Connection

# A row that another one of its batch may be the same as waits for it; identities are three of a kind.
MOST_ROUNDS = 8
# So often a batch begins anew where somebody took one of its handles in that very moment.
MOST_TRIES = 3


class Taken(msgspec.Struct):
    """What a batch did: what its rows are to the tables, which of them are new, which people changed."""

    now: datetime
    found: dict[int, FoundRow] = {}
    created: set[int] = set()
    changed: set[UUID] = set()
    owners: dict[int, UUID] = {}

    def owner(self, row: FoundRow) -> UUID:
        """Whose the account of a row is; a group's new accounts are one new person's."""
        if row.influencer_id is not None:
            return row.influencer_id
        if row.grp not in self.owners:
            self.owners[row.grp] = ids.new()
        return self.owners[row.grp]


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
    outcomes = [refused.get(at, UNCHANGED) for at in range(len(rows))]
    if good:
        staged = values.together(good, intake)
        await stage_store.alone(db, intake.workspace_id)
        _say(outcomes, staged, await _tried(db, intake, staged))
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
    columns = values.columns(staged)
    await stage_store.stage(db, columns)
    done = Taken(await clock.now(db))
    for one in staged:
        if owner := intake.persons.find(one.row.person):
            done.owners[one.group] = owner
    tangled = _tangled(columns)
    for _ in range(MOST_ROUNDS):
        await _round(db, intake, done, tangled)
        if len(done.found) == len(staged):
            break
    besides = await put_prices(db, intake, staged, done.found)
    reachable = {n: ids.new() for n, one in enumerate(staged) if one.row.email or one.row.phone}
    if reachable:
        besides |= set(await new_store.add_contacts(db, intake, reachable))
    await _tell(db, intake, done, besides)
    for n, row in done.found.items():
        intake.persons.remember(staged[n].row.person, row.influencer_id)
    return done


def _tangled(columns: Mapping[str, Sequence[Any]]) -> bool:
    handles = [
        key for key in zip(columns["platform"], columns.get("handle_folded", ()), strict=False) if key[1]
    ]
    return len(set(handles)) < len(handles) or len(set(columns["grp"])) < len(columns["grp"])


async def _round(db: Connection, intake: Intake, done: Taken, tangled: bool) -> None:
    """Decides and writes the rows that can be: those left wait for accounts that are made here."""
    found = {row.n: row for row in await stage_store.look_up(db, intake, tangled=tangled)}
    await _add(db, intake, done, found)
    done.found |= found
    rows = [row for row in found.values() if row.verdict == "known"]
    if rows:
        known = {row.account_id: row for row in rows}
        done.changed |= set(await known_store.change_people(db, intake, done.now))
        await known_store.add_history(db, intake, done.now)
        moved = await known_store.change_accounts(db, intake, done.now)
        late = await known_store.late_accounts(db, intake)
        await accounts.refresh_figures(db, INFLUENCERS, intake.workspace_id, late)
        done.changed |= _owners(known[account] for account in moved if account in known)
        done.changed |= _owners(row for row in rows if row.differs is not False)
    await stage_store.settle(db)


async def _add(db: Connection, intake: Intake, done: Taken, found: dict[int, FoundRow]) -> None:
    """Adds what is new; takes out of `found` what somebody else added in this moment."""
    new = [
        New(row.n, ids.new(), done.owner(row), row.influencer_id is not None)
        for row in found.values()
        if row.verdict == "new"
    ]
    if not new:
        return
    added = set(await new_store.add(db, intake, new, done.now))
    missed = [one.n for one in new if one.n not in added]
    if missed:
        await stage_store.forget(db, missed)
    for one in new:
        if one.n in added:
            found[one.n].account_id, found[one.n].influencer_id = one.account_id, one.influencer_id
        else:
            del found[one.n]
    done.created |= added


async def _tell(db: Connection, intake: Intake, done: Taken, besides: set[UUID]) -> None:
    new = _owners(done.found[n] for n in done.created)
    done.changed |= besides
    await changed(db, intake.workspace_id, sorted(new))
    await touched(db, intake.workspace_id, sorted(done.changed - new))


def _say(outcomes: list[Outcome], staged: list[Staged], done: Taken) -> None:
    for n, one in enumerate(staged):
        first, *others = one.places
        outcomes[first] = outcome = _outcome(done, n)
        for place in others:
            outcomes[place] = outcome if outcome.status == "rejected" else UNCHANGED


def _owners(rows: Iterable[FoundRow]) -> set[UUID]:
    return {row.influencer_id for row in rows if row.influencer_id is not None}


def _outcome(done: Taken, n: int) -> Outcome:
    row = done.found.get(n)
    if row is None:
        return UNDECIDED
    if row.verdict == "conflict":
        return taken(ids.show_or_none("inf", row.other_id) or "another profile")
    if n in done.created:
        return CREATED
    return UPDATED if row.verdict == "known" and row.influencer_id in done.changed else UNCHANGED
