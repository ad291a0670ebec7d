"""A table of searches and who is found: in order where the case gives a list, in any order for a set."""

from typing import Any

import pytest

EVERYBODY = {
    "duygu", "danla", "ayse", "isil", "john", "hans", "cristiano", "fan", "split", "nobody", "blank"
}  # fmt: skip


def _audience(dimension: str, code: str, least: float) -> dict[str, Any]:
    return {"dimension": dimension, "code": code, "min_share": least}


FILTERS: list[tuple[str, dict[str, Any], set[str]]] = [
    ("none", {}, EVERYBODY),
    ("platform", {"platform": ["tiktok"]}, {"duygu", "split"}),
    ("one of two platforms", {"platform": ["twitch", "x"]}, {"hans", "fan"}),
    ("followers from", {"followers": {"min": 250_000}}, {"duygu", "danla", "john", "cristiano"}),
    ("followers to, unknown is none", {"followers": {"max": 9_500}}, {"isil", "fan", "split"}),
    ("followers between, both included", {"followers": {"min": 9_500, "max": 12_000}}, {"isil", "ayse"}),
    ("a platform's own followers", {"platform": ["instagram"], "followers": {"min": 100_000}},
     {"duygu", "danla", "cristiano"}),
    ("views", {"avg_views": {"min": 120_000}}, {"duygu", "danla", "john"}),
    ("engagement", {"engagement_rate": {"min": 0.07}}, {"duygu", "hans", "split"}),
    ("engagement of the same account", {"engagement_rate": {"min": 0.07}, "followers": {"min": 50_000}},
     {"duygu"}),
    ("growth", {"growth": {"min": 0.1}}, {"duygu"}),
    ("shrinking", {"growth": {"max": 0}}, {"ayse"}),
    ("country", {"country": ["US", "DE"]}, {"john", "hans"}),
    ("city", {"city": ["TR-34"]}, {"duygu", "isil"}),
    ("language", {"language": ["en"]}, {"ayse", "john"}),
    ("category in any spelling", {"category": ["GÜZELLİK"]}, {"duygu", "isil"}),
    ("category typed without Turkish letters", {"category": ["guzellik"]}, {"duygu", "isil"}),
    ("one of two categories", {"category": ["Komedi", "Oyun"]}, {"danla", "hans"}),
    ("tag", {"tags": ["ilkbahar 2026"]}, {"duygu"}),
    ("verified", {"verified": True}, {"duygu", "cristiano"}),
    ("an account that is not verified", {"verified": False, "platform": ["tiktok"]}, {"duygu", "split"}),
    ("has an e-mail", {"has_email": True}, {"duygu", "ayse", "hans"}),
    ("has none", {"has_email": False, "country": ["TR"]}, {"danla", "isil", "fan", "split", "nobody"}),
    ("price", {"max_price": {"amount": 900_000, "currency": "TRY"}}, {"duygu", "ayse"}),
    ("price in another currency", {"max_price": {"amount": 20_000, "currency": "USD"}}, {"isil"}),
    ("price on a platform",
     {"platform": ["instagram"], "max_price": {"amount": 900_000, "currency": "TRY"}}, {"ayse"}),
    ("recent posts", {"last_post_within_days": 7}, {"duygu", "ayse"}),
    ("less recent posts", {"last_post_within_days": 60}, {"duygu", "ayse", "danla"}),
    ("hashtag", {"hashtags": ["#ciltbakimi"]}, {"duygu"}),
    ("one of two hashtags", {"hashtags": ["CiltBakımı", "ad"]}, {"duygu", "john"}),
    ("words of posts", {"post_text": "Güneş KREMI"}, {"duygu"}),
    ("words of posts, all of them", {"post_text": "güneş phone"}, set()),
    ("words of posts without letters", {"post_text": "?!"}, set()),
    ("audience", {"audience": [_audience("country", "TR", 0.5)]}, {"duygu", "ayse"}),
    ("audience, exactly", {"audience": [_audience("country", "TR", 0.81)]}, {"ayse"}),
    ("audience, the share itself", {"audience": [_audience("country", "TR", 0.8)]}, {"duygu", "ayse"}),
    ("audience of small share", {"audience": [_audience("country", "TR", 0.01)]}, {"duygu", "ayse", "john"}),
    ("audience in both ways",
     {"audience": [_audience("country", "TR", 0.5), _audience("gender", "female", 0.85)]}, {"duygu"}),
    ("not a country", {"not": {"country": ["TR"]}}, {"john", "hans", "cristiano", "blank"}),
    ("not a platform: no account there", {"country": ["TR"], "not": {"platform": ["instagram"]}},
     {"fan", "nobody"}),
    ("not both at once",
     {"category": ["Moda"], "not": {"platform": ["tiktok"], "followers": {"min": 100_000}}},
     {"duygu", "nobody"}),
    ("neither", {"country": ["TR"], "not": [{"category": ["Moda"]}, {"category": ["güzellik"]}]},
     {"danla", "ayse", "fan"}),
    ("not a price", {"country": ["TR"], "not": {"max_price": {"amount": 10**9, "currency": "TRY"}}},
     {"isil", "fan", "split", "nobody"}),
    ("not an audience", {"platform": ["youtube"], "not": {"audience": [_audience("gender", "male", 0.5)]}},
     {"danla"}),
    ("not that asks for nothing", {"country": ["DE"], "not": {}}, {"hans"}),
    ("everything together", {
        "platform": ["instagram", "tiktok"], "country": ["TR", "US"], "language": ["tr"], "has_email": True,
        "category": ["güzellik", "moda"], "followers": {"min": 10_000}, "engagement_rate": {"max": 0.05},
        "verified": True, "last_post_within_days": 30, "not": {"tags": ["kara liste"]}}, {"duygu"}),
    ("nobody at all", {"country": ["JP"]}, set()),
]  # fmt: skip

