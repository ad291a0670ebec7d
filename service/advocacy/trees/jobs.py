"""Sums forests up where something has changed."""

from uuid import UUID

from msgspec import Struct

from service.advocacy.trees import actions, store
from service.advocacy.trees.store import WaitingRow
from service.kit.db import Database
from service.kit.jobs import Work, enqueue, job, scheduled
from service.settings import Settings

SUM, ANEW = "advocacy.trees", "advocacy.trees_anew"


class OfProgram(Struct, frozen=True):
    program_id: UUID


class Summed(Struct):
    """How many changes were added to sums."""

    changes: int = 0


class Accounts(Struct):
    """How many accounts were summed up."""

    accounts: int


@job(SUM, lane="quick")
async def sum_forests(work: Work, payload: None) -> Summed:
    """A few hundred changes a transaction. A program that is new, or has changed in very many places, is
    summed up anew, which takes its time and is in nobody's way."""
    summed = Summed()
    async with work.transaction() as db:
        waiting = await store.waiting(db, work.workspace_id)
        for program in waiting:
            if _is_for_anew(program):
                wanted = OfProgram(program.program_id)
                await enqueue(db, work.workspace_id, ANEW, wanted, dedupe=f"{ANEW} {program.program_id}")
    for program in waiting:
        done = 0 if _is_for_anew(program) else actions.AT_ONCE
        while done == actions.AT_ONCE:
            async with work.transaction() as db:
                done = await actions.fold(db, work.workspace_id, program.program_id)
            summed.changes += done
            await work.progress(summed.changes)
    return summed


def _is_for_anew(program: WaitingRow) -> bool:
    return program.new or program.changes > actions.MANY


@job(ANEW)
async def sum_anew(work: Work, payload: OfProgram) -> Accounts:
    """All of a program at once: 20 s to a minute for a million referrals. One that another job has summed up
    while this one waited is left alone."""
    async with work.transaction() as db:
        await store.take_forest(db, work.workspace_id, payload.program_id)
        waiting = await store.waiting(db, work.workspace_id)
        if not any(_is_for_anew(row) for row in waiting if row.program_id == payload.program_id):
            return Accounts(0)
        return Accounts(await actions.sum_up(db, work.workspace_id, payload.program_id))


@scheduled("advocacy.trees", "* * * * *")
async def sum_all(settings: Settings, database: Database) -> None:
    """Looks where somebody came, bought or joined."""
    async with database.connection() as db:
        workspaces = await store.branching_workspaces(db)
    for workspace_id in workspaces:
        async with database.transaction(workspace_id) as db:
            await enqueue(db, workspace_id, SUM, dedupe=SUM)
