"""A comparison as the API shows it: pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from service.conversions.attribution.comparing.figures import PARTS
from service.conversions.attribution.comparing.schemas import (
    Credit,
    CurrencyTotal,
    Figures,
    ModelComparison,
    ModelCredit,
    OtherPartners,
    PartnerCredits,
    Question,
    Row,
    Total,
)
from service.kit import ids
from service.kit.money import Money


def comparison(
    asked: Question, found: Figures, at: datetime, names: Mapping[UUID, str], limit: int
) -> ModelComparison:
    """The first `limit` partners of each currency, and the sums of the rest."""
    data, others = [], []
    for total in found.totals:
        rows = [row for row in found.rows if row.currency == total.currency]
        data += [_partner(row, names.get(row.partner_id)) for row in rows[:limit]]
        if rest := rows[limit:]:
            others.append(_others(rest, total.currency, asked.models))
    return ModelComparison(
        asked.first,
        asked.last,
        asked.tz,
        ids.show_or_none("cmp", asked.campaign_id),
        asked.basis,
        asked.window_days,
        list(asked.models),
        at,
        [_total(total) for total in found.totals],
        data,
        others,
    )


def shown(found: Figures, limit: int) -> list[UUID]:
    """Partners that have a row."""
    partners: list[UUID] = []
    for total in found.totals:
        rows = [row for row in found.rows if row.currency == total.currency]
        partners += [row.partner_id for row in rows[:limit]]
    return list(dict.fromkeys(partners))


def _partner(row: Row, name: str | None) -> PartnerCredits:
    credits_ = {model: _credit(each, row.currency) for model, each in row.credits.items()}
    return PartnerCredits(ids.show("prt", row.partner_id), name, row.currency, credits_)


def _credit(credit: Credit, currency: str) -> ModelCredit:
    return ModelCredit(credit.conversions / PARTS, Money(credit.value, currency))


def _others(rows: Sequence[Row], currency: str, models: Sequence[str]) -> OtherPartners:
    sums = {
        model: _credit(
            Credit(
                sum(row.credits[model].conversions for row in rows),
                sum(row.credits[model].value for row in rows),
            ),
            currency,
        )
        for model in models
    }
    return OtherPartners(len(rows), currency, sums)


def _total(total: Total) -> CurrencyTotal:
    return CurrencyTotal(
        total.currency,
        total.conversions,
        Money(total.value, total.currency),
        total.touched,
        Money(total.touched_value, total.currency),
        total.conversions - total.touched,
        Money(total.value - total.touched_value, total.currency),
    )