TEXTS: list[tuple[str, str, list[str]]] = [
    ("Turkish letters find plain ones", "İstanbul güzellik", ["duygu", "isil"]),
    ("plain letters find Turkish ones", "istanbul guzellik", ["duygu", "isil"]),
    ("capitals of both alphabets", "ISTANBUL GÜZELLİK", ["duygu", "isil"]),
    ("dotless and dotted i", "ışıl işik", ["isil"]),
    ("a name without its letters", "ayse yilmaz", ["ayse"]),
    ("a name in one word", "ayşeyılmaz", ["ayse"]),
    ("a name in two words, the handle in one", "ece deniz", ["split"]),
    ("a handle with its signs", "@duygu.ozaslan", ["duygu"]),
    ("a handle with other signs", "isil-isik", ["isil"]),
    ("an address", "https://www.instagram.com/danlabilic/?hl=tr", ["danla"]),
    ("the beginning of the last word", "duygu öz", ["duygu"]),
    ("a word before the last is whole", "duy bakımı", []),
    ("so named first, then in names, then elsewhere", "cristiano", ["cristiano", "fan"]),
    ("a category", "komedi", ["danla"]),
    ("a tag", "vip", ["duygu"]),
    ("a city by its name", "izmir", ["danla"]),
    ("a city and a category", "Ankara anne", ["ayse"]),
    ("a country in Turkish", "almanya", ["hans"]),
    ("a country in English", "germany", ["hans"]),
    ("a bio's word with its ending", "ankara'da", ["ayse"]),
    ("a letter is missing", "cristano", ["cristiano"]),
    ("two letters swapped", "dalnabilic", ["danla"]),
    ("a wrong letter in a name", "duygu özaslen", ["duygu"]),
    ("two errors in a long one", "ozaslan duigu", []),
    ("one error in one of two names", "danla bilik", ["danla"]),
    ("archived is not found", "duygu arşiv", []),
    ("opted out is not found", "duygu ayrılan", []),
    ("signs alone", "%%%", []),
    ("emoji alone", "🎉", []),
]  # fmt: skip

