"""A partner's conversions as rows of a spreadsheet, a row for each piece of evidence. Pure."""

from collections.abc import Iterable, Iterator, Sequence

from service.accounts.labels.registry import Language
from service.partner.conversions.schemas import Evidence, PartnerConversion
from service.partner.tables import Cell

SUBS = ("sub1", "sub2", "sub3", "sub4", "sub5")
COLUMNS = (
    *("id", "occurred_at", "kind", "status", "share", "amount", "net", "refunded", "currency", "is_new"),
    *("country", "products", "earned", "earned_currency", "commission_status", "decline_reason"),
    *("credited_by", "link_id", "link", "coupon_id", "coupon", "click_id", "credited_at", *SUBS),
    *("paid_at", "delivered_at", "cancelled_at", "created_at", "updated_at"),
)


def cells(one: PartnerConversion, language: Language) -> Iterator[Sequence[Cell]]:
    """A row of the order with all evidence, joined by `; `: sums over rows are right.

    Of commissions in several currencies each has a row; the order's own figures stand in the first.
    """
    by_currency: dict[str, int] = {}
    for each in one.commissions:
        by_currency[each.net.currency] = by_currency.get(each.net.currency, 0) + each.net.amount
    for at, (currency, earned) in enumerate(by_currency.items() or [(None, None)]):
        reasons = [each.decline_reason.text[language] for each in one.commissions if each.decline_reason]
        figures: tuple[Cell, ...] = (one.amount.amount, one.net.amount, one.refunded.amount)
        yield (
            *(one.id, one.occurred_at, one.kind, one.status, one.share),
            *(figures if at == 0 else (None, None, None)),
            *(one.amount.currency, one.is_new, one.country, _products(one)),
            *(earned, currency, _joined(each.status for each in one.commissions), _joined(reasons)),
            *_evidence(one.evidence, language),
            *(one.paid_at, one.delivered_at, one.cancelled_at, one.created_at, one.updated_at),
        )


def _evidence(found: Sequence[Evidence], language: Language) -> Sequence[Cell]:
    names = ("link_id", "link", "coupon_id", "coupon", "click_id")
    return (
        _joined(each.text[language] for each in found),
        *(_joined(getattr(each, name) for each in found) for name in names),
        found[0].at if found else None,
        *(_joined(getattr(each, name) for each in found) for name in SUBS),
    )


def _products(one: PartnerConversion) -> str | None:
    return _joined(line.sku or line.product_id or line.category for line in one.products)


def _joined(values: Iterable[str | None]) -> str | None:
    """The different ones, in their order."""
    return "; ".join(dict.fromkeys(value for value in values if value)) or None
