"""Trees of referrals as the API shows them, placed for drawing. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from service.advocacy.members.schemas import AdvocateStatus
from service.advocacy.trees.schemas import (
    Customers,
    ForestFigures,
    NetBrought,
    ReferralTree,
    TreeNode,
    TreePerson,
    TreeRoot,
    TreeTotals,
)
from service.advocacy.trees.store import DrawnRow, ForestRow, PersonRow
from service.kit.ids import show
from service.kit.money import Money


def tree(rows: Sequence[DrawnRow], path: Sequence[PersonRow], as_of: datetime | None) -> ReferralTree:
    """The tree whose rows are in the order in which they are drawn, the one that was asked for first."""
    # numpy, which an API process that draws nothing does without.
    import numpy as np

    from graph.referrals.drawing import drawn
    from graph.referrals.forest import NOBODY, grown

    parents = np.array([NOBODY, *(row.row for row in rows[1:])], dtype=np.int32)
    weights = np.array([row.people for row in rows], dtype=np.int64)
    everyone = len(rows)
    placed = drawn(grown(parents), 0, weights=weights, deep=everyone, wide=everyone, most=everyone)
    at = {each.place: each for each in placed}
    nodes = []
    for n, row in enumerate(rows):
        parent = rows[row.row] if n else None
        nodes.append(
            TreeNode(
                *_person(row),
                None if parent is None else row.row,
                None if parent is None else _id(parent),
                at[n].depth,
                at[n].x,
                row.accounts + row.friends,
                row.friends,
                row.accounts - at[n].brought,
                row.people,
                _customers(row),
                nets(row.nets),
            )
        )
    top = rows[0]
    return ReferralTree(
        show("prg", top.program_id), as_of, [TreePerson(*_person(row)) for row in path], nodes, _totals(top)
    )


def _totals(top: DrawnRow) -> TreeTotals:
    return TreeTotals(top.people, len(top.generations), top.generations, _customers(top), nets(top.nets))


def root(row: DrawnRow) -> TreeRoot:
    """A tree by its first."""
    return TreeRoot(
        *_person(row),
        row.accounts + row.friends,
        row.friends,
        row.people,
        len(row.generations),
        _customers(row),
        nets(row.nets),
    )


def figures(row: ForestRow | None) -> ForestFigures:
    """How a forest branches; of none, that there is nobody."""
    from graph.referrals.bringing import branched

    of_each = {} if row is None else {int(brought): those for brought, those in row.of_each.items()}
    counts = [of_each.get(brought, 0) for brought in range(max(of_each, default=-1) + 1)]
    made = branched(counts, [] if row is None or not counts else row.generations)
    return ForestFigures(
        made.people,
        made.roots,
        made.referrers,
        made.per_person,
        made.per_referrer,
        made.generations,
        made.top_share,
    )


def nets(found: Mapping[str, Sequence[int]]) -> list[NetBrought]:
    """By currency, which are never summed.

    >>> nets({"TRY": [100, 350]})[0].beyond
    Money(amount=250, currency='TRY')
    """
    return [
        NetBrought(Money(own, currency), Money(whole - own, currency))
        for currency, (own, whole) in sorted(found.items())
    ]


def _customers(row: DrawnRow) -> Customers:
    return Customers(row.customers, row.all_customers - row.customers)


def _id(row: DrawnRow | PersonRow) -> str | None:
    return None if row.erased else show("adv", row.advocate_id)


def _person(row: DrawnRow | PersonRow) -> tuple[str | None, str | None, AdvocateStatus, bool]:
    return _id(row), None if row.erased else row.name, row.status, row.erased
