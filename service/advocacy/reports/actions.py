"""A report from the question to the answer."""

import asyncio
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from service.accounts.callers import Caller
from service.advocacy import spans
from service.advocacy.problems import NoAdvocacy
from service.advocacy.reports import keeping, store
from service.advocacy.reports.building import ALL
from service.advocacy.reports.growing import Unit
from service.advocacy.reports.schemas import AdvocacyReport
from service.advocacy.reports.showing import Asked, report
from service.advocacy.terms.store import timezone
from service.kit import ids
from service.kit.db import Connection
from service.kit.jobs import Job
from service.programs.catalogue.store import get_brief

# What else the report tells of: orders, and what partners earn.
NEEDED = frozenset({"conversions:read", "ledger:read"})


async def zone_of(db: Connection, caller: Caller, tz: str | None) -> ZoneInfo:
    """The zone that is asked for, else the workspace's. Raises InvalidInput."""
    return spans.days(None, None, tz or await timezone(db, caller.workspace_id)).zone


async def asked(
    db: Connection,
    caller: Caller,
    program_id: str | None,
    first: date | None,
    last: date | None,
    tz: str | None,
    by: Unit,
    repeat_days: int,
) -> Asked:
    """Raises InvalidInput, UnknownProgram; NoAdvocacy of another kind of program."""
    days = spans.days(first, last, tz or await timezone(db, caller.workspace_id))
    if program_id is None:
        return Asked(None, days, by, repeat_days)
    program = await get_brief(db, caller.workspace_id, ids.read("prg", program_id))
    if program.kind != "advocacy":
        raise NoAdvocacy
    return Asked(program.id, days, by, repeat_days)


async def answer(db: Connection, caller: Caller, question: Asked) -> AdvocacyReport | Job:
    """The report, or the job that makes its figures for the first time."""
    caller.must_hold(NEEDED)
    scope = question.program_id or ALL
    found = await keeping.snapshot(db, caller.workspace_id, scope, question.days.zone)
    if isinstance(found, Job):
        return found
    top = [UUID(bytes=each.advocate_id) for each in found.top]
    names = {row.advocate_id: row.name for row in await store.names(db, caller.workspace_id, top)}
    return await asyncio.to_thread(report, question, found, names)
