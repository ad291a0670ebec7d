"""Brings commissions to what they should be, by posting the difference; holds, releases and rejects them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from msgspec import structs

from service.kit import events
from service.kit.db import Connection
from service.ledger import bringing, store
from service.ledger.commissions.events import SalesEarned
from service.ledger.events import CommissionsMoved
from service.ledger.families import Brought, Earned, Family, Name, asked, brought, families, so_far
from service.ledger.rates import Standing
from service.ledger.schemas import CommissionRow
from service.ledger.targets import CommissionKind, Target
from service.programs.periods import EVER

REASSIGNED = "reassigned"
Decide = Callable[[CommissionRow], CommissionRow]


async def take_turn(db: Connection, workspace_id: UUID, partner_ids: Sequence[UUID]) -> datetime:
    """Waits until nobody else posts for these partners, for the rest of the transaction; the time then.

    `settle` and the others do so by themselves. A transaction that settles for several partners at several
    calls takes all their turns first: two that wait for each other's would be ended by the database.
    """
    return await store.take_turn(db, workspace_id, partner_ids)


async def settle(
    db: Connection,
    workspace_id: UUID,
    conversion_id: UUID,
    targets: Sequence[Target],
    by: str,
    gone: str = REASSIGNED,
) -> list[CommissionRow]:
    """Brings a conversion's commissions to exactly these targets, and gives all their rows.

    What has no target any more is taken back whole, for the reason `gone`. A second time, or after a crash,
    nothing changes. The caller holds the lock of the conversion's row.
    """
    return await settle_many(db, workspace_id, {conversion_id: targets}, by, gone)


async def settle_many(
    db: Connection,
    workspace_id: UUID,
    targets: Mapping[UUID, Sequence[Target]],
    by: str,
    gone: str = REASSIGNED,
) -> list[CommissionRow]:
    """`settle` for many conversions, in as many statements as for one."""
    partner_ids = sorted({target.partner_id for each in targets.values() for target in each})
    now = await store.take_turns(db, workspace_id, partner_ids, list(targets))
    rows = await store.of_conversions(db, workspace_id, list(targets))
    stored = families(rows)
    wanted = [(target, conversion_id) for conversion_id, each in targets.items() for target in each]
    found = _asked(stored, wanted, by, now)
    named = {_name(target, conversion_id) for target, conversion_id in wanted}
    for name, family in stored.items():
        if name not in named:
            found.append(_decided(family, lambda first: structs.replace(first, gone=gone), now))
    return await _write(db, workspace_id, rows, found, by)


async def settle_period(
    db: Connection, workspace_id: UUID, targets: Sequence[Target], by: str
) -> list[CommissionRow]:
    """The same for commissions without a conversion (clicks of a day, a bonus): `key` names the period.

    Others than those of these partners and keys stay as they are; one whose goal is no longer reached is
    brought to `earned` 0.
    """
    named = sorted({(target.partner_id, target.key) for target in targets})
    partner_ids, keys = [each[0] for each in named], [each[1] for each in named]
    now = await store.take_turn(db, workspace_id, partner_ids)
    rows = await store.of_periods(db, workspace_id, partner_ids, keys)
    found = _asked(families(rows), [(target, None) for target in targets], by, now)
    written = await _write(db, workspace_id, rows, found, by)
    await _tell(db, workspace_id, found)
    return written


async def hold(
    db: Connection, workspace_id: UUID, commission_ids: Sequence[UUID], reason: str, by: str
) -> list[CommissionRow]:
    """Stops commissions until somebody has looked at them; what is paid already stays paid."""
    return await _decide(
        db, workspace_id, commission_ids, lambda first: structs.replace(first, held=reason), by
    )


async def release(
    db: Connection, workspace_id: UUID, commission_ids: Sequence[UUID], by: str
) -> list[CommissionRow]:
    """Lets commissions go where they would be without the hold. The review that they were held for does
    not hold them again; another one would."""
    return await _decide(db, workspace_id, commission_ids, _released, by)


def _released(first: CommissionRow) -> CommissionRow:
    reviews = {*first.cleared, *([first.review] if first.review else [])}
    return structs.replace(first, held=None, cleared=sorted(reviews))


async def reject(
    db: Connection, workspace_id: UUID, commission_ids: Sequence[UUID], reason: str, by: str
) -> list[CommissionRow]:
    """Nothing is owed by these commissions; what was paid of them is taken back from what comes next."""
    return await _decide(
        db, workspace_id, commission_ids, lambda first: structs.replace(first, rejected=reason), by
    )


async def reinstate(
    db: Connection, workspace_id: UUID, commission_ids: Sequence[UUID], by: str
) -> list[CommissionRow]:
    """Takes a rejection back: the commissions are where they would be without it."""
    return await _decide(
        db, workspace_id, commission_ids, lambda first: structs.replace(first, rejected=None), by
    )


async def mature(db: Connection, workspace_id: UUID, commission_ids: Sequence[UUID], by: str) -> int:
    """Makes payable what is due by the database's clock; how many rows that are."""
    rows = await _decide(db, workspace_id, commission_ids, lambda first: first, by)
    return sum(row.status == "payable" for row in rows)


