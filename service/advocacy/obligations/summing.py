"""Obligations out of counts: a line per kind and unit, and what is open in each unit. Pure."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from io import StringIO

from service.advocacy.obligations.expecting import Expected, Open, Past, chance, cost, together
from service.advocacy.obligations.schemas import (
    AlikeRow,
    Chance,
    ExpectedCost,
    ExpectedTotal,
    Obligation,
    Obligations,
    Part,
    PastRow,
    StandingRow,
)
from service.advocacy.terms.shapes import RewardKind
from service.imports.rejects_csv import BOM

STANDINGS = ("waiting", "ready", "overdue", "delivered", "expired", "withdrawn")
OPEN = frozenset(("waiting", "ready", "overdue"))
COLUMNS = (
    *("kind", "currency", "promised"),
    *(column for name in STANDINGS for column in (name, f"{name}_amount")),
    *("unpriced", "chance", "expected_cost", "expected_cost_low", "expected_cost_high"),
)
_NONE = Past(0, 0)


def told_apart(rows: Sequence[AlikeRow]) -> tuple[list[StandingRow], list[PastRow]]:
    """Where the rewards of the period stand, and what became of those that were due within the year."""
    standing: list[StandingRow] = []
    past: dict[RewardKind, PastRow] = {}
    for row in rows:
        if row.in_span:
            standing.append(StandingRow(row.kind, row.currency, row.standing, row.worth, row.amount, row.n))
        if row.was_due:
            of_kind = past.setdefault(row.kind, PastRow(row.kind, 0, 0))
            of_kind.delivered += row.n * (row.standing == "delivered")
            of_kind.lost += row.n * (row.standing in ("expired", "withdrawn"))
    return standing, [*past.values()]


def summed(rows: Sequence[StandingRow], past: Sequence[PastRow], as_of: datetime) -> Obligations:
    """The whole answer."""
    learnt = {row.kind: Past(row.delivered, row.lost) for row in past}
    lines: defaultdict[tuple[RewardKind, str | None], list[StandingRow]] = defaultdict(list)
    for row in rows:
        lines[row.kind, row.currency].append(row)
    data = [_line(group, learnt.get(group[0].kind, _NONE)) for group in lines.values()]
    return Obligations(as_of, data, _totals(rows, learnt), sum(one.unpriced for one in data))


def opened(rows: Iterable[StandingRow]) -> list[Open]:
    """The open ones whose worth is known."""
    counts: Counter[int] = Counter()
    for row in rows:
        if row.standing in OPEN and row.worth is not None:
            counts[row.worth] += row.n
    return [Open(worth, n) for worth, n in sorted(counts.items())]


def _line(rows: Sequence[StandingRow], past: Past) -> Obligation:
    parts = {name: _part([row for row in rows if row.standing == name]) for name in STANDINGS}
    priced = opened(rows)
    unpriced = sum(row.n for row in rows if row.standing in OPEN and row.worth is None)
    return Obligation(
        kind=rows[0].kind,
        currency=rows[0].currency,
        promised=_part(rows),
        **parts,
        unpriced=unpriced,
        chance=Chance(*chance(past), past.delivered, past.lost),
        expected_cost=None if unpriced and not priced else ExpectedCost(*_whole(cost(past, priced))),
    )


def _totals(rows: Sequence[StandingRow], learnt: Mapping[RewardKind, Past]) -> list[ExpectedTotal]:
    units = sorted({row.currency for row in rows if row.currency is not None})
    found = []
    for unit in units:
        mine = [row for row in rows if row.currency == unit]
        kinds = sorted({row.kind for row in mine})
        parts = [(learnt.get(kind, _NONE), opened(row for row in mine if row.kind == kind)) for kind in kinds]
        found.append(ExpectedTotal(unit, *_whole(together(parts))))
    return found


def _part(rows: Sequence[StandingRow]) -> Part:
    known = [row.amount for row in rows if row.amount is not None]
    return Part(sum(row.n for row in rows), sum(known) if len(known) == len(rows) else None)


def _whole(expected: Expected) -> tuple[int, int, int]:
    return round(expected.value), round(expected.low), round(expected.high)


def sheet(found: Obligations) -> str:
    """The lines as a spreadsheet, amounts in minor units or points."""
    out = StringIO()
    write = csv.writer(out).writerow
    write(COLUMNS)
    for one in found.data:
        parts = [getattr(one, name) for name in STANDINGS]
        expected = one.expected_cost
        write(
            [
                *(one.kind, one.currency, one.promised.count),
                *(figure for part in parts for figure in (part.count, part.amount)),
                *(one.unpriced, round(one.chance.value, 4)),
                *((None,) * 3 if expected is None else (expected.amount, expected.low, expected.high)),
            ]
        )
    return BOM + out.getvalue()
