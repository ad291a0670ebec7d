"""Making, changing and showing pools; voiding what they hold."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from msgspec import UNSET

from service.accounts.members import store as members
from service.accounts.problems import UnknownMember
from service.advocacy.vouchers import showing, stock, store, worth
from service.advocacy.vouchers.giving import store as giving
from service.advocacy.vouchers.schemas import NewPool, Pool, PoolPatch, PoolRow, StockRow, Voided, VoidFree
from service.kit import clock, ids, mail, money
from service.kit.db import Connection
from service.kit.problems import InvalidInput, NotFound

Fault = dict[str, str]


async def add(db: Connection, workspace_id: UUID, data: NewPool, by: str) -> Pool:
    """A new pool without codes. Raises InvalidInput."""
    faults = worth.faults(data.kind, data.value is not None, data.rate is not None)
    if data.value is not None and data.value.currency not in money.CURRENCIES:
        faults.append({"path": "value.currency", "message": "is no currency of ISO 4217"})
    if data.expires_at is not None and data.expires_at <= await clock.now(db):
        faults.append({"path": "expires_at", "message": "has to lie ahead"})
    faults += await _unknown(db, workspace_id, data.recipients)
    if faults:
        raise InvalidInput("a pool that can't be", errors=faults)
    row = await store.add_pool(
        db,
        workspace_id,
        ids.new(),
        data.name.strip(),
        data.kind,
        None if data.value is None else data.value.amount,
        None if data.value is None else data.value.currency,
        data.rate,
        data.expires_at,
        data.low_stock,
        data.recipients,
        by,
    )
    return showing.pool(row, stock.counted([], is_past=False))


async def change(db: Connection, workspace_id: UUID, row: PoolRow, data: PoolPatch) -> PoolRow:
    """The pool with what was sent. Raises InvalidInput."""
    recipients = row.recipients if data.recipients is UNSET else data.recipients
    if data.recipients is not UNSET and (faults := await _unknown(db, workspace_id, recipients)):
        raise InvalidInput("people who can't be told", errors=faults)
    return await store.save_pool(
        db,
        workspace_id,
        row.id,
        row.name if data.name is UNSET else data.name.strip(),
        row.expires_at if data.expires_at is UNSET else data.expires_at,
        row.low_stock if data.low_stock is UNSET else data.low_stock,
        recipients,
        row.status == "closed" if data.closed is UNSET else data.closed,
    )


async def with_stock(db: Connection, workspace_id: UUID, rows: Sequence[PoolRow]) -> list[Pool]:
    """Pools with what they hold."""
    by_pool: defaultdict[UUID, list[StockRow]] = defaultdict(list)
    for one in await store.stock(db, workspace_id, [row.id for row in rows]):
        by_pool[one.pool_id].append(one)
    now = await clock.now(db)
    return [
        showing.pool(
            row,
            stock.counted(by_pool[row.id], is_past=row.expires_at is not None and row.expires_at <= now),
        )
        for row in rows
    ]


async def void_free(db: Connection, workspace_id: UUID, pool_id: UUID, data: VoidFree) -> Voided:
    """Voids the codes that nobody has been given. Raises UnknownPool."""
    row = await store.get_pool(db, workspace_id, pool_id)
    if data.dry_run:
        held = await store.stock(db, workspace_id, [row.id])
        return Voided(sum(one.codes for one in held if one.status == "free"), True)
    return Voided(await giving.void_free(db, workspace_id, row.id, data.reason), False)


async def _unknown(db: Connection, workspace_id: UUID, recipients: Sequence[str]) -> list[Fault]:
    found = []
    for at, one in enumerate(recipients):
        try:
            if "@" in one:
                mail.check(one)
            else:
                await members.get_member(db, workspace_id, ids.read("usr", one))
        except mail.BadAddress:
            found.append({"path": f"recipients[{at}]", "message": "is no e-mail address"})
        except (UnknownMember, NotFound):
            found.append({"path": f"recipients[{at}]", "message": "is no member of the workspace"})
    return found
