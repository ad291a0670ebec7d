"""What each model credits each partner with: pure. Of every currency all models share out the same."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final
from uuid import UUID

from service.conversions.attribution.comparing.schemas import (
    Credit,
    DecayRow,
    Figures,
    PathRow,
    Row,
    Total,
)
from service.conversions.attribution.models import POSITIONAL
from service.conversions.attribution.remainders import spread
from service.conversions.attribution.together import Journey, removal_effects, shapley

# Parts of conversions are whole ten-thousandths, so that they add up too.
PARTS: Final = 10_000
Weights = Mapping[UUID, Fraction | Decimal | float]
Way = Journey[UUID]


def compare(paths: Sequence[PathRow], decay: Sequence[DecayRow], models: Sequence[str]) -> Figures:
    """All models over the same conversions. `decay` may be empty where that model is not asked for."""
    totals, rows = [], []
    for currency in sorted({path.currency for path in paths}):
        of = [path for path in paths if path.currency == currency]
        # In one order, whatever order rows come in: sums of floats depend on it.
        ways = sorted(Journey(tuple(path.path), path.conversions, path.value) for path in of if path.path)
        total = Total(
            currency,
            conversions=sum(path.conversions for path in of),
            value=sum(path.value for path in of),
            touched=sum(way.conversions for way in ways),
            touched_value=sum(way.value for way in ways),
        )
        totals.append(total)
        faded = [row for row in decay if row.currency == currency]
        rows += _rows(total, {model: _credits(model, ways, faded, total) for model in models})
    return Figures(totals, rows)


def _rows(total: Total, by_model: dict[str, dict[UUID, Credit]]) -> list[Row]:
    partners = {partner for credits_ in by_model.values() for partner in credits_}
    rows = [
        Row(
            partner,
            total.currency,
            {model: credits_.get(partner, Credit(0, 0)) for model, credits_ in by_model.items()},
        )
        for partner in partners
    ]
    return sorted(rows, key=_largest)


def _largest(row: Row) -> tuple[int, int, UUID]:
    found = row.credits.values()
    return -max(each.value for each in found), -max(each.conversions for each in found), row.partner_id


def _credits(model: str, ways: Sequence[Way], faded: Sequence[DecayRow], total: Total) -> dict[UUID, Credit]:
    if not ways:
        return {}
    counts, values = _weights(model, ways, faded)
    parts = spread(total.touched * PARTS, _in_order(counts))
    # A currency in which nothing was paid has nothing to share out, and no proportions.
    units = spread(total.touched_value, _in_order(values)) if total.touched_value else dict.fromkeys(parts, 0)
    return {partner: Credit(parts[partner], units[partner]) for partner in parts}


def _in_order(weights: Weights) -> Weights:
    """Ties of remainders are broken by the order of keys: it has to be the same each time."""
    return dict(sorted(weights.items()))


def _weights(model: str, ways: Sequence[Way], faded: Sequence[DecayRow]) -> tuple[Weights, Weights]:
    """In what proportion conversions and value are shared out."""
    if model == "markov":
        effects = removal_effects(ways)
        return effects, effects
    if model == "shapley":
        return shapley(ways, of="conversions"), shapley(ways, of="value")
    if model == "time_decay":
        return (
            {row.partner_id: row.conversions for row in faded},
            {row.partner_id: row.value for row in faded},
        )
    shares = POSITIONAL[model]
    return (
        _summed((way.path, shares(len(way.path)), way.conversions) for way in ways),
        _summed((way.path, shares(len(way.path)), way.value) for way in ways),
    )


def _summed(ways: Iterable[tuple[tuple[UUID, ...], Sequence[Fraction], int]]) -> dict[UUID, Fraction]:
    """What partners get of the units of each way. Units of equal shares are added first: sums of fractions
    with unequal denominators are slow."""
    units: dict[UUID, dict[Fraction, int]] = {}
    for path, shares, amount in ways:
        for partner, share in zip(path, shares, strict=True):
            of = units.setdefault(partner, {})
            of[share] = of.get(share, 0) + amount
    return {
        partner: sum((share * amount for share, amount in of.items()), Fraction(0))
        for partner, of in units.items()
    }