class Asked(NamedTuple):
    """Whose standing is asked for: in a program between `since` and `until` (None: always), before `before`;
    of orders of one moment, before `conversion_id`."""

    partner_id: UUID
    program_id: UUID | None
    since: datetime | None
    until: datetime | None
    before: datetime
    conversion_id: UUID | None = None
    kind: CommissionKind = "sale"


async def standings(db: Connection, workspace_id: UUID, asked: Sequence[Asked]) -> list[Standing]:
    """Where partners stand.

    Sales and volume are those before `before`, refunds taken off; `earned` is all of the period but what
    `conversion_id` earns itself, so that a cap holds in whichever order orders come in. What is rejected
    counts for nothing. Takes the partners' turns: nobody earns what a cap leaves twice.
    """
    await store.take_turn(db, workspace_id, sorted({each.partner_id for each in asked}))
    rows = [
        {
            **each._asdict(),
            "n": n,
            "since": each.since or EVER.since,
            "until": each.until or EVER.until,
        }
        for n, each in enumerate(asked)
    ]
    return await store.standings(db, workspace_id, rows)


async def standing(
    db: Connection,
    workspace_id: UUID,
    partner_id: UUID,
    program_id: UUID | None,
    since: datetime | None,
    until: datetime | None,
    before: datetime,
    conversion_id: UUID | None = None,
    kind: CommissionKind = "sale",
) -> Standing:
    """Where one partner stands."""
    asked = Asked(partner_id, program_id, since, until, before, conversion_id, kind)
    return (await standings(db, workspace_id, [asked]))[0]


async def _decide(
    db: Connection, workspace_id: UUID, commission_ids: Sequence[UUID], decide: Decide, by: str
) -> list[CommissionRow]:
    """Decides anew of the commissions that any of their rows names."""
    partner_ids = await store.partners_of(db, workspace_id, commission_ids)
    now = await store.take_turn(db, workspace_id, partner_ids)
    rows = await store.whole(db, workspace_id, commission_ids)
    found = [_decided(family, decide, now) for family in families(rows).values()]
    written = await _write(db, workspace_id, rows, found, by)
    await _tell(db, workspace_id, found)
    return written


async def _tell(db: Connection, workspace_id: UUID, found: Sequence[Brought | None]) -> None:
    moved = [each.first.id for each in found if each is not None]
    if moved:
        await events.emit(db, CommissionsMoved(workspace_id, moved))


def _asked(
    stored: Mapping[Name, Family], wanted: Sequence[tuple[Target, UUID | None]], by: str, now: datetime
) -> list[Brought | None]:
    found = []
    for target, conversion_id in wanted:
        before = stored.get(_name(target, conversion_id))
        family = asked(before, target, conversion_id, by, now)
        earned = Earned(target.earned.amount, target.base)
        found.append(brought(family, earned, before and before.first, now))
    return found


def _name(target: Target, conversion_id: UUID | None) -> Name:
    return conversion_id, target.partner_id, target.key, target.earned.currency


def _decided(family: Family, decide: Decide, now: datetime) -> Brought | None:
    return brought(Family(decide(family.first), family.rows), so_far(family), family.first, now)


async def _write(
    db: Connection,
    workspace_id: UUID,
    rows: Sequence[CommissionRow],
    found: Sequence[Brought | None],
    by: str,
) -> list[CommissionRow]:
    """Writes what changed; all rows as they are then."""
    changed = [each for each in found if each is not None]
    await bringing.write(db, workspace_id, changed, by)
    sales = [row for each in changed for row in (*each.added, *each.moved) if _is_owed_sale(row)]
    if sales:
        await events.emit(db, SalesEarned(workspace_id, sales))
    new = [row for each in changed if each.is_new for row in each.added]
    if len(new) < sum(len(each.added) + len(each.moved) for each in changed) or (changed and not new):
        rows = await store.whole(db, workspace_id, [row.id for row in rows])
    return sorted([*rows, *new], key=lambda row: (row.partner_id, row.key, row.currency, row.n))


def _is_owed_sale(row: CommissionRow) -> bool:
    return row.kind == "sale" and row.n == 0 and row.amount > 0 and row.status in ("pending", "payable")
