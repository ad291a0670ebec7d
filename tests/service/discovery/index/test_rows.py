"""From profiles to rows: words, labels, figures; growth."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.discovery.index.growth import growth
from service.discovery.index.rows import (
    Account,
    Details,
    NamesRow,
    Person,
    SearchRow,
    digest,
    names_row,
    search_rows,
)
from service.discovery.index.writing import NAMES, SEARCH
from service.discovery.search import labels
from service.kit import ids

DAY = datetime(2026, 11, 1, tzinfo=UTC)


def _person(**more: Any) -> Person:
    empty: dict[str, Any] = {
        "id": ids.new(), "name": "Ada", "country": None, "city": None, "languages": [], "categories": [],
        "tags": [], "bio": None, "has_email": False,
    }  # fmt: skip
    return Person(**{**empty, **more})


def _account(person: Person, **more: Any) -> Account:
    empty: dict[str, Any] = {
        "id": ids.new(), "platform": "instagram", "handle": None, "name": None, "verified": None,
        "followers": None, "avg_views": None, "engagement_rate": None, "last_post_at": None,
    }  # fmt: skip
    return Account(influencer_id=person.id, **{**empty, **more})


def test_columns_are_the_fields_of_the_rows() -> None:
    assert list(SEARCH) == [field.name for field in msgspec.structs.fields(SearchRow)]
    assert list(NAMES) == [field.name for field in msgspec.structs.fields(NamesRow)]


def test_a_row_an_account() -> None:
    person = _person(name="Ece Deniz", country="TR", categories=["Moda", "MODA "], has_email=True)
    accounts = [
        _account(person, handle="ece", verified=True, followers=10),
        _account(person, platform="tiktok", handle="deniz.ece", followers=None),
    ]
    details = {accounts[0].id: Details(hashtags=["#Yaz"], audience={"country:tr": 0.4, "age:18-24": 0.01})}
    first, second = search_rows(person, accounts, details, "TRY")
    assert (first.followers, second.followers) == (10, -1)
    assert first.siblings == second.siblings == 2
    assert (first.platform, first.verified, first.country, first.has_email) == ("instagram", True, "TR", True)
    assert (second.platform, second.verified) == ("tiktok", False)
    shared = {"g:moda", "n:ece", "n:denizece", "n:ecedeniz"}
    assert set(first.labels) == shared | {"h:yaz", "a:country:tr:8"}
    assert set(second.labels) == shared
    assert first.tokens == second.tokens == "'ece' 'deniz' 'ecedeniz' 'denizece' 'moda' 'turkiye' 'turkey'"


def test_a_profile_without_accounts_has_a_row_too() -> None:
    person = _person()
    [row] = search_rows(person, [], {}, "TRY")
    assert (row.account_id, row.platform, row.siblings, row.followers) == (person.id, None, 1, -1)


def test_cost_is_of_the_workspace_s_currency() -> None:
    person = _person()
    account = _account(person, avg_views=4_000.0)
    details = {account.id: Details(prices={"USD": 1, "TRY": 50_000})}
    [row] = search_rows(person, [account], details, "TRY")
    assert (row.price, row.cost_per_1000_views, row.prices) == (50_000, 12_500, {"USD": 1, "TRY": 50_000})
    [row] = search_rows(person, [account], details, "EUR")
    assert (row.price, row.cost_per_1000_views) == (None, None)
    [row] = search_rows(person, [_account(person, id=account.id, avg_views=0.0)], details, "TRY")
    assert row.cost_per_1000_views is None


def test_names_are_known_as_one_word_and_by_their_words() -> None:
    person = _person(name="Duygu Özaslan")
    row = names_row(
        person, [_account(person, handle="@duygu_tv", followers=7), _account(person, followers=9)]
    )
    assert row.keys == ["duygu", "duyguozaslan", "duygutv", "ozaslan"]
    assert row.reach == 9


@given(st.text(max_size=300), st.text(max_size=300), st.lists(st.text(max_size=300), max_size=3))
def test_vectors_hold_letters_and_digits_alone(name: str, bio: str, tags: list[str]) -> None:
    person = _person(name=name, bio=bio, tags=tags)
    [row] = search_rows(person, [], {}, "TRY")
    for vector in (row.tokens, row.name_tokens, names_row(person, []).trigrams):
        assert vector.count("'") % 2 == 0
        words = vector.split("'")[1::2]
        assert all(word.replace(" ", "").isalnum() and len(word) <= 60 for word in words if word.strip())
    assert all(len(label) <= labels.LONGEST for label in row.labels)


@given(st.floats(0, 1), st.floats(labels.LEAST_SHARE, 1))
def test_a_share_that_is_enough_has_one_of_the_labels(share: float, wanted: float) -> None:
    share, wanted = round(share, 6), round(wanted, 6)
    has = labels.audience("age:18-24", share) in labels.audience_at_least("age:18-24", wanted)
    assert has or share < wanted
    if labels.is_exact(wanted):
        assert has == (share >= wanted)


@pytest.mark.parametrize("wanted", [0.05, 0.3, 0.35, 0.6, 0.7, 0.95])
def test_steps_of_a_twentieth_are_exact(wanted: float) -> None:
    assert labels.is_exact(wanted)
    assert not labels.is_exact(wanted + 0.01)
    assert not labels.is_exact(1.0)
    for share, enough in ((wanted, True), (wanted - 0.000001, False)):
        has = labels.audience("age:18-24", share) in labels.audience_at_least("age:18-24", wanted)
        assert has == enough


def test_equal_rows_have_equal_digests() -> None:
    person = _person()
    [one], [other] = (search_rows(person, [], {}, "TRY") for _ in range(2))
    [third] = search_rows(msgspec.structs.replace(person, bio="new"), [], {}, "TRY")
    assert digest(one) == digest(other) != digest(third)


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([], None),
        ([(0, 100)], None),
        ([(30, 100), (0, 110)], 0.1),
        ([(60, 100), (0, 121)], 0.1),
        ([(15, 100), (0, 110)], 0.21),
        ([(30, 110), (0, 99)], -0.1),
        ([(90, 50), (31, 100), (2, 109), (0, 110)], 0.096623),
        ([(5, 100), (0, 110)], None),
        ([(200, 100), (0, 110)], None),
        ([(30, 0), (0, 110)], None),
        ([(30, 10), (0, 0)], -1.0),
    ],
)
def test_growth(history: list[tuple[int, int]], expected: float | None) -> None:
    """(days ago, followers)"""
    found = growth([(DAY - timedelta(days=days), followers) for days, followers in history])
    assert found == (None if expected is None else pytest.approx(expected, abs=1e-6))
