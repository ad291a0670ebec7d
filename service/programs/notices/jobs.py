"""Mails what was promised, every minute; and finds whom changed terms concern."""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from service.kit import clock, ids
from service.kit.db import Connection, Database
from service.kit.jobs import Work, enqueue, job, scheduled
from service.programs.catalogue import store as programs
from service.programs.catalogue.schemas import ProgramRow, TermsRow
from service.programs.events import TermsChanged
from service.programs.notices import concern, sending, store
from service.programs.notices.schemas import MemberRow, TermsFacts, Told
from service.settings import Settings

TELL = "programs.notices"
TERMS = "programs.terms_changed"
AT_ONCE = 200
# A brand that corrects its terms twice in a row tells of it once.
QUIET = timedelta(minutes=10)
NEWEST = 2**31 - 1
VERSIONS = 100


class ChangedTerms(Struct):
    """`before`: the version that was the newest when the first of the changes came."""

    program_id: UUID
    before: int


@job(TELL, lane="quick")
async def tell(work: Work, payload: None) -> Told:
    """Mails the workspace's notices that wait; so many a transaction."""
    total = Told()
    while True:
        async with work.transaction() as db:
            told = await sending.tell_some(db, work.settings, work.workspace_id, AT_ONCE)
            if told is None:
                await work.finish(db, total)
                return total
        total.sent += told.sent
        total.unwanted += told.unwanted
        await work.progress(total.sent + total.unwanted)


@scheduled(TELL, "* * * * *")
async def tell_all(settings: Settings, database: Database) -> None:
    """Looks where something is to be told."""
    async with database.connection() as db:
        workspaces = await store.noticing_workspaces(db)
    for workspace_id in workspaces:
        async with database.transaction(workspace_id) as db:
            await enqueue(db, workspace_id, TELL, dedupe=TELL)


async def announce(db: Connection, event: TermsChanged) -> None:
    """Handles the event: whom it concerns is found a while later. The program's row is locked."""
    asked = ChangedTerms(event.program_id, event.version - 1)
    dedupe = str(event.program_id)
    await enqueue(db, event.workspace_id, TERMS, asked, delay=QUIET, dedupe=dedupe)


@job(TERMS)
async def promise_terms(work: Work, payload: ChangedTerms) -> Told:
    """Promises a notice to each partner whom the new terms concern."""
    told, after = Told(), None
    while True:
        async with work.transaction() as db:
            members = await store.members(db, work.workspace_id, payload.program_id, after, AT_ONCE)
            program = await programs.get_program(db, work.workspace_id, payload.program_id)
            if not members or program.status == "archived":
                await work.finish(db, told)
                return told
            told.sent += await _promise(db, work, program, payload.before, members)
        after = members[-1].id
        await work.progress(told.sent)


async def _promise(
    db: Connection, work: Work, program: ProgramRow, before: int, members: list[MemberRow]
) -> int:
    """Promises to tell these partners of what concerns them; how many notices that are."""
    versions = await programs.terms_of(db, work.workspace_id, program.id, NEWEST, VERSIONS)
    now, count = await clock.now(db), 0
    for old, new in _changes(versions, before, now):
        facts = TermsFacts(program.name, new.version, _coming(new, now))
        key = f"{program.id} {new.version}"
        for one in members:
            known_as = [ids.show("prt", each) for each in one.known_as]
            if new.version in one.accepted:
                continue
            if concern.concerns(old.terms, new.terms, one.group, known_as, now):
                await sending.promise(db, work.workspace_id, "terms_changed", one.id, one.id, facts, key)
                count += 1
    return count


def _changes(versions: list[TermsRow], before: int, now: datetime) -> list[tuple[TermsRow, TermsRow]]:
    """What to tell of, with what it is compared to: versions in force or to come, newer than `before`."""
    old = next((row for row in versions if row.version <= before), None)
    if old is None:
        return []
    told = [row for row in versions if row.version > before and (row.in_force or _coming(row, now))]
    return [(old, row) for row in sorted(told, key=lambda row: row.version)]


def _coming(row: TermsRow, now: datetime) -> datetime | None:
    return row.valid_from if row.valid_from is not None and row.valid_from > now else None
