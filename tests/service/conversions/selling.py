"""Programs, partners, coupons and clicks, as tests of orders need them."""

import os
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from service.kit import ids
from service.kit.db import Connection
from service.programs.terms import Attribution, Hold, Rule, Terms
from tests.service.links.stored_clicks import make_days

TEN = Terms(rules=[Rule("sale", rate="0.10")], hold=Hold(days=14, since="event"))  # type: ignore[arg-type]


async def add_program(db: Connection, workspace: UUID, terms: Terms = TEN, **attribution: Any) -> UUID:
    """A program whose terms hold from the beginning."""
    program_id: UUID = ids.new()
    if attribution:
        terms = msgspec.structs.replace(terms, attribution=Attribution(**attribution))
    await db.execute(
        "insert into programs (workspace_id, id, name, folded, kind) values ($1, $2, 'P', 'p', 'affiliate')",
        workspace,
        program_id,
    )
    await db.execute(
        "insert into program_history (workspace_id, program_id, since, status)"
        " values ($1, $2, '-infinity', 'active')",
        workspace,
        program_id,
    )
    await db.execute(
        "insert into program_terms (workspace_id, program_id, version, terms, created_by)"
        " values ($1, $2, 1, $3, 'test')",
        workspace,
        program_id,
        msgspec.to_builtins(terms),
    )
    return program_id


async def add_partner(db: Connection, workspace: UUID, name: str, program_id: UUID) -> UUID:
    """A partner who has always been in the program."""
    partner_id: UUID = ids.new()
    await db.execute(
        "insert into partners (workspace_id, id, name, slug, name_folded, program_id)"
        " values ($1, $2, $3, lower($3), lower($3), $4)",
        workspace,
        partner_id,
        name,
        program_id,
    )
    await db.execute(
        "insert into partner_history (workspace_id, partner_id, since, program_id, status)"
        " values ($1, $2, '-infinity', $3, 'active')",
        workspace,
        partner_id,
        program_id,
    )
    return partner_id


async def add_coupon(db: Connection, workspace: UUID, code: str, partner_id: UUID) -> None:
    """The partner's own coupon."""
    await db.execute(
        "insert into coupons (workspace_id, id, code, folded, kind, partner_id)"
        " values ($1, $2, $3, lower($3), 'exclusive', $4)",
        workspace,
        ids.new(),
        code,
        partner_id,
    )


def click_at(at: datetime) -> UUID:
    """The id of a click of that time."""
    number = int(at.timestamp() * 1000) << 80 | int.from_bytes(os.urandom(9)) | 7 << 76 | 2 << 62
    return UUID(int=number & ~(8 << 76) & ~(1 << 62))


async def add_click(db: Connection, workspace: UUID, click_id: UUID, at: datetime, partner_id: UUID) -> None:
    """A click on a link of the partner's."""
    await make_days(db, [at.date()])
    await db.execute(
        """insert into clicks (workspace_id, clicked_at, id, link_id, partner_id, kind, counted, visitor)
           values ($1, $2, $3, $4, $5, 'redirect', true, $6)""",
        workspace,
        at,
        click_id,
        ids.new(),
        partner_id,
        os.urandom(16),
    )


async def balances(db: Connection, workspace: UUID) -> dict[tuple[str, UUID], int]:
    """Every account that isn't 0."""
    rows = await db.fetch("select kind, partner_id, balance from ledger_accounts where balance <> 0")
    return {(row["kind"], row["partner_id"]): row["balance"] for row in rows}
