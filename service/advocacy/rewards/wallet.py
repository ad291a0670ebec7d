"""Points and credit as lots: what of each is left, and what its accounts hold. Pure.

A lot is what one reward gave. Where it stands is a function of what was decided and of the clock. What was
redeemed and then refunded leaves a lot below 0: a debt, which later lots take over as if the redemption had
been theirs. The sum of what is left of the available ones is the balance.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from msgspec import Struct, structs

from service.advocacy.rewards.schemas import RewardStatus
from service.ledger.schemas import AccountKind
from service.ledger.shares import share

_NEVER = datetime.max.replace(tzinfo=UTC)
# What is given back is of no use if it is lost the same minute.
GRACE = timedelta(days=14)
_PLACES: dict[RewardStatus, AccountKind] = {"pending": "reward_pending", "on_hold": "reward_on_hold"}


class TooLittle(ValueError):
    """More was asked for than there is; `available` says how much that is."""

    def __init__(self, available: int) -> None:
        super().__init__(f"{available} are available")
        self.available = available


class Lot(Struct, frozen=True):
    """An amount that was given, and what was decided of it. `gone`, `rejected`: nothing of it stays;
    `refunded` / `total`: the share that goes back."""

    id: UUID
    amount: int
    due_at: datetime
    expires_at: datetime | None = None
    refunded: int = 0
    total: int = 0
    gone: str | None = None
    rejected: str | None = None
    held: str | None = None
    redeemed: int = 0
    expired: int = 0


def stays(lot: Lot) -> int:
    """What refunds and decisions leave of the amount."""
    if lot.gone is not None or lot.rejected is not None:
        return 0
    return lot.amount - share(lot.amount, lot.refunded, lot.total)


def left(lot: Lot) -> int:
    """What can still be redeemed, or, below 0, what was redeemed and isn't there any more."""
    return stays(lot) - lot.redeemed - lot.expired


def status(lot: Lot, now: datetime) -> RewardStatus:
    """Where a lot stands."""
    rest = left(lot)
    if rest < 0:
        return "available"
    if not stays(lot):
        return "rejected" if lot.rejected is not None else "reversed"
    if rest and lot.held is not None:
        return "on_hold"
    if rest:
        return "pending" if lot.due_at > now else "available"
    return "redeemed" if lot.redeemed else "expired"


def accounts(lot: Lot, at: RewardStatus) -> dict[AccountKind, int]:
    """What the accounts of a lot that stands there hold; together 0."""
    return {
        "reward_expense": -stays(lot),
        _PLACES.get(at, "reward_available"): left(lot),
        "reward_redeemed": lot.redeemed,
        "reward_expired": lot.expired,
    }


def balance(lots: Iterable[Lot], now: datetime) -> int:
    """What is available of lots of one unit; negative: it is carried."""
    return sum(left(lot) for lot in lots if status(lot, now) == "available")


def brought(lots: Sequence[Lot], now: datetime) -> list[Lot]:
    """The lots of one person and unit as they should be: what was expired and then taken back is not taken
    twice, debts are set off against what is available, what is over its time expires."""
    found = [
        structs.replace(lot, expired=min(lot.expired, max(stays(lot) - lot.redeemed, 0))) for lot in lots
    ]
    found = _set_off(found, now)
    return [_expired(lot, now) for lot in found]


def redeemed(lots: Sequence[Lot], amount: int, now: datetime) -> list[Lot]:
    """The lots, `brought` before, when so much is redeemed: of those first that expire first. Raises
    TooLittle."""
    if amount > (there := balance(lots, now)):
        raise TooLittle(max(there, 0))
    return _drawn(lots, amount, now)


def returned(lots: Sequence[Lot], amount: int, now: datetime) -> list[Lot]:
    """The lots when so much of what was redeemed is given back, as if it had never been asked for: debts are
    freed first, then what expires last, for a redemption draws from what expires first.

    What comes back can be used for GRACE at least, even if it would have expired by now.
    """
    found: dict[UUID, Lot] = {}
    order = sorted(lots, key=lambda lot: (left(lot) < 0, lot.expires_at or _NEVER, lot.due_at, lot.id))
    for lot in reversed(order):
        if part := min(lot.redeemed, amount):
            amount -= part
            until = None if lot.expires_at is None else max(lot.expires_at, now + GRACE)
            found[lot.id] = structs.replace(lot, redeemed=lot.redeemed - part, expires_at=until)
    return [found.get(lot.id, lot) for lot in lots]


def _drawn(lots: Sequence[Lot], amount: int, now: datetime) -> list[Lot]:
    parts: dict[UUID, int] = {}
    for lot in sorted(lots, key=lambda lot: (lot.expires_at or _NEVER, lot.due_at, lot.id)):
        if status(lot, now) == "available" and (part := min(max(left(lot), 0), amount)):
            parts[lot.id], amount = part, amount - part
    return [structs.replace(lot, redeemed=lot.redeemed + parts.get(lot.id, 0)) for lot in lots]


def _set_off(lots: Sequence[Lot], now: datetime) -> list[Lot]:
    debt = -sum(left(lot) for lot in lots if left(lot) < 0)
    there = sum(max(left(lot), 0) for lot in lots if status(lot, now) == "available")
    moved = rest = min(debt, there)
    if not moved:
        return list(lots)
    found = []
    for lot in lots:
        part = min(max(-left(lot), 0), rest)
        rest -= part
        found.append(structs.replace(lot, redeemed=lot.redeemed - part))
    return _drawn(found, moved, now)


def _expired(lot: Lot, now: datetime) -> Lot:
    over = lot.expires_at is not None and lot.expires_at <= now and status(lot, now) == "available"
    return structs.replace(lot, expired=lot.expired + max(left(lot), 0)) if over else lot
