"""Share of voice: exact, and 1 over the declared set."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.mentions.rivals.schemas import BrandQuery, Spoken
from service.mentions.rivals.voices import own, voices

BRANDS = [UUID(int=at) for at in range(1, 5)]
QUERIES = [BrandQuery(UUID(int=100 + at), brand, True) for at, brand in enumerate(BRANDS)]


def spoken(brand: UUID, k: int, mentions: int, **given: Any) -> Spoken:
    counts = dict.fromkeys(("reached", "engaged", "positive", "neutral", "negative"), 0)
    return Spoken(
        **{"brand_id": brand, "k": k, "mentions": mentions, "reach": None, "engagement": None}
        | counts
        | given
    )


def test_a_mention_of_two_brands_is_half_of_each() -> None:
    first, second, third, unheard = BRANDS
    rows = [
        spoken(first, 1, 2, reached=1, reach=Decimal(30), positive=2),
        spoken(first, 2, 1, reached=1, reach=Decimal(20), negative=1),
        spoken(second, 2, 1, reached=1, reach=Decimal(20), negative=1),
    ]
    found = voices(BRANDS, QUERIES[:3], rows)
    shares = [(one.mentions, one.share_of_voice.value, one.share_of_voice.share) for one in found.values()]
    assert shares == [(3, 2.5, 2.5 / 3), (1, 0.5, 0.5 / 3), (0, 0.0, 0.0), (None, None, None)]
    assert [found[brand].share_of_reach.share for brand in (first, second, third)] == [0.8, 0.2, 0.0]
    assert (found[first].share_of_reach.known, found[first].share_of_engagement.reason) == (2, "no_figures")
    assert [found[one].net_sentiment for one in BRANDS] == [pytest.approx(1 / 3), -1.0, None, None]
    reasons = [found[one].net_sentiment_reason for one in BRANDS]
    assert reasons == [None, None, "no_polar_mentions", "no_query"]
    assert found[unheard].share_of_voice.reason == "no_query"


def test_own_brands_together() -> None:
    rows = [spoken(BRANDS[0], 1, 1), spoken(BRANDS[1], 1, 1), spoken(BRANDS[2], 1, 2)]
    found = voices(BRANDS, QUERIES[:3], rows)
    assert own(BRANDS[:2], found).share_of_voice == 0.5
    assert (own(BRANDS[:2], found).share_of_reach, own([], found).reason) == (None, "no_own_brand")
    assert own(BRANDS[3:], found).reason == "no_query"
    nothing = own(BRANDS[:1], voices(BRANDS, QUERIES, []))
    assert (nothing.share_of_voice, nothing.reason) == (None, "no_mentions")


named = st.lists(st.sets(st.integers(0, 3), min_size=1), min_size=1, max_size=12)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(named)
def test_shares_are_one_together(mentions: list[set[int]]) -> None:
    rows = [
        spoken(BRANDS[at], len(names), 1, engaged=1, engagement=Decimal(7))
        for names in mentions
        for at in names
    ]
    found = voices(BRANDS, QUERIES, rows)
    for name in ("share_of_voice", "share_of_engagement"):
        shares = [getattr(voice, name) for voice in found.values()]
        assert sum(one.share for one in shares) == pytest.approx(1, abs=1e-12)
    assert sum(voice.share_of_voice.value or 0 for voice in found.values()) == pytest.approx(len(mentions))
