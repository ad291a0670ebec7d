"""Share of voice: what each brand of a declared set has of all that is said of it. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction

from msgspec import Struct

from service.mentions.analyses.schemas import Share, ShareSums

MEASURES = ("mentions", "reach", "engagement")


class Parts(Struct):
    """What a brand has: whole mentions that name it, and its part of each measure."""

    naming: int
    mentions: Share
    reach: Share
    engagement: Share


def parts(sums: Sequence[ShareSums], brands: Sequence[str]) -> dict[str, Parts]:
    """Each brand's part of one unit's sums: a mention of k brands is 1/k of each.

    >>> found = parts([ShareSums(1, "a", 1, 2, 10, None), ShareSums(1, "a", 2, 1, 8, None),
    ...                ShareSums(1, "b", 2, 1, 8, None)], ["a", "b"])
    >>> found["a"].mentions.value, found["b"].reach.value, round(found["b"].reach.share, 2)
    (2.5, 4.0, 0.22)
    >>> found["b"].engagement
    Share(value=0.0, share=None)
    """
    naming: dict[str, int] = defaultdict(int)
    had: dict[str, dict[str, Fraction]] = {name: defaultdict(Fraction) for name in MEASURES}
    for row in sums:
        naming[row.value] += row.n
        for name, value in zip(MEASURES, (row.n, row.reach, row.engagement), strict=True):
            had[name][row.value] += Fraction(int(value or 0), row.k)
    totals = {name: sum(values.values(), Fraction(0)) for name, values in had.items()}
    return {
        brand: Parts(naming[brand], *(_share(had[name][brand], totals[name]) for name in MEASURES))
        for brand in brands
    }


def by_unit(sums: Sequence[ShareSums]) -> Mapping[int, list[ShareSums]]:
    """The sums of each unit of time."""
    found: dict[int, list[ShareSums]] = defaultdict(list)
    for row in sums:
        found[row.bucket].append(row)
    return found


def _share(value: Fraction, total: Fraction) -> Share:
    return Share(float(value), float(value / total) if total else None)
