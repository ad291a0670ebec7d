"""Rewards' rows as lots, and what is posted when they change. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from msgspec import structs

from service.advocacy.reasons import lasting
from service.advocacy.rewards.schemas import RewardRow, RewardStatus
from service.advocacy.rewards.wallet import Lot, accounts, brought, left, status
from service.advocacy.terms.shapes import WALLET
from service.kit import ids
from service.ledger.schemas import Entry, EntryKind, Posting

_DECIDED = ("refunded", "total", "gone", "rejected", "held", "redeemed", "expired")
_KINDS: dict[RewardStatus, EntryKind] = {
    "on_hold": "hold",
    "reversed": "reversal",
    "rejected": "rejection",
    "redeemed": "redemption",
    "expired": "expiry",
    "available": "maturity",
    "pending": "postponement",
}


class Why(NamedTuple):
    """What a change of what was redeemed is posted as, and with."""

    given_back: EntryKind = "offset"
    details: Mapping[str, str] = MappingProxyType({})


_OF_ITSELF = Why()


def lot(row: RewardRow) -> Lot:
    """A row of points or credit."""
    return Lot(
        row.id,
        row.amount,
        row.due_at or row.earned_at,
        row.expires_at,
        **{name: getattr(row, name) for name in _DECIDED},
    )


def placed(rows: Sequence[RewardRow], now: datetime) -> list[RewardRow]:
    """Rows with what was decided of them where they belong: lots of one person and unit together."""
    found = {row.id: _thing(row, now) for row in rows if row.kind not in WALLET}
    for unit in {(row.advocate_id, row.currency) for row in rows if row.kind in WALLET}:
        mine = [row for row in rows if (row.advocate_id, row.currency) == unit and row.kind in WALLET]
        lots = brought([lot(row) for row in mine], now)
        found |= {row.id: with_lot(row, one, now) for row, one in zip(mine, lots, strict=True)}
    return [found[row.id] for row in rows]


def with_lot(row: RewardRow, one: Lot, now: datetime) -> RewardRow:
    """The row as its lot is."""
    at = status(one, now)
    return structs.replace(
        row,
        redeemed=one.redeemed,
        expired=one.expired,
        expires_at=one.expires_at,
        rest=left(one),
        status=at,
        reason=_reason(row, at),
    )


def _thing(row: RewardRow, now: datetime) -> RewardRow:
    """A voucher or a discount goes back whole, unless it was given; cash goes as the ledger takes it."""
    at: RewardStatus = "available"
    if row.delivered_at is not None:
        at = "redeemed"
    elif row.rejected is not None:
        at = "rejected"
    elif is_gone(row):
        at = "reversed"
    elif row.held is not None:
        at = "on_hold"
    elif row.due_at is not None and row.due_at > now:
        at = "pending"
    elif row.expires_at is not None and row.expires_at <= now:
        at = "expired"
    return structs.replace(row, status=at, reason=_reason(row, at))


def is_gone(row: RewardRow) -> bool:
    """Whether nothing of a thing stays."""
    return row.gone is not None or row.rejected is not None or 0 < row.total <= row.refunded


def _reason(row: RewardRow, at: RewardStatus) -> str | None:
    return {"on_hold": row.held, "rejected": row.rejected, "reversed": row.gone or "refunded"}.get(at)


def entry(before: RewardRow | None, after: RewardRow, why: Why = _OF_ITSELF) -> Entry | None:
    """What a change of points or credit posts; None: nothing moved. The lines add up to 0."""
    held = {} if before is None else accounts(lot(before), before.status)
    wanted = accounts(lot(after), after.status)
    moved = {kind: wanted.get(kind, 0) - held.get(kind, 0) for kind in {**held, **wanted}}
    lines = tuple(
        Posting(kind, after.currency or "", amount, None) for kind, amount in moved.items() if amount
    )
    if not lines:
        return None
    return Entry(
        key=f"{ids.show('rwd', after.id)}:{after.version}",
        kind=_kind(before, after, why),
        partner_id=after.partner_id,
        commission_id=None,
        reason=lasting(after.reason),
        details={"reward_id": ids.show("rwd", after.id)} | dict(why.details),
        postings=lines,
    )


def _kind(before: RewardRow | None, after: RewardRow, why: Why) -> EntryKind:
    if before is None:
        return "accrual"
    if after.redeemed < before.redeemed:
        return why.given_back
    if after.redeemed > before.redeemed:
        return "redemption"
    if after.amount != before.amount:
        return "correction"
    return _KINDS[after.status] if after.status != before.status else "clawback"
