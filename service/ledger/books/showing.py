"""Rows of the books as the API shows them. Pure."""

from collections import defaultdict
from collections.abc import Sequence

from service.kit.ids import show, show_or_none
from service.kit.money import Units
from service.ledger.books.schemas import (
    Balance,
    CountsRow,
    Difference,
    DifferenceRow,
    Entry,
    EntryRow,
    LedgerAccount,
    LedgerAccountRow,
    Line,
    Recount,
    Total,
    TotalRow,
    Totals,
)

_PREFIXES = {"account": "lac", "entry": "ent", "commission": "com"}


def shown(row: EntryRow) -> Entry:
    """An entry with its lines."""
    return Entry(
        id=show("ent", row.id),
        kind=row.kind,
        partner_id=show("prt", row.partner_id),
        commission_id=show_or_none("com", row.commission_id),
        reason=row.reason,
        details=row.details,
        lines=[
            Line(
                account_id=show("lac", line.account_id),
                account=line.account,
                amount=Units(line.amount, line.currency),
                commission_id=show_or_none("com", line.commission_id),
            )
            for line in row.lines
        ],
        created_by=row.created_by,
        created_at=row.created_at,
    )


def account(row: LedgerAccountRow) -> LedgerAccount:
    """An account."""
    return LedgerAccount(
        id=show("lac", row.id),
        kind=row.kind,
        partner_id=show("prt", row.partner_id),
        balance=Units(row.balance, row.currency),
        created_at=row.created_at,
    )


def totals(rows: Sequence[TotalRow]) -> Totals:
    """What the ledger holds."""
    found = [Total(row.kind, Units(row.balance, row.currency)) for row in rows]
    return Totals(found, sums(rows))


def sums(rows: Sequence[TotalRow]) -> list[Units]:
    """Everything of a currency together."""
    by_currency: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        by_currency[row.currency] += row.balance
    return [Units(amount, currency) for currency, amount in sorted(by_currency.items())]


def balances(rows: Sequence[LedgerAccountRow]) -> list[Balance]:
    """A partner's accounts, a row per currency. What was taken back after a payout, and can't be set off
    against what is payable, is `negative`."""
    by_currency: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for row in rows:
        by_currency[row.currency][row.kind] = row.balance
    return [
        Balance(
            currency=currency,
            pending=found.get("pending", 0),
            on_hold=found.get("on_hold", 0),
            payable=max(found.get("payable", 0), 0),
            paid=found.get("paid", 0),
            negative=min(found.get("payable", 0), 0),
            earned=-found.get("expense", 0),
        )
        for currency, found in sorted(by_currency.items())
    ]


def recount(
    counts: CountsRow, rows: Sequence[TotalRow], differences: Sequence[DifferenceRow], most: int
) -> Recount:
    """What a recount found; `most` differences are told."""
    by_currency = sums(rows)
    return Recount(
        ok=not differences and not any(money.amount for money in by_currency),
        accounts=counts.accounts,
        entries=counts.entries,
        postings=counts.postings,
        commissions=counts.commissions,
        sums=by_currency,
        differences=[
            Difference(row.of, show(_PREFIXES[row.of], row.id), row.currency, row.recorded, row.recounted)
            for row in differences[:most]
        ],
        counted_at=counts.counted_at,
    )
