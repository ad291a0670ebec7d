"""Made-up followers must be as many as were asked for, and overlap where accounts are of one field."""

from itertools import combinations

import pytest

from service.demo.followers import PEOPLE, followers


def ids(handle: str, category: str, count: int = 40_000, platform: str = "instagram") -> set[bytes]:
    return set(b"".join(followers(platform, handle, [category], count)).split())


@pytest.mark.parametrize("count", [0, 1, 2, 999, 50_000, 50_001])
@pytest.mark.parametrize("categories", [[], ["food"], ["food", "travel", "music"]])
def test_all_are_different_people(count: int, categories: list[str]) -> None:
    lines = b"".join(followers("tiktok", "deniz", categories, count)).split()
    assert len(lines) == len(set(lines)) == count


def test_an_account_has_the_same_followers_every_day() -> None:
    assert ids("deniz", "food") == ids("deniz", "food") != ids("ayse", "food")


def test_of_one_field_more_is_shared_than_across_fields() -> None:
    food = [ids(handle, "food") for handle in ("deniz", "ayse", "mert")]
    apart = [
        ids(handle, field) for handle, field in (("deniz", "food"), ("can", "gaming"), ("ece", "beauty"))
    ]
    near = min(len(a & b) for a, b in combinations(food, 2))
    far = max(len(a & b) for a, b in combinations(apart, 2))
    assert 0.005 < near / 40_000 < 0.1
    assert far < near / 2


def test_more_than_there_are_people_is_cut() -> None:
    assert sum(piece.count(b"\n") for piece in followers("x", "biri", [], PEOPLE)) == PEOPLE // 2


def test_people_of_two_platforms_have_nothing_in_common() -> None:
    assert not ids("deniz", "food") & ids("deniz", "food", platform="tiktok")
