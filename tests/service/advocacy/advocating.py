"""Programs, advocates and friends' orders, as tests of advocacy need them."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from service.advocacy.members import store
from service.advocacy.terms.shapes import AdvocacyTerms
from service.conversions.customers import email_key
from service.kit import ids
from service.kit.db import Connection
from tests.service.conversions.selling import add_partner, add_program


async def add_advocacy(db: Connection, workspace: UUID, terms: AdvocacyTerms) -> UUID:
    """A program of kind advocacy, with terms that hold from the beginning."""
    program_id = await add_program(db, workspace)
    await db.execute("update programs set kind = 'advocacy' where id = $1", program_id)
    await db.execute(
        "insert into advocacy_terms (workspace_id, program_id, version, terms, created_by)"
        " values ($1, $2, 1, $3, 'test')",
        *(workspace, program_id, msgspec.to_builtins(terms)),
    )
    return program_id


def key(workspace: UUID, who: str) -> bytes:
    """What somebody is known by."""
    found = email_key(workspace, f"{who}@elci.example")
    assert found is not None
    return found


async def add_advocate(db: Connection, workspace: UUID, program_id: UUID, who: str, at: datetime) -> UUID:
    """Somebody who joined."""
    partner_id = await add_partner(db, workspace, who, program_id)
    advocate_id: UUID = ids.new()
    await store.add_advocate(
        db,
        workspace,
        advocate_id,
        program_id,
        partner_id,
        "customer",
        "api",
        None,
        "active",
        None,
        at,
        "v1",
        None,
        None,
        None,
    )
    await store.add_keys(db, workspace, program_id, [key(workspace, who)], advocate_id)
    return advocate_id


async def add_customer(db: Connection, workspace: UUID, who: str) -> UUID:
    """A customer, known by one key."""
    customer_id: UUID = ids.new()
    await db.execute("insert into customers (workspace_id, id) values ($1, $2)", workspace, customer_id)
    await db.execute(
        "insert into customer_keys (workspace_id, key, kind, customer_id) values ($1, $2, 'email', $3)",
        *(workspace, key(workspace, who), customer_id),
    )
    return customer_id


async def buy(
    db: Connection, workspace: UUID, customer_id: UUID, advocate_id: UUID | None, at: datetime, **more: Any
) -> UUID:
    """An order that is settled: credited to the advocate's partner, or to nobody."""
    row = {"amount": 10_000, "refunded": 0, "kind": "sale", "is_new": True, "status": "confirmed", **more}
    order_id: UUID = ids.new()
    await db.execute(
        """insert into conversions (workspace_id, id, kind, external_id, status, amount, currency, net,
               net_basis, refunded, customer_id, is_new, channel, verified, occurred_at, partner_id)
           values ($1, $2, $3, $4, $5, $6, 'TRY', $6, 'order', $7, $8, $9, 'api', true, $10,
               (select partner_id from advocates where id = $11))""",
        *(workspace, order_id, row["kind"], str(order_id), row["status"], row["amount"], row["refunded"]),
        *(customer_id, row["is_new"], at, advocate_id),
    )
    return order_id


async def refund(db: Connection, order_id: UUID, refunded: int) -> None:
    """So much of an order went back."""
    await db.execute("update conversions set refunded = $2 where id = $1", order_id, refunded)


async def edit(db: Connection, order_id: UUID, net: int) -> None:
    """The shop corrects an order."""
    await db.execute("update conversions set amount = $2, net = $2 where id = $1", order_id, net)
