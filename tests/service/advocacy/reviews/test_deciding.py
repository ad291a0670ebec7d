"""What is decided of reviews: purchases, means, moderation, what is told."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET, structs

from service.advocacy.earning import Fact
from service.advocacy.members import deeds
from service.advocacy.reviews.moderating import decide, faults
from service.advocacy.reviews.schemas import NewReview, ReviewPatch, ReviewRow, Tally
from service.advocacy.reviews.store import Advocating
from service.advocacy.reviews.summaries import averaging, summing
from service.advocacy.reviews.summaries.averaging import OVERALL, adjusted, figures, interval
from service.advocacy.reviews.verifying.deciding import Asked, Order, purchase
from service.advocacy.terms.shapes import RewardRule

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
AYSE, CAN = UUID(int=1), UUID(int=2)
FIRST, SECOND = UUID(int=11), UUID(int=12)


def order(conversion: UUID = FIRST, days: float = -3, **more: Any) -> Order:
    told = {"n": 0, "kind": "id", "customer_id": AYSE, "products": []} | more
    return Order(conversion_id=conversion, occurred_at=AT + timedelta(days=days), **told)


def asked(*customers: UUID, product: str | None = None) -> Asked:
    return Asked(AT, product, set(customers))


CASES: list[tuple[str, Asked, list[Order], list[Order], tuple[UUID, str] | None]] = [
    ("nothing is known", asked(), [], [], None),
    ("the order it names", asked(), [order()], [], (FIRST, "order")),
    ("of the customer", asked(AYSE), [order()], [order()], (FIRST, "order")),
    ("somebody else's order", asked(CAN), [order()], [], None),
    (
        "else the customer's own",
        asked(CAN),
        [order()],
        [order(SECOND, customer_id=CAN)],
        (SECOND, "customer"),
    ),
    ("an order of nobody", asked(CAN), [order(customer_id=None)], [], (FIRST, "order")),
    ("the latest before", asked(AYSE), [], [order(), order(SECOND, -1)], (SECOND, "customer")),
    ("ordered afterwards", asked(AYSE), [order(days=2)], [order(days=2)], None),
    ("on the same day", asked(), [order(days=0.9)], [], (FIRST, "order")),
    ("the product", asked(product="p1"), [order(products=["p0", "p1"])], [], (FIRST, "order")),
    ("another product", asked(AYSE, product="p1"), [order(products=["p0"])], [order(products=["p0"])], None),
    ("no lines were told", asked(product="p1"), [order()], [], (FIRST, "order")),
    ("a number that two bear", asked(), [order(kind="number"), order(SECOND, kind="number")], [], None),
    ("an id before a number", asked(), [order(kind="number"), order(SECOND)], [], (SECOND, "order")),
]


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_purchases(case: tuple[str, Asked, list[Order], list[Order], tuple[UUID, str] | None]) -> None:
    _, told, named, bought, wanted = case
    found = purchase(told, named, bought)
    assert (None if found is None else (found.conversion_id, found.by)) == wanted


@given(st.lists(st.integers(0, 300), min_size=5, max_size=5))
def test_an_interval_holds_the_mean(by_stars: list[int]) -> None:
    found, number = interval(by_stars), sum(by_stars)
    if found is None:
        assert number == 0
        return
    mean = sum(star * count for star, count in zip((1, 2, 3, 4, 5), by_stars, strict=True)) / number
    assert 1 <= found.low < found.high <= 5
    # Few reviews of one kind are drawn towards the middle; the interval reaches them all the same.
    assert found.low - 0.01 <= mean <= found.high + 0.01
    more = interval([10 * count for count in by_stars])
    assert more is not None
    assert more.high - more.low < found.high - found.low


@pytest.mark.parametrize(("truth", "number"), [((0.05, 0.03, 0.07, 0.15, 0.7), 30), ((0.2,) * 5, 100)])
def test_intervals_cover(truth: tuple[float, ...], number: int) -> None:
    import numpy as np

    dice, mean = np.random.default_rng(9), sum(star * p for star, p in enumerate(truth, 1))
    hits = 0
    for counts in dice.multinomial(number, truth, size=1_000).tolist():
        found = interval(counts)
        hits += found is not None and found.low <= mean <= found.high
    assert 930 <= hits <= 975


def tally(grouped: Any, mean: float | None, *by_stars: int, **more: Any) -> Tally:
    told = {"product_id": None, "product_name": None, "month": None} | more
    return Tally(grouped, *told.values(), sum(by_stars), mean, *by_stars, sum(by_stars), 1, 0)


def test_one_review_of_five_stars_is_before_no_hundred() -> None:
    rows = [
        tally("total", 4.6, 5, 5, 5, 5, 81),
        tally("product", 4.8, 0, 0, 0, 20, 80, product_id="many"),
        tally("product", 5.0, 0, 0, 0, 0, 1, product_id="one"),
    ]
    many, one = summing.by_product(rows)
    assert one.figures.mean == 5.0
    assert one.figures.adjusted_mean < many.figures.adjusted_mean
    assert (one.figures.prior.mean, one.figures.prior.weight) == (4.6, averaging.WEIGHT)
    assert one.figures.adjusted_mean == pytest.approx((5 + 46) / 11, abs=0.005)
    assert many.figures.verified_share == 0.01


def test_of_nothing_nothing_is_said() -> None:
    found = figures(summing.total([]))
    assert (found.reviews, found.mean, found.interval, found.verified_share) == (0, None, None, None)
    assert found.adjusted_mean == adjusted(None, 0, OVERALL) == 3.0


def row(**more: Any) -> ReviewRow:
    values: dict[str, Any] = dict.fromkeys(ReviewRow.__struct_fields__)
    return ReviewRow(**values | {"status": "pending", "rating": 1.0} | more)


PATCHES: list[tuple[ReviewRow, ReviewPatch, list[str]]] = [
    (row(), ReviewPatch(status="rejected"), ["reason"]),
    (row(), ReviewPatch(status="rejected", reason="spam"), []),
    (row(), ReviewPatch(reason="spam"), ["reason"]),
    (row(status="rejected", reason="spam"), ReviewPatch(reason="fake"), []),
    (row(status="rejected", reason="spam"), ReviewPatch(status="approved"), []),
    (row(status="rejected", reason="spam"), ReviewPatch(status="approved", reason="spam"), ["reason"]),
    (row(erased_at=AT), ReviewPatch(answer="Merhaba"), ["answer"]),
    (row(erased_at=AT), ReviewPatch(answer=None), []),
]


@pytest.mark.parametrize(("known", "patch", "paths"), PATCHES, ids=range(len(PATCHES)))
def test_decisions_that_can_not_be(known: ReviewRow, patch: ReviewPatch, paths: list[str]) -> None:
    assert [path for path, _ in faults(known, patch)] == paths


def test_a_decision_is_noted_and_an_answer_taken_back() -> None:
    made = decide(row(), ReviewPatch(status="rejected", reason="spam", note="x"), "usr_1", AT)
    assert (made.status, made.reason, made.moderated_by, made.moderated_at) == (
        "rejected",
        "spam",
        "usr_1",
        AT,
    )
    again = decide(row(**structs.asdict(made)), ReviewPatch(status="approved"), "usr_2", AT)
    assert (again.status, again.reason, again.moderated_by, again.note) == ("approved", None, "usr_2", "x")
    said = decide(row(), ReviewPatch(answer="Teşekkürler"), "usr_1", AT)
    assert (said.answered_by, said.answered_at, said.moderated_at) == ("usr_1", AT, None)
    gone = decide(row(**structs.asdict(said)), ReviewPatch(answer=None), "usr_1", AT)
    assert (gone.answer, gone.answered_by, gone.answered_at) == (None, None, None)
    assert ReviewPatch().status is UNSET


def test_no_reward_can_tell_how_a_review_was_rated() -> None:
    """What decides on rewards has nowhere to put stars, words or a sentiment."""
    told = {"rating", "stars", "text", "title", "label", "score", "sentiment", "min_rating"}
    for kind in (Advocating, Fact, RewardRule):
        assert not told & set(kind.__struct_fields__ if hasattr(kind, "__struct_fields__") else kind._fields)
    named = deeds.record.__code__.co_varnames[: deeds.record.__code__.co_argcount]
    assert not told & set(named)
    assert "rating" in NewReview.__struct_fields__
