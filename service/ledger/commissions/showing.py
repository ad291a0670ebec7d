"""Rows as the API shows them. Pure."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import structs

from service.kit.ids import show, show_or_none
from service.kit.money import Money
from service.ledger.books.schemas import Entry
from service.ledger.commissions.schemas import Commission, WholeCommission
from service.ledger.schemas import CommissionRow


def shown(row: CommissionRow) -> Commission:
    """A row of a commission."""
    return Commission(
        id=show("com", row.id),
        partner_id=show("prt", row.partner_id),
        program_id=show_or_none("prg", row.program_id),
        conversion_id=show_or_none("cnv", row.conversion_id),
        kind=row.kind,
        key=row.key,
        step=row.step,
        corrects=show_or_none("com", row.corrects),
        amount=Money(row.amount, row.currency),
        base=None if row.base is None else Money(row.base, row.base_currency),
        status=row.status,
        reason=row.reason or row.cause,
        rule=row.rule,
        link_id=show_or_none("lnk", row.link_id),
        coupon_id=show_or_none("cpn", row.coupon_id),
        click_id=show_or_none("clk", row.click_id),
        occurred_at=row.occurred_at,
        due_at=row.due_at,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def whole(rows: Sequence[CommissionRow], asked: UUID, entries: list[Entry]) -> WholeCommission:
    """The row that was asked for, with all that belong to it."""
    row = next(row for row in rows if row.id == asked)
    net = sum(row.amount for row in rows if row.status != "rejected")
    return WholeCommission(
        **structs.asdict(shown(row)),
        net=Money(net, row.currency),
        rows=[shown(row) for row in rows],
        entries=entries,
        review=rows[0].review,
        cleared=rows[0].cleared,
    )
