"""Signs of a code that has got about."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from service.conversions.reviews.batch.leaks import Leak, Use, find_leak
from service.conversions.reviews.rules import LeakedCoupon

START = datetime(2026, 10, 1, tzinfo=UTC)
RULES = LeakedCoupon()


def uses(*kinds: str, since: int = 0) -> list[Use]:
    """One a day: `n` by a new customer, `k` by a known one, `s` from a coupon site, `?` of nobody known."""
    known = {"n": False, "k": True, "s": False, "?": None}
    return [
        Use(START + timedelta(days=since + n), "kuponlar.example" if kind == "s" else None, known[kind])
        for n, kind in enumerate("".join(kinds))
    ]


def found(history: list[Use], last_heard: datetime | None = None, rules: LeakedCoupon = RULES) -> Leak | None:
    return find_leak(history, last_heard, rules)


def test_a_code_that_people_type_is_left_alone() -> None:
    assert found(uses("n" * 60)) is None
    assert found(uses("nnk" * 20)) is None
    assert found(uses("?" * 60)) is None
    assert found([]) is None
    # One visit from such a site is nobody's leak.
    assert found(uses("n" * 20, "s", "n" * 20)) is None


def test_a_code_on_a_coupon_site() -> None:
    leak = found(uses("n" * 20, "sns" * 4))
    assert leak is not None
    assert (leak.sign, leak.since) == ("coupon_site", START + timedelta(days=20))
    assert leak.evidence == {"host": "kuponlar.example", "orders": "12", "from_sites": "8"}
    assert found(uses("n" * 20, "sns" * 4), None, LeakedCoupon(share=0.9)) is None
    listed = LeakedCoupon(sites=["firsat.example"])
    mine = [Use(use.at, "a.firsat.example") for use in uses("n" * 10)]
    leak = found(mine, None, listed)
    assert leak is not None
    assert leak.since == START
    assert found(mine) is None


def test_customers_whom_the_shop_knew() -> None:
    leak = found(uses("nnnnk" * 6, "kkkn" * 5))
    assert leak is not None
    assert leak.sign == "known_customers"
    assert abs((leak.since - START).days - 30) <= 2
    # Always so is no jump; a jump of few orders is chance.
    assert found(uses("kkkn" * 12)) is None
    assert found(uses("n" * 30, "kkk")) is None


def test_use_long_after_the_partner_was_heard_of() -> None:
    late = uses("n" * 10, since=61)
    leak = found(late, START)
    assert leak is not None
    assert (leak.sign, leak.since) == ("long_after", START + timedelta(days=60))
    assert found(late, START + timedelta(days=30)) is None
    assert found(late[:7], START) is None
    assert found(late, None) is None


def test_the_earliest_sign_tells_since_when() -> None:
    leak = found(uses("n" * 20, "s" * 10) + uses("n" * 10, since=70), START)
    assert leak is not None
    assert (leak.sign, leak.since) == ("coupon_site", START + timedelta(days=20))


@given(st.text("nks?", max_size=80), st.integers(2, 20), st.floats(0, 1), st.floats(0, 1))
def test_a_leak_is_within_the_uses(kinds: str, least: int, share: float, rise: float) -> None:
    history = uses(kinds)
    leak = found(history, None, LeakedCoupon(share=share, known_rise=rise, min_orders=least))
    if leak is not None:
        after = [use for use in history if use.at >= leak.since]
        assert len(after) >= least
        assert history[0].at <= leak.since <= history[-1].at
