"""The searches that are measured: what a brand team asks for, from broad to narrow."""

from typing import NamedTuple

import msgspec

from service.discovery.search.filters import Filters
from service.discovery.search.sorting import Sort


class Search(NamedTuple):
    """A search by its short name."""

    name: str
    filters: Filters
    query: str = ""
    sort: Sort = "followers"


def _of(name: str, filters: dict[str, object], query: str = "", sort: Sort = "followers") -> Search:
    return Search(name, msgspec.convert(filters, Filters), query, sort)


SEARCHES = [
    _of("everybody", {}),
    _of("instagram", {"platform": ["instagram"]}),
    _of("tiktok over 100k", {"platform": ["tiktok"], "followers": {"min": 100_000}}),
    _of("Türkiye", {"country": ["TR"]}, sort="engagement_rate"),
    _of("a city", {"city": ["TR-03"]}),
    _of("a small city, by growth", {"city": ["NG-40"]}, sort="growth"),
    _of("a category", {"category": ["güzellik"]}),
    _of("a rare category", {"category": ["sağlık 13"]}, sort="engagement_rate"),
    _of("category in a country", {"category": ["moda"], "country": ["TR"]}, sort="engagement_rate"),
    _of(
        "micro, engaged",
        {
            "platform": ["instagram"],
            "followers": {"min": 10_000, "max": 50_000},
            "engagement_rate": {"min": 0.05},
        },
        sort="engagement_rate",
    ),
    _of("verified with e-mail", {"verified": True, "has_email": True}),
    _of("posted this week", {"last_post_within_days": 7, "country": ["TR"], "category": ["spor"]}),
    _of("within a price", {"max_price": {"amount": 50_000, "currency": "TRY"}}, sort="cost_per_1000_views"),
    _of("cheap reach", {"country": ["TR"], "avg_views": {"min": 10_000}}, sort="cost_per_1000_views"),
    _of("growing", {"growth": {"min": 0.1}, "platform": ["youtube"]}, sort="growth"),
    _of("audience", {"audience": [{"dimension": "country", "code": "TR", "min_share": 0.8}]}),
    _of(
        "audience of two kinds",
        {
            "audience": [
                {"dimension": "gender", "code": "female", "min_share": 0.7},
                {"dimension": "age", "code": "18-24", "min_share": 0.6},
            ],
            "country": ["TR"],
        },
    ),
    _of("not instagram, not beauty", {"not": [{"platform": ["instagram"]}, {"category": ["güzellik"]}]}),
    _of(
        "everything at once",
        {
            "platform": ["instagram", "tiktok"],
            "country": ["TR", "DE"],
            "language": ["tr", "de"],
            "category": ["moda", "güzellik", "anne"],
            "followers": {"min": 5_000},
            "has_email": True,
            "engagement_rate": {"min": 0.02},
            "last_post_within_days": 60,
        },
        sort="engagement_rate",
    ),
    _of("by name", {"country": ["DE"]}, sort="name"),
    _of("a frequent word", {}, "güzellik", "relevance"),
    _of("two words", {}, "moda öz", "relevance"),
    _of("a word in a country", {"country": ["DE"]}, "yemek", "relevance"),
    _of("a beginning", {}, "ayle", "relevance"),
]
