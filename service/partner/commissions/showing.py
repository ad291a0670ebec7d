"""Commissions as their partner sees them. Pure."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from msgspec import structs

from service.kit.ids import show, show_or_none
from service.kit.money import Money
from service.ledger.schemas import CommissionRow
from service.partner.commissions.declining import declined
from service.partner.commissions.schemas import PartnerCommission, WholePartnerCommission
from service.partner.words import told
from service.programs.numbers import percent

# Of what explains a commission, all that is the partner's own.
OWN = (
    *("program_id", "program", "version", "rule", "tier", "rate", "base", "flat", "quantity", "share"),
    *("exchange", "unconverted", "cap", "day", "clicks", "bonus", "period", "sales", "cause", "refunded"),
    *("total", "text"),
)
OF_OVERRIDE = ("program_id", "program", "version", "override", "rate", "cause", "text")


def shown(row: CommissionRow, firsts: Mapping[UUID, CommissionRow]) -> PartnerCommission:
    """A row of a commission; `firsts`: the first rows, by id, of those that correct one."""
    first = firsts[row.corrects] if row.corrects else row
    # Whose order an agency has a part of, and by which link, is another partner's.
    mine = row.kind != "override"
    return PartnerCommission(
        id=show("com", row.id),
        program_id=show_or_none("prg", row.program_id),
        conversion_id=show_or_none("cnv", row.conversion_id if mine else None),
        kind=row.kind,
        step=row.step,
        corrects=show_or_none("com", row.corrects),
        amount=Money(row.amount, row.currency),
        base=None if row.base is None or not mine else Money(row.base, row.base_currency),
        status=row.status,
        decline_reason=declined(row, first),
        rule=explained(row),
        link_id=show_or_none("lnk", row.link_id if mine else None),
        coupon_id=show_or_none("cpn", row.coupon_id if mine else None),
        click_id=show_or_none("clk", row.click_id if mine else None),
        occurred_at=row.occurred_at,
        due_at=row.due_at,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def explained(row: CommissionRow) -> dict[str, Any]:
    """The rule of a row, in facts and words, without what is others'."""
    if row.kind != "override":
        return {name: row.rule[name] for name in OWN if name in row.rule}
    facts = {name: row.rule[name] for name in OF_OVERRIDE if name in row.rule}
    return {**facts, "text": _of_override(row)}


def _of_override(row: CommissionRow) -> dict[str, str]:
    """Without the amount that a partner earned: with the orders that the agency knows of it is a rate."""
    if row.step != "accrual" or "rate" not in row.rule:
        return told("commission_reason", row.cause or "edited").text
    rate = Decimal(row.rule["rate"])
    return {
        "tr": f"bir iş ortağının kazandığı tutarın {percent(rate, True)} kadarı",
        "en": f"{percent(rate, False)} of what a partner earns",
    }


def whole(rows: Sequence[CommissionRow], asked: UUID) -> WholePartnerCommission:
    """The row that was asked for, with all that belong to it."""
    firsts = {rows[0].id: rows[0]}
    row = next(row for row in rows if row.id == asked)
    return WholePartnerCommission(
        **structs.asdict(shown(row, firsts)),
        net=Money(sum(row.amount for row in rows if row.status != "rejected"), row.currency),
        rows=[shown(row, firsts) for row in rows],
    )
