"""A month's statement from the sums of its entries. Pure."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from service.ledger.statements.schemas import CurrencyStatement, Movement, Standing, SumRow


def by_currency(rows: Sequence[SumRow]) -> list[CurrencyStatement]:
    """A statement per currency; one that is empty all along is left out."""
    ordered = sorted(rows, key=lambda row: (row.currency, row.kind))
    found = [
        _statement(currency, list(group)) for currency, group in groupby(ordered, lambda row: row.currency)
    ]
    return [each for each in found if each.movements or each.opening.owed or each.closing.owed]


def _statement(currency: str, rows: Sequence[SumRow]) -> CurrencyStatement:
    month = [row for row in rows if not row.before]
    return CurrencyStatement(
        currency=currency,
        opening=standing(row for row in rows if row.before),
        earned=sum(row.earned for row in month),
        paid=sum(row.paid for row in month),
        movements=[
            Movement(row.kind, row.entries, row.earned, row.paid) for row in month if row.earned or row.paid
        ],
        closing=standing(rows),
    )


def standing(rows: Iterable[SumRow]) -> Standing:
    """What is owed after these entries."""
    kept = list(rows)
    pending, on_hold, payable = (
        sum(getattr(row, name) for row in kept) for name in ("pending", "on_hold", "payable")
    )
    return Standing(pending, on_hold, payable, pending + on_hold + payable)
