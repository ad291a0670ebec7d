"""A look at many orders at once, from the schedule to the ledger and back."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from service.conversions.reviews.batch.looking import changes
from service.conversions.reviews.batch.schemas import FindingRow, Found
from service.conversions.reviews.rules import ReviewRules
from service.kit import jobs
from service.settings import Settings
from tests.service.conversions.reviews.conftest import Shop

NOON = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0) - timedelta(days=2)
P = UUID(int=1)


async def _look(shop: Shop, settings: Settings) -> None:
    await jobs.run_scheduled(settings, shop.database, "conversions.review")
    await jobs.run_queued(settings, shop.database)


def _kinds(found: dict[Any, int]) -> dict[str, int]:
    return {kind: amount for (kind, _), amount in found.items()}


async def test_a_burst_is_held_released_and_not_found_again(shop: Shop, settings: Settings) -> None:
    for n in range(9):
        await shop.sell(f"u{n}", f"{n}@ornek.example", occurred_at=NOON - timedelta(hours=3 + 2 * n))
    usual = await shop.balances()
    for n in range(14):
        await shop.sell(f"b{n}", f"b{n}@ornek.example", occurred_at=NOON + timedelta(minutes=n))
    assert _kinds(await shop.balances())["pending"] == 23_000
    await _look(shop, settings)
    (hold,) = await shop.holds()
    assert (hold["code"], hold["conversions"], hold["status"]) == ("velocity", 14, "open")
    assert hold["evidence"]["orders"] == "14"
    found = _kinds(await shop.balances())
    assert (found["pending"], found["on_hold"]) == (_kinds(usual)["pending"], 14_000)
    # Looked at once more, nothing is other.
    await _look(shop, settings)
    assert [each["id"] for each in await shop.holds()] == [hold["id"]]
    # One that comes later belongs to it.
    await shop.sell("b99", "b99@ornek.example", occurred_at=NOON + timedelta(minutes=40))
    assert (await shop.holds())[0]["conversions"] == 15
    await shop.decide(hold, "release", "a story on television")
    await jobs.run_queued(settings, shop.database, ahead=True)
    assert _kinds(await shop.balances()) == {"pending": 24_000, "expense": -24_000}
    await _look(shop, settings)
    assert [each["status"] for each in await shop.holds()] == ["released"]
    assert _kinds(await shop.balances()) == {"pending": 24_000, "expense": -24_000}


async def test_a_rule_that_is_switched_off_lets_go(shop: Shop, settings: Settings) -> None:
    for n in range(9):
        await shop.sell(f"u{n}", f"{n}@ornek.example", occurred_at=NOON - timedelta(hours=3 + 2 * n))
    for n in range(12):
        await shop.sell(f"b{n}", f"b{n}@ornek.example", occurred_at=NOON + timedelta(minutes=n))
    await _look(shop, settings)
    assert _kinds(await shop.balances())["on_hold"] == 12_000
    answer = await shop.client.put("/v1/review-rules", json={"velocity": None})
    assert answer.status_code == 202
    await jobs.run_queued(settings, shop.database)
    await _look(shop, settings)
    assert [each["status"] for each in await shop.holds()] == ["ended"]
    assert "on_hold" not in _kinds(await shop.balances())


def found(code: str, days: int, coupon: str | None = None) -> Found:
    since = NOON - timedelta(days=days)
    return Found(code, P, coupon, "g", since, since + timedelta(hours=1), {})


def standing(code: str, days: int, coupon: str | None = None) -> FindingRow:
    since = NOON - timedelta(days=days)
    return FindingRow(UUID(int=days), code, P, coupon, "g", since, since + timedelta(hours=1))


@pytest.mark.parametrize(
    ("now", "before", "new", "ended"),
    [
        ([found("velocity", 1)], [], 1, 0),
        ([found("velocity", 1)], [standing("velocity", 1)], 0, 0),
        ([], [standing("velocity", 1)], 0, 1),
        ([found("velocity", 2)], [standing("velocity", 1)], 1, 1),
        # What is too old to be looked at stays.
        ([], [standing("velocity", 60)], 0, 0),
        # A code stays leaked, also when its sign moves or fades.
        ([], [standing("leaked_coupon", 3, "x")], 0, 0),
        ([found("leaked_coupon", 1, "x")], [standing("leaked_coupon", 3, "x")], 0, 0),
        ([found("leaked_coupon", 1, "y")], [standing("leaked_coupon", 3, "x")], 1, 0),
    ],
)
def test_what_changes(now: list[Found], before: list[FindingRow], new: int, ended: int) -> None:
    added, gone = changes(now, before, NOON - timedelta(days=35), ReviewRules())
    assert (len(added), len(gone)) == (new, ended)


def test_rules_that_are_off_end_all() -> None:
    rules = ReviewRules(velocity=None, leaked_coupon=None)
    before = [standing("velocity", 60), standing("leaked_coupon", 3, "x"), standing("conversion_rate", 60)]
    _, gone = changes([], before, NOON - timedelta(days=35), rules)
    assert [each.code for each in gone] == ["velocity", "leaked_coupon"]
