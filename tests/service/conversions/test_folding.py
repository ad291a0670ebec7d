"""An order is what its reports say, in whatever order they came. Pure."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from service.conversions.folding import Told, fold
from service.conversions.matching import KnownRef, matching, normal, spellings
from service.conversions.refunding import Back, refunded
from service.conversions.reports import Buyer, Cancellation, Order, Payment, Ref

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
ID = (Ref("id", "1"),)
CURRENCIES = st.sampled_from(["TRY", "USD"])
HOURS = st.integers(0, 50).map(lambda hours: NOON + timedelta(hours=hours))


@st.composite
def orders(draw: st.DrawFn) -> Order:
    return Order(
        ID,
        amount=draw(st.none() | st.integers(0, 10**6)),
        currency=draw(CURRENCIES),
        tax=draw(st.none() | st.integers(0, 100)),
        clicks=draw(st.lists(st.sampled_from("abc"), max_size=2).map(tuple)),
        buyer=draw(st.none() | st.builds(Buyer, is_new=st.none() | st.booleans())),
        paid=draw(st.none() | st.booleans()),
        occurred_at=draw(st.none() | HOURS),
        cancelled_at=draw(st.none() | HOURS),
        stated_at=draw(st.none() | HOURS),
    )


def told_list() -> st.SearchStrategy[list[Told]]:
    reports = orders() | st.builds(Cancellation, st.just(ID), HOURS)
    reports |= st.builds(Payment, st.just(ID), st.just("p"), st.booleans(), HOURS)
    each = st.tuples(reports, st.sampled_from(["webhook", "api", "import", "postback"]), st.booleans())
    return st.lists(each, min_size=1, max_size=7).map(
        lambda found: [
            Told(channel, verified, None, report, NOON + timedelta(minutes=at), bytes([at]) * 32)
            for at, (report, channel, verified) in enumerate(found)
        ]
    )


@given(told_list(), st.randoms(use_true_random=False))
def test_the_order_of_reports_changes_nothing(told: list[Told], draw: object) -> None:
    shuffled = list(told)
    draw.shuffle(shuffled)  # type: ignore[attr-defined]
    assert fold(shuffled) == fold(told)


@given(told_list())
def test_what_is_told_twice_counts_once(told: list[Told]) -> None:
    assert fold([*told, *told]) == fold(told)


def told(channel: str, order: Order, minute: int = 0, verified: bool = True) -> Told:
    return Told(channel, verified, None, order, NOON + timedelta(minutes=minute), bytes([minute]) * 32)


def sale(amount: int, **more: object) -> Order:
    return Order(ID, amount=amount, currency="TRY", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("reports", "amount", "conflicts"),
    [
        ([told("webhook", sale(5)), told("api", sale(6))], 5, ["6"]),
        ([told("import", sale(5)), told("api", sale(6))], 6, ["5"]),
        ([told("postback", sale(5)), told("import", sale(6))], 6, ["5"]),
        ([told("webhook", sale(5), verified=False), told("api", sale(6))], 6, ["5"]),
        ([told("api", sale(5)), told("api", sale(6), 1)], 5, ["6"]),
        ([told("api", sale(5)), told("api", sale(6, stated_at=NOON), 1)], 6, []),
        ([told("api", sale(6, stated_at=NOON)), told("api", sale(5), 1)], 6, ["5"]),
        (
            [
                told("webhook", sale(5, stated_at=NOON + timedelta(1))),
                told("webhook", sale(6, stated_at=NOON), 1),
            ],
            5,
            [],
        ),
    ],
    ids=[
        "a webhook before the API",
        "the API before a file",
        "a file before a postback",
        "unsigned is believed less",
        "a second one is no correction",
        "a change is",
        "what comes after a change without a time",
        "of one source what it states later",
    ],
)
def test_who_is_believed(reports: list[Told], amount: int, conflicts: list[str]) -> None:
    state = fold(reports)
    assert state is not None
    assert (state.amount, [conflict.told for conflict in state.conflicts]) == (amount, conflicts)


def test_sums_of_another_total_are_not_mixed_in() -> None:
    reports = [told("webhook", sale(120)), told("api", sale(100, tax=20, country="TR"))]
    state = fold(reports)
    assert state is not None
    assert (state.tax, state.country) == (None, "TR")


def test_pending_and_then_approved_is_paid() -> None:
    """A network tells of one sale twice, without a time or with the sale's own."""
    pending, approved = sale(100, paid=False), sale(100, paid=True)
    later = sale(100, paid=False, stated_at=NOON + timedelta(hours=1))
    timed = [structs.replace(one, stated_at=NOON, occurred_at=NOON) for one in (pending, approved)]
    for first, second, status in (
        (pending, approved, "confirmed"),
        (approved, pending, "confirmed"),
        (*timed, "confirmed"),
        (timed[1], later, "open"),
        (approved, later, "open"),
        (timed[1], pending, "confirmed"),
    ):
        state = fold([told("postback", first), told("postback", second, 1)])
        assert state is not None
        assert state.status == status


def known(*names: tuple[int, str, str]) -> list[KnownRef]:
    return [KnownRef(UUID(int=order), kind, value) for order, kind, value in names]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("refs", "names", "orders"),
    [
        ([("id", "1")], [(1, "id", "1")], [1]),
        ([("number", "1")], [(1, "id", "1")], []),
        ([("any", "1")], [(1, "id", "1")], [1]),
        ([("any", "1")], [(1, "id", "1"), (2, "number", "1")], [2]),
        ([("number", "1")], [(1, "any", "1")], [1]),
        ([("id", "2"), ("number", "1")], [(1, "id", "9"), (1, "number", "1")], []),
        ([("id", "2"), ("payment", "p")], [(1, "id", "9"), (1, "payment", "p")], [1]),
        ([("id", "2"), ("token", "t")], [(1, "token", "t")], [1]),
        ([("any", "1"), ("payment", "p")], [(1, "any", "1"), (2, "payment", "p")], [2, 1]),
    ],
    ids=str,
)
def test_which_order_is_meant(
    refs: list[tuple[str, str]], names: list[tuple[int, str, str]], orders: list[int]
) -> None:
    asked = [Ref(kind, value) for kind, value in refs]  # type: ignore[arg-type]
    assert matching(asked, known(*names)) == [UUID(int=order) for order in orders]


def test_names_that_something_may_wait_under() -> None:
    assert spellings([Ref("id", "1")]) == ["id:1", "any:1"]
    assert "payment:1" in spellings([Ref("any", "1")])
    assert normal([Ref("any", "# 1001 ")]) == (Ref("any", "1001"),)


@given(st.lists(st.tuples(st.integers(0, 500), st.booleans()), max_size=6), st.integers(0, 1000))
def test_no_more_goes_back_than_was_paid(found: list[tuple[int, bool]], amount: int) -> None:
    backs = [Back(back, "TRY", cumulative) for back, cumulative in found]
    gone = refunded(amount, "TRY", backs)
    assert 0 <= gone <= amount
    assert refunded(amount, "TRY", backs[::-1]) == gone
    assert gone >= min(amount, max((back.amount for back in backs), default=0))
