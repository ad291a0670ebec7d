"""Sums forests up where something has changed."""

from msgspec import Struct

from service.advocacy.trees import actions, store
from service.kit.db import Database
from service.kit.jobs import Work, enqueue, job, scheduled
from service.settings import Settings

SUM = "advocacy.trees"


class Summed(Struct):
    """changes: that were added to sums; programs: that were summed up anew."""

    changes: int = 0
    programs: int = 0


@job(SUM)
async def sum_forests(work: Work, payload: None) -> Summed:
    """A few hundred changes a transaction; a program that is new, or has changed in very many places, all at
    once."""
    summed = Summed()
    async with work.transaction() as db:
        waiting = await store.waiting(db, work.workspace_id)
    for program in waiting:
        if program.new or program.changes > actions.MANY:
            async with work.transaction() as db:
                await actions.sum_up(db, work.workspace_id, program.program_id)
            summed.programs += 1
            continue
        done = actions.AT_ONCE
        while done == actions.AT_ONCE:
            async with work.transaction() as db:
                done = await actions.fold(db, work.workspace_id, program.program_id)
            summed.changes += done
            await work.progress(summed.changes)
    return summed


@scheduled("advocacy.trees", "* * * * *")
async def sum_all(settings: Settings, database: Database) -> None:
    """Looks where somebody came, bought or joined."""
    async with database.connection() as db:
        workspaces = await store.branching_workspaces(db)
    for workspace_id in workspaces:
        async with database.transaction(workspace_id) as db:
            await enqueue(db, workspace_id, SUM, dedupe=SUM)
