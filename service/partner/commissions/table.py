"""A partner's commissions as rows of a spreadsheet. Pure."""

from collections.abc import Sequence

from service.accounts.labels.registry import Language
from service.partner.commissions.schemas import PartnerCommission
from service.partner.tables import Cell, money

COLUMNS = (
    *("id", "occurred_at", "kind", "step", "status", "amount", "currency", "decline_reason", "explanation"),
    *("base", "base_currency", "due_at", "program_id", "conversion_id", "link_id", "coupon_id", "click_id"),
    *("corrects", "created_at", "updated_at"),
)


def cells(one: PartnerCommission, language: Language) -> Sequence[Cell]:
    """The cells of a commission, in the order of COLUMNS."""
    declined = None if one.decline_reason is None else one.decline_reason.text[language]
    return (
        *(one.id, one.occurred_at, one.kind, one.step, one.status, *money(one.amount), declined),
        one.rule.get("text", {}).get(language),
        *(*money(one.base), one.due_at, one.program_id, one.conversion_id, one.link_id, one.coupon_id),
        *(one.click_id, one.corrects, one.created_at, one.updated_at),
    )
