"""Partners, clicks, coupons and conversions as rows, without the API."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from msgspec import structs

from service.conversions.facts import Facts
from service.kit import ids
from service.kit.db import Connection
from service.links.front.click_ids import ClickIds

# Of the last days, so that a click's day may have a partition. Whole milliseconds, as clicks have.
AT = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0) - timedelta(days=2)
_IDS = ClickIds()


def facts(**fields: Any) -> Facts:
    """A sale of 100.00 TRY at `AT`."""
    plain = Facts(
        *(ids.new(), "", "sale", "confirmed", 10_000, "TRY", 10_000, 0, (), (), (), (), None, (), None, 0),
        *(None, None, {}, "api", True, AT, None, None),
    )
    return structs.replace(plain, **fields)


async def partner(db: Connection, workspace: UUID, program: UUID | None = None) -> UUID:
    made = ids.new()
    await db.execute(
        """insert into partners (workspace_id, id, program_id, name, slug, name_folded)
           values ($1, $2, $3, 'A', 'a', 'a')""",
        *(workspace, made, program),
    )
    return made


async def program(db: Connection, workspace: UUID, **attribution: Any) -> UUID:
    """A program whose only version of the terms is as old as time."""
    made = ids.new()
    await db.execute(
        """insert into programs (workspace_id, id, name, folded, kind)
           values ($1, $2, 'P', $2::uuid::text, 'affiliate')""",
        *(workspace, made),
    )
    await db.execute(
        """insert into program_terms (workspace_id, program_id, version, valid_from, terms, created_by)
           values ($1, $2, 1, '-infinity', $3, 'test')""",
        *(workspace, made, {"attribution": attribution}),
    )
    return made


async def click(db: Connection, workspace: UUID, partner: UUID | None, at: datetime, **fields: Any) -> UUID:
    """A stored click; its id has its time."""
    made = UUID(bytes=_IDS.new(round(at.timestamp() * 1000))[0])
    row = {"link_id": ids.new(), "visitor": None, "reasons": [], "campaign_id": None, **fields}
    await db.execute("select entry.add_click_days($1)", [at.date()])
    await db.execute(
        """insert into clicks (workspace_id, clicked_at, id, link_id, partner_id, campaign_id, kind, visitor,
               counted, reasons)
           values ($1, $2, $3, $4, $5, $6, 'redirect', $7, cardinality($8::text[]) = 0, $8)""",
        *(workspace, at, made, row["link_id"], partner, row["campaign_id"], row["visitor"], row["reasons"]),
    )
    return made


async def coupon(
    db: Connection, workspace: UUID, code: str, partner: UUID | None, kind: str = "exclusive", **fields: Any
) -> UUID:
    made = ids.new()
    row = {"starts_at": None, "ends_at": None, "limit": None, "archived_at": None, **fields}
    await db.execute(
        """insert into coupons (workspace_id, id, code, folded, kind, partner_id, starts_at, ends_at, "limit",
               archived_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)""",
        *(workspace, made, code.upper(), code, kind, partner),
        *(row["starts_at"], row["ends_at"], row["limit"], row["archived_at"]),
    )
    return made


async def customer(db: Connection, workspace: UUID) -> UUID:
    made = ids.new()
    await db.execute("insert into customers (workspace_id, id) values ($1, $2)", workspace, made)
    return made


async def conversion(
    db: Connection, workspace: UUID, at: datetime, touches: Sequence[dict[str, Any]] = (), **fields: Any
) -> UUID:
    """A conversion with its touches: `{"kind", "partner_id", "at", "share", ...}`."""
    made = ids.new()
    row: dict[str, Any] = {"kind": "sale", "status": "confirmed", "test": False, "amount": 10_000}
    row |= {"currency": "TRY", "refunded": 0, "customer_id": None, **fields}
    row.setdefault("net", row["amount"])
    await db.execute(
        """insert into conversions (workspace_id, id, kind, external_id, status, test, amount, currency, net,
               net_basis, refunded, customer_id, channel, verified, occurred_at)
           values ($1, $2, $3, $2::uuid::text, $4, $5, $6, $7, $8, 'order', $9, $10, 'api', true, $11)""",
        *(workspace, made, row["kind"], row["status"], row["test"], row["amount"], row["currency"]),
        *(row["net"], row["refunded"], row["customer_id"], at),
    )
    for n, touch in enumerate(touches):
        full = {"link_id": None, "coupon_id": None, "click_id": None, "campaign_id": None, "share": 0} | touch
        await db.execute(
            """insert into conversion_touches (workspace_id, conversion_id, n, kind, partner_id, link_id,
                   coupon_id, click_id, campaign_id, at, share)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)""",
            *(workspace, made, n, full["kind"], full["partner_id"], full["link_id"], full["coupon_id"]),
            *(full["click_id"], full["campaign_id"], full.get("at", at), full["share"]),
        )
    return made
