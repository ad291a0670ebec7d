"""Conversions and refunds as the API shows them. Pure."""

from collections.abc import Sequence

from msgspec import convert, structs, to_builtins

from service.conversions.attribution.names import tell
from service.conversions.orders.schemas import (
    Contradiction,
    Conversion,
    Credit,
    CreditedShare,
    Name,
    Outcome,
    Refund,
    Report,
    ShownLine,
    ShownTouch,
    TakenConversion,
    TouchRow,
    WholeConversion,
    Why,
)
from service.conversions.reports import Line
from service.conversions.rows import ConversionRow, RefRow, RefundRow, ReportRow
from service.kit import ids
from service.kit.money import Money
from service.ledger.commissions.showing import shown as commission
from service.ledger.schemas import CommissionRow


def shown(row: ConversionRow) -> Conversion:
    """A conversion."""

    def money(amount: int | None) -> Money | None:
        return None if amount is None else Money(amount, row.currency)

    return Conversion(
        id=ids.show("cnv", row.id),
        external_id=row.external_id,
        shop=row.shop,
        kind=row.kind,
        status=row.status,
        test=row.test,
        amount=Money(row.amount, row.currency),
        net=Money(row.net, row.currency),
        net_basis=row.net_basis,
        net_lines=money(row.net_lines),
        net_order=money(row.net_order),
        refunded=Money(row.refunded, row.currency),
        tax=money(row.tax),
        shipping=money(row.shipping),
        shipping_tax=money(row.shipping_tax),
        fees=money(row.fees),
        discount=money(row.discount),
        lines=[_line(line, row.currency) for line in row.lines],
        coupons=row.coupons,
        click_ids=row.clicks,
        country=row.country,
        customer_id=ids.show_or_none("cus", row.customer_id),
        is_new=row.is_new,
        channel=row.channel,
        integration_id=ids.show_or_none("int", row.integration_id),
        verified=row.verified,
        conflicts=[Contradiction(one.field, one.kept, one.told, one.channel) for one in row.conflicts],
        occurred_at=row.occurred_at,
        delivered_at=row.delivered_at,
        cancelled_at=row.cancelled_at,
        paid_at=row.paid_at,
        partner_id=ids.show_or_none("prt", row.partner_id),
        attribution=_attribution(row),
        settled_at=row.settled_at,
        merged_into=ids.show_or_none("cnv", row.merged_into),
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def taken(row: ConversionRow, outcome: Outcome) -> TakenConversion:
    """A conversion, and what a report did to it."""
    return TakenConversion(**structs.asdict(shown(row)), outcome=outcome)


def whole(
    row: ConversionRow,
    names: Sequence[RefRow],
    touches: Sequence[TouchRow],
    commissions: Sequence[CommissionRow],
    refunds: Sequence[RefundRow],
    history: Sequence[ReportRow],
) -> WholeConversion:
    """A conversion with everything that is known of it."""
    return WholeConversion(
        **structs.asdict(shown(row)),
        names=[Name(name.kind, name.ref) for name in names],  # type: ignore[arg-type]
        touches=[_touch(touch) for touch in touches],
        commissions=[commission(each) for each in commissions],
        refunds=[refund(each) for each in refunds],
        history=[_report(each) for each in history],
    )


def refund(row: RefundRow) -> Refund:
    """A refund."""
    return Refund(
        id=ids.show("rfd", row.id),
        external_id=row.external_id,
        shop=row.shop,
        conversion_id=ids.show_or_none("cnv", row.conversion_id),
        amount=Money(row.amount, row.currency),
        cumulative=row.cumulative,
        channel=row.channel,
        reason=row.reason,
        occurred_at=row.occurred_at,
        created_at=row.created_at,
    )


def _line(line: Line, currency: str) -> ShownLine:
    def money(amount: int | None) -> Money | None:
        return None if amount is None else Money(amount, currency)

    return ShownLine(
        line.sku,
        line.product_id,
        line.category,
        line.quantity,
        money(line.net),
        money(line.tax),
        money(line.discount),
    )


def _attribution(row: ConversionRow) -> Credit | None:
    if row.attribution is None:
        return None
    why = [
        Why(
            each["code"],
            each["values"],
            {language: tell(each["code"], each["values"], language) for language in ("tr", "en")},
        )
        for each in row.attribution["why"]
    ]
    reason = None if row.reassigned is None else row.reassigned["reason"]
    shares = [convert(each, CreditedShare, strict=False) for each in row.attribution["shares"]]
    return Credit(shares, why, row.reassigned is not None, reason)


def _touch(row: TouchRow) -> ShownTouch:
    return ShownTouch(
        row.kind,
        ids.show_or_none("prt", row.partner_id),
        ids.show_or_none("lnk", row.link_id),
        ids.show_or_none("cpn", row.coupon_id),
        ids.show_or_none("clk", row.click_id),
        ids.show_or_none("cmp", row.campaign_id),
        row.at,
        row.share,
    )


def _report(row: ReportRow) -> Report:
    return Report(
        row.channel,
        row.source,
        row.verified,
        row.kind,
        to_builtins(row.report),
        row.stated_at,
        row.received_at,
    )
