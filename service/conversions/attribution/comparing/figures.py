"""What each model credits each partner with: pure. Of every currency all models share out the same."""

from collections.abc import Mapping, Sequence
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
# Partners are numbered in the order of their ids: numbers are compared and looked up many times faster.
Weights = Mapping[int, Fraction | Decimal | float]
Way = Journey[int]
Places = dict[int, dict[tuple[int, int], list[int]]]


def compare(paths: Sequence[PathRow], decay: Sequence[DecayRow], models: Sequence[str]) -> Figures:
    """All models over the same conversions. `decay` may be empty where that model is not asked for."""
    totals, rows = [], []
    for currency in sorted({path.currency for path in paths}):
        of = [path for path in paths if path.currency == currency]
        partners = sorted({partner for path in of for partner in path.path or ()})
        numbers = {partner: at for at, partner in enumerate(partners)}
        ways = _ways(of, numbers)
        total = Total(
            currency,
            conversions=sum(path.conversions for path in of),
            value=sum(path.value for path in of),
            touched=sum(way.conversions for way in ways),
            touched_value=sum(way.value for way in ways),
        )
        totals.append(total)
        faded = {
            numbers[row.partner_id]: row
            for row in decay
            if row.currency == currency and row.partner_id in numbers
        }
        if not ways:
            continue
        places = _places(ways)
        credits_ = {model: _credits(_weights(model, ways, places, faded), total) for model in models}
        rows += _rows(total, partners, credits_)
    return Figures(totals, rows)


def _ways(paths: Sequence[PathRow], numbers: Mapping[UUID, int]) -> list[Way]:
    """In one order, whatever order rows come in: sums of floats depend on it."""
    return sorted(
        Journey(tuple(numbers[partner] for partner in path.path), path.conversions, path.value)
        for path in paths
        if path.path
    )


def _rows(total: Total, partners: Sequence[UUID], by_model: dict[str, dict[int, Credit]]) -> list[Row]:
    nothing = Credit(0, 0)
    rows = [
        Row(
            partner,
            total.currency,
            {model: credits_.get(at, nothing) for model, credits_ in by_model.items()},
        )
        for at, partner in enumerate(partners)
    ]
    return sorted(rows, key=_largest)


def _largest(row: Row) -> tuple[int, int, UUID]:
    found = row.credits.values()
    return -max(each.value for each in found), -max(each.conversions for each in found), row.partner_id


def _credits(weights: tuple[Weights, Weights], total: Total) -> dict[int, Credit]:
    counts, values = weights
    parts = spread(total.touched * PARTS, _in_order(counts))
    # A currency in which nothing was paid has nothing to share out, and no proportions.
    units = spread(total.touched_value, _in_order(values)) if total.touched_value else dict.fromkeys(parts, 0)
    return {partner: Credit(parts[partner], units[partner]) for partner in parts}


def _in_order(weights: Weights) -> Weights:
    """Ties of remainders are broken by the order of keys: it has to be the same each time."""
    return dict(sorted(weights.items()))


def _weights(
    model: str, ways: Sequence[Way], places: Places, faded: Mapping[int, DecayRow]
) -> tuple[Weights, Weights]:
    """In what proportion conversions and value are shared out."""
    if model == "markov":
        effects = removal_effects(ways)
        return effects, effects
    if model == "shapley":
        return shapley(ways, of="conversions"), shapley(ways, of="value")
    if model == "time_decay":
        return (
            {partner: row.conversions for partner, row in faded.items()},
            {partner: row.value for partner, row in faded.items()},
        )
    shares = POSITIONAL[model]
    return (
        {
            partner: sum((shares(size)[at] * sums[0] for (size, at), sums in of.items()), Fraction(0))
            for partner, of in places.items()
        },
        {
            partner: sum((shares(size)[at] * sums[1] for (size, at), sums in of.items()), Fraction(0))
            for partner, of in places.items()
        },
    )


def _places(ways: Sequence[Way]) -> Places:
    """Where partners stand: what of conversions and value lies at a place of paths of a length. Fractions are
    slow, and there are few lengths."""
    found: Places = {}
    for path, conversions, value, _ in ways:
        size = len(path)
        for at, partner in enumerate(path):
            sums = found.setdefault(partner, {}).setdefault((size, at), [0, 0])
            sums[0] += conversions
            sums[1] += value
    return found
