"""What is agreed with partners, for those who pay them."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar
from uuid import UUID

from service.kit.db import Connection
from service.programs import store
from service.programs.schemas import AgreedRow
from service.programs.terms import DEFAULT, Terms


class Agreed(NamedTuple):
    """The terms that hold for a partner; of nobody's program: version 0, which pays nothing.

    `group` is the partner's of that time (a later change doesn't reach back). `stopped`: why nothing is
    earned then (partner_paused, partner_archived, program_paused, program_archived)."""

    program_id: UUID | None
    program_name: str | None
    version: int
    terms: Terms
    group: str | None = None
    stopped: str | None = None


class Payee(NamedTuple):
    """A partner as of now. `partner_id`: of merged ones the one that stands; `merged`: those that became
    part of it."""

    partner_id: UUID
    program_id: UUID | None
    group: str | None
    status: str
    email_key: str | None
    name: str
    merged: tuple[UUID, ...] = ()


async def agreed_at(
    db: Connection, workspace_id: UUID, partner_ids: Sequence[UUID], at: datetime
) -> dict[UUID, Agreed]:
    """What was agreed at a time (of an order: when it was placed), by the id that was asked for."""
    found = await agreed_then(db, workspace_id, [(each, at) for each in partner_ids])
    return {partner_id: each for (partner_id, _), each in found.items()}


async def agreed_then(
    db: Connection, workspace_id: UUID, moments: Sequence[tuple[UUID, datetime]]
) -> dict[tuple[UUID, datetime], Agreed]:
    """The same for partners at several times."""
    partner_ids, times = [each for each, _ in moments], [at for _, at in moments]
    rows = await store.agreed(db, workspace_id, partner_ids, times)
    terms = {(row.program_id, row.version): row.terms for row in rows if row.terms is not None}
    return {
        moments[row.n - 1]: _agreed(row, terms.get((row.program_id, row.version), DEFAULT)) for row in rows
    }


def _agreed(row: AgreedRow, terms: Terms) -> Agreed:
    stopped = None
    if row.status != "active":
        stopped = f"partner_{row.status}"
    elif row.program_status not in (None, "active"):
        stopped = f"program_{row.program_status}"
    return Agreed(row.program_id, row.program_name, row.version or 0, terms, row.group, stopped)


async def payees(
    db: Connection, workspace_id: UUID, partner_ids: Sequence[UUID], at: datetime | None = None
) -> dict[UUID, Payee]:
    """The partners of these ids, by the id that was asked for: at a time, or now.

    An order from before a merge is the duplicate's own for ever: what is booked never changes its partner.
    """
    found = await payees_then(db, workspace_id, [(each, at) for each in partner_ids])
    return {partner_id: each for (partner_id, _), each in found.items()}


At = TypeVar("At", datetime, datetime | None)


async def payees_then(
    db: Connection, workspace_id: UUID, moments: Sequence[tuple[UUID, At]]
) -> dict[tuple[UUID, At], Payee]:
    """The same for partners at several times."""
    partner_ids, times = [each for each, _ in moments], [at for _, at in moments]
    return {
        moments[row.n - 1]: Payee(
            row.partner_id, row.program_id, row.group, row.status, row.email_key, row.name, tuple(row.merged)
        )
        for row in await store.payees(db, workspace_id, partner_ids, times)
    }