ORDERS: list[tuple[str, dict[str, Any], list[str]]] = [
    ("followers", {"filters": {"country": ["TR"]}, "sort": "followers"},
     ["danla", "duygu", "split", "ayse", "isil", "fan", "nobody"]),
    ("followers, smallest first, unknown last", {"filters": {"country": ["TR"]}, "sort": "followers_asc"},
     ["fan", "split", "isil", "ayse", "duygu", "danla", "nobody"]),
    ("followers of the matching account",
     {"filters": {"country": ["TR"], "platform": ["tiktok"]}, "sort": "followers"}, ["split", "duygu"]),
    ("engagement", {"filters": {"category": ["moda", "güzellik"]}, "sort": "engagement_rate"},
     ["split", "duygu", "isil", "nobody"]),
    ("engagement, lowest first",
     {"filters": {"category": ["moda", "güzellik"]}, "sort": "engagement_rate_asc"},
     ["split", "duygu", "isil", "nobody"]),
    ("growth", {"filters": {"growth": {"min": -1}}, "sort": "growth"}, ["duygu", "john", "ayse"]),
    ("growth, least first", {"filters": {"growth": {"min": -1}}, "sort": "growth_asc"},
     ["ayse", "john", "duygu"]),
    ("views", {"filters": {"avg_views": {"min": 0}}, "sort": "avg_views"},
     ["danla", "duygu", "john", "ayse"]),
    ("cost, cheapest first", {"filters": {"avg_views": {"min": 0}}, "sort": "cost_per_1000_views"},
     ["ayse", "duygu", "danla", "john"]),
    ("cost, dearest first", {"filters": {"avg_views": {"min": 0}}, "sort": "cost_per_1000_views_desc"},
     ["danla", "duygu", "ayse", "john"]),
    ("name", {"filters": {"country": ["TR"]}, "sort": "name"},
     ["ayse", "fan", "danla", "duygu", "split", "nobody", "isil"]),
    ("name, from the end", {"filters": {"city": ["TR-34"]}, "sort": "name_desc"}, ["isil", "duygu"]),
    ("relevance without a text", {"filters": {"city": ["TR-34"]}, "sort": "relevance"}, ["duygu", "isil"]),
    ("relevance, least first", {"query": "cristiano", "sort": "relevance_asc"}, ["fan", "cristiano"]),
    ("another order of a text", {"query": "istanbul guzellik", "sort": "followers_asc"}, ["isil", "duygu"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "filters", "expected"), FILTERS, ids=[case[0] for case in FILTERS])
async def test_filters(catalogue, name: str, filters: dict[str, Any], expected: set[str]) -> None:
    results = await catalogue.search(filters=filters)
    found = catalogue.nicknames(results)
    assert set(found) == expected
    assert len(found) == len(expected), "an influencer with several accounts is found once"
    assert (results.count.value, results.count.relation) == (len(expected), "eq")


@pytest.mark.parametrize(("name", "query", "expected"), TEXTS, ids=[case[0] for case in TEXTS])
async def test_texts(catalogue, name: str, query: str, expected: list[str]) -> None:
    results = await catalogue.search(query=query)
    assert catalogue.nicknames(results) == expected
    assert results.count.value == len(expected)


@pytest.mark.parametrize(("name", "request_", "expected"), ORDERS, ids=[case[0] for case in ORDERS])
async def test_orders(catalogue, name: str, request_: dict[str, Any], expected: list[str]) -> None:
    assert await catalogue.found(**request_) == expected


@pytest.mark.parametrize(("name", "request_", "expected"), ORDERS, ids=[case[0] for case in ORDERS])
async def test_orders_are_the_same_in_small_pages(
    catalogue, name: str, request_: dict[str, Any], expected: list[str]
) -> None:
    found, cursor, counts = [], None, set()
    while True:
        results = await catalogue.search(**request_, limit=1, cursor=cursor)
        found += catalogue.nicknames(results)
        counts.add(results.count.value)
        cursor = results.next_cursor
        assert results.has_more == (cursor is not None)
        if cursor is None:
            break
    assert found == expected
    assert counts == {len(expected)}


async def test_text_and_filters_narrow_each_other(catalogue) -> None:
    assert await catalogue.found(query="guzellik", filters={"followers": {"max": 10_000}}) == ["isil"]
    assert await catalogue.found(query="cristano", filters={"country": ["TR"]}) == []


async def test_the_match_is_the_account_that_meets_the_filters(catalogue) -> None:
    [found] = (await catalogue.search(query="duygu", filters={"platform": ["tiktok"]})).data
    assert found.match.account.handle == "duyguozaslan"
    assert found.match.price.amount == 900_000
    # 900,000 for 40,000 views.
    assert found.match.cost_per_1000_views.amount == 22_500
    [found] = (await catalogue.search(query="hesapsız")).data
    assert found.match is None
