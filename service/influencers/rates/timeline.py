"""A price begins where the one before it ends: days of validity, decided without a database."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

import msgspec

from service.influencers.rates.schemas import RateRow

_DAY = timedelta(days=1)


def follow(known: Sequence[RateRow], new: RateRow) -> list[RateRow]:
    """The rows to write so that `new` holds from its day on: itself, and the one that it ends.

    [] where the price is what holds on that day already. Only prices of the same platform, format, currency
    and source follow each other. An open price ends before the one that is known to come after it; a last
    day that was given stays.
    """
    line = sorted((row for row in known if _kind(row) == _kind(new)), key=lambda row: row.valid_from)
    before = _last(row for row in line if row.valid_from < new.valid_from)
    same = next((row for row in line if row.valid_from == new.valid_from), None)
    after = next((row for row in line if row.valid_from > new.valid_from), None)
    if _says_nothing_new(same or before, new):
        return []
    end = new.valid_to or (after.valid_from - _DAY if after else None)
    written = [msgspec.structs.replace(new, id=same.id if same else new.id, valid_to=end)]
    if before and (before.valid_to is None or before.valid_to >= new.valid_from):
        written.append(msgspec.structs.replace(before, valid_to=new.valid_from - _DAY))
    return written


def holding(known: Sequence[RateRow], new: RateRow) -> RateRow:
    """The price of `new`'s kind that holds on its first day: itself, or the one that made it needless."""
    held = _last(row for row in known if _kind(row) == _kind(new) and row.valid_from <= new.valid_from)
    return held or new


def _kind(row: RateRow) -> tuple[object, ...]:
    return row.influencer_id, row.platform, row.format, row.currency, row.source


def _last(rows: Iterable[RateRow]) -> RateRow | None:
    return next(iter(sorted(rows, key=lambda row: row.valid_from, reverse=True)), None)


def _says_nothing_new(held: RateRow | None, new: RateRow) -> bool:
    if held is None or (held.valid_to is not None and held.valid_to < new.valid_from):
        return False
    tax = new.tax_included is None or new.tax_included == held.tax_included
    return held.amount == new.amount and tax and new.valid_to in (None, held.valid_to)
