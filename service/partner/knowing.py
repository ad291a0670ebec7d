"""Ids that a partner names in a filter: what isn't theirs is not found, as if it had never been."""

from uuid import UUID

from service.kit import ids
from service.kit.db import Connection
from service.partner import store


async def program(db: Connection, workspace_id: UUID, text: str | None) -> UUID | None:
    """A program that the partner is or was in. Raises UnknownProgram."""
    return None if text is None else (await store.own_program(db, workspace_id, ids.read("prg", text))).id


async def conversion(db: Connection, workspace_id: UUID, text: str | None) -> UUID | None:
    """An order that the partner has a part of. Raises UnknownConversion."""
    return None if text is None else (await store.own_conversion(db, workspace_id, ids.read("cnv", text))).id


async def link(db: Connection, workspace_id: UUID, text: str | None) -> UUID | None:
    """A link of the partner's. Raises UnknownLink."""
    return None if text is None else (await store.own_link(db, workspace_id, ids.read("lnk", text))).id


async def coupon(db: Connection, workspace_id: UUID, text: str | None) -> UUID | None:
    """A coupon of the partner's. Raises UnknownCoupon."""
    return None if text is None else (await store.own_coupon(db, workspace_id, ids.read("cpn", text))).id
