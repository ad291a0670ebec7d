"""Share of voice and net sentiment of brands that are compared: pure.

Own / (own + declared competitors): a mention that names k of them is 1/k of each (FORMULAS 6).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Final
from uuid import UUID

from service.mentions.rivals.schemas import BrandQuery, OwnVoice, Spoken, Voice, VoiceShare

# A measure, and how many mentions know it.
MEASURES: Final = {"mentions": "mentions", "reach": "reached", "engagement": "engaged"}
Parts = Mapping[UUID, Fraction]


def parts(rows: Iterable[Spoken], measure: str) -> dict[UUID, Fraction]:
    """What each brand has of a measure, exactly; a brand without a known figure is not in it.

    >>> from decimal import Decimal
    >>> a, b = UUID(int=1), UUID(int=2)
    >>> rows = [Spoken(a, 1, 2, 2, Decimal(10), 0, None, 0, 0, 0), Spoken(a, 2, 1, 0, None, 0, None, 0, 0, 0),
    ...         Spoken(b, 2, 1, 0, None, 0, None, 0, 0, 0)]
    >>> list(parts(rows, "mentions").values()), list(parts(rows, "reach").values())
    ([Fraction(5, 2), Fraction(1, 2)], [Fraction(10, 1)])
    """
    found: dict[UUID, Fraction] = defaultdict(Fraction)
    for row in rows:
        value = getattr(row, measure)
        if value is not None:
            found[row.brand_id] += Fraction(int(value), row.k)
    return dict(found)


def voices(
    brands: Sequence[UUID], queries: Sequence[BrandQuery], rows: Sequence[Spoken]
) -> dict[UUID, Voice]:
    """The voice of each brand among those that have queries."""
    heard = {one.brand_id for one in queries}
    shares = {name: _shares(brands, heard, rows, name) for name in MEASURES}
    return {brand: _voice(brand, queries, rows, {n: shares[n][brand] for n in shares}) for brand in brands}


def own(brands: Iterable[UUID], found: Mapping[UUID, Voice]) -> OwnVoice:
    """What own brands have together; null where none has queries, or nothing was said."""
    voices = [found[brand] for brand in brands]
    heard = [voice for voice in voices if voice.queries]
    if not heard:
        return OwnVoice(None, None, None, "no_query" if voices else "no_own_brand")
    said = [voice.share_of_voice.share for voice in heard]
    reached = [voice.share_of_reach.share for voice in heard]
    engaged = [voice.share_of_engagement.share for voice in heard]
    return OwnVoice(_sum(said), _sum(reached), _sum(engaged), heard[0].share_of_voice.reason)


def _sum(shares: Sequence[float | None]) -> float | None:
    known = [share for share in shares if share is not None]
    return sum(known) if len(known) == len(shares) else None


def _shares(
    brands: Sequence[UUID], heard: set[UUID], rows: Sequence[Spoken], measure: str
) -> dict[UUID, VoiceShare]:
    had = parts(rows, measure)
    total = sum(had.values(), Fraction())
    known: dict[UUID, int] = defaultdict(int)
    for row in rows:
        known[row.brand_id] += getattr(row, MEASURES[measure])
    return {
        brand: _share(brand in heard, had.get(brand), total, known[brand], bool(rows)) for brand in brands
    }


def _share(heard: bool, had: Fraction | None, total: Fraction, known: int, said: bool) -> VoiceShare:
    if not heard:
        return VoiceShare(None, None, 0, "no_query")
    if not total:
        return VoiceShare(None, None, known, "no_figures" if said else "no_mentions")
    return VoiceShare(float(had or 0), float((had or 0) / total), known, None)


def _voice(
    brand: UUID, queries: Sequence[BrandQuery], rows: Sequence[Spoken], shares: Mapping[str, VoiceShare]
) -> Voice:
    listening = [one for one in queries if one.brand_id == brand]
    told = [row for row in rows if row.brand_id == brand]
    mentions = sum(row.mentions for row in told)
    positive, neutral, negative = (
        sum(getattr(row, label) for row in told) for label in ("positive", "neutral", "negative")
    )
    polar = positive + negative
    return Voice(
        queries=len(listening),
        complete=all(one.complete for one in listening),
        mentions=mentions if listening else None,
        reason=None if listening else "no_query",
        share_of_voice=shares["mentions"],
        share_of_reach=shares["reach"],
        share_of_engagement=shares["engagement"],
        positive=positive,
        neutral=neutral,
        negative=negative,
        unlabelled=mentions - polar - neutral,
        net_sentiment=(positive - negative) / polar if polar else None,
        net_sentiment_reason=None if polar else "no_polar_mentions" if listening else "no_query",
    )
