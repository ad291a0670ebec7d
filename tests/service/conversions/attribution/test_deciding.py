"""Whom an order is credited to: a table of cases, and what holds of any touches."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from service.conversions.attribution.deciding import Terms, decide
from service.conversions.attribution.names import REASONS, tell
from service.conversions.attribution.touches import Decision, Touch
from service.programs.terms import Attribution, Bond

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
A, B, C = (UUID(int=number) for number in (1, 2, 3))
NAMES = {A: "A", B: "B", C: "C"}
P, Q = UUID(int=8), UUID(int=9)


def click(partner: UUID | None, days: float, **more: Any) -> Touch:
    more.setdefault("name", f"clk_{days:g}")
    return Touch("click", AT - timedelta(days=days), partner, **more)


def coupon(partner: UUID | None, **more: Any) -> Touch:
    return Touch("coupon", AT, partner, name="AYSE10", **more)


def bond(partner: UUID, days: float, sales: int = 1, **more: Any) -> Touch:
    return Touch("bond", AT - timedelta(days=days), partner, sales=sales, **more)


def told(decision: Decision) -> str:
    """`A 1/2 B 1/2: code`, the reason that decided."""
    who = " ".join(
        f"{NAMES[share.partner_id]} {share.weight}" if share.weight != 1 else NAMES[share.partner_id]
        for share in decision.shares
    )
    return f"{who or '-'}: {decision.why[0][0]}"


LAST = Attribution()
FIRST = Attribution(payout_model="first")
SPLIT = Attribution(payout_model="coupon_click_split", coupon_part=Decimal("0.3"))
CASES: list[tuple[str, Attribution, list[Touch], str]] = [
    ("nothing", LAST, [], "-: no_evidence"),
    ("one click", LAST, [click(A, 1)], "A: last_click"),
    ("the last click", LAST, [click(A, 1), click(B, 3)], "A: last_click"),
    ("the first click", FIRST, [click(A, 1), click(B, 3)], "B: first_click"),
    ("a click on the window's edge", LAST, [click(A, 30)], "A: last_click"),
    ("a click outside the window", LAST, [click(A, 30.001)], "-: no_evidence"),
    ("a longer window", Attribution(window_days=60), [click(A, 59)], "A: last_click"),
    ("the first click within the window", FIRST, [click(A, 31), click(B, 3), click(C, 1)], "B: first_click"),
    ("a click after the order", LAST, [click(A, -0.5)], "-: no_evidence"),
    ("a named click by a wrong clock", LAST, [click(A, -0.5, named=True)], "A: last_click"),
    ("a named click days after the order", LAST, [click(A, -2, named=True)], "-: no_evidence"),
    ("a click of nobody's link", LAST, [click(None, 1), click(A, 3)], "A: last_click"),
    ("a click that is void", LAST, [click(A, 1, void="foreign_origin")], "-: no_evidence"),
    ("a partner's own coupon", LAST, [click(A, 1), coupon(B)], "B: coupon"),
    ("a coupon without a click", LAST, [coupon(B)], "B: coupon"),
    ("a public coupon never outranks", LAST, [click(A, 1), coupon(B, public=True)], "A: last_click"),
    ("nor a bond", Attribution(bond=Bond()), [bond(A, 9), coupon(B, public=True)], "A: bond"),
    ("a public coupon alone", LAST, [coupon(B, public=True)], "B: public_coupon"),
    ("a public coupon of nobody", LAST, [coupon(None, public=True)], "-: no_evidence"),
    (
        "click over coupon",
        Attribution(precedence=["click", "coupon"]),
        [click(A, 1), coupon(B)],
        "A: last_click",
    ),
    ("a kind that is not listed", Attribution(precedence=["click"]), [coupon(B)], "-: no_evidence"),
    ("the last of two coupons", LAST, [coupon(A), coupon(B)], "B: coupon"),
    ("the first of two coupons", FIRST, [coupon(A), coupon(B)], "A: coupon"),
    ("a split", SPLIT, [click(A, 1), click(C, 2), coupon(B)], "B 3/10 A 7/10: split"),
    ("a split with oneself", SPLIT, [click(B, 1), coupon(B)], "B: coupon"),
    ("a split without a click", SPLIT, [coupon(B)], "B: coupon"),
    ("a split without a coupon", SPLIT, [click(A, 1)], "A: last_click"),
    (
        "a split of all and nothing",
        structs.replace(SPLIT, coupon_part=Decimal(1)),
        [click(A, 1), coupon(B)],
        "B: coupon",
    ),
    (
        "a split where coupons are none",
        structs.replace(SPLIT, precedence=["click"]),
        [click(A, 1), coupon(B)],
        "A: last_click",
    ),
    ("no bond by default", LAST, [bond(A, 5)], "-: no_evidence"),
    ("a bond of days", Attribution(bond=Bond(days=90)), [bond(A, 90)], "A: bond"),
    ("a bond that has ended", Attribution(bond=Bond(days=90)), [bond(A, 90.01)], "-: no_evidence"),
    ("a bond of sales", Attribution(bond=Bond(sales=3)), [bond(A, 500, sales=2)], "A: bond"),
    ("a bond used up", Attribution(bond=Bond(sales=3)), [bond(A, 5, sales=3)], "-: no_evidence"),
    ("days and sales", Attribution(bond=Bond(days=9, sales=3)), [bond(A, 10, sales=0)], "-: no_evidence"),
    ("for life", Attribution(bond=Bond()), [bond(A, 3000, sales=99)], "A: bond"),
    (
        "the earliest bond that runs",
        Attribution(bond=Bond(days=30)),
        [bond(A, 40), bond(B, 20), bond(C, 5)],
        "B: bond",
    ),
    ("click over bond", Attribution(bond=Bond()), [bond(A, 20), click(B, 1)], "B: last_click"),
    (
        "bond over click",
        Attribution(bond=Bond(), precedence=["bond", "coupon", "click"]),
        [bond(A, 20), click(B, 1), coupon(C)],
        "A: bond",
    ),
    ("by hand", LAST, [Touch("manual", AT, C, name="ms"), coupon(B), click(A, 1)], "C: manual"),
    (
        "the latest by hand",
        LAST,
        [Touch("manual", AT + timedelta(days=3), A), Touch("manual", AT + timedelta(days=1), B)],
        "A: manual",
    ),
]


@pytest.mark.parametrize(
    ("rules", "touches", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_cases(rules: Attribution, touches: list[Touch], expected: str) -> None:
    terms: Terms = {None: rules}
    assert told(decide(touches, AT, terms)) == expected


def test_terms_that_are_missing_are_the_defaults() -> None:
    assert told(decide([click(A, 29, program_id=P)], AT, {})) == "A: last_click"


TWO = {P: LAST, Q: Attribution(window_days=7, precedence=["click", "coupon"])}


@pytest.mark.parametrize(
    ("touches", "expected"),
    [
        ([click(A, 2, program_id=P), click(B, 1, program_id=Q)], "B: last_click"),
        ([click(A, 20, program_id=P), click(B, 10, program_id=Q)], "A: last_click"),
        ([click(A, 1, program_id=P), coupon(B, program_id=Q)], "B: coupon"),
        ([click(A, 1, program_id=Q), coupon(B, program_id=P)], "B: coupon"),
        ([click(A, 1, program_id=Q), coupon(B, program_id=Q)], "A: last_click"),
    ],
    ids=["the latest", "each its window", "coupon over click", "whoever says so", "within one its own order"],
)
def test_programs_never_pay_twice(touches: list[Touch], expected: str) -> None:
    decision = decide(touches, AT, TWO)
    assert told(decision) == expected
    assert sum(share.weight for share in decision.shares) == 1


def test_two_programs_that_pay_the_first_click_pay_the_first_of_both() -> None:
    touches = [click(A, 2, program_id=P), click(B, 5, program_id=Q)]
    assert told(decide(touches, AT, {P: FIRST, Q: FIRST})) == "B: first_click"


def test_the_answer_says_why() -> None:
    touches = [click(A, 1, name="clk_x", program_id=P), coupon(B, program_id=P)]
    decision = decide([*touches, click(C, 40, name="clk_y", program_id=P)], AT, {P: LAST}, {P: 3})
    assert [tell(*why, "en") for why in decision.why] == [
        "The order has the coupon AYSE10, rule v3",
        "Coupon AYSE10 outranks click clk_x, rule v3",
        "Click clk_y lies outside the window of 30 days",
    ]
    assert [tell(*why, "tr") for why in decision.why] == [
        "Siparişte AYSE10 kuponu var, kural s3",
        "Kupon AYSE10, tıklama clk_x kanıtından önce gelir, kural s3",
        "Tıklama clk_y, 30 günlük sürenin dışında",
    ]


PARTNERS = st.sampled_from([A, B, C, None])
PROGRAMS = {A: P, B: P, C: Q, None: None}
TOUCHES = st.lists(
    st.builds(
        lambda kind, partner, days, public, named, void, sales: Touch(
            kind,
            AT - timedelta(days=days),
            partner,
            program_id=PROGRAMS[partner],
            public=public and kind == "coupon",
            name=f"{kind}",
            named=named,
            void=void,
            sales=sales,
        ),
        st.sampled_from(["click", "coupon", "bond", "manual"]),
        PARTNERS,
        st.floats(-3, 400),
        st.booleans(),
        st.booleans(),
        st.sampled_from(["", "", "", "coupon_ended"]),
        st.integers(0, 5),
    ),
    max_size=8,
)
RULES = st.builds(
    Attribution,
    window_days=st.integers(1, 365),
    payout_model=st.sampled_from(["last", "first", "coupon_click_split"]),
    precedence=st.permutations(["coupon", "click", "bond"]).flatmap(
        lambda order: st.integers(1, 3).map(lambda size: order[:size])
    ),
    coupon_part=st.decimals("0", "1", places=4),
    bond=st.none() | st.builds(Bond, st.none() | st.integers(1, 400), st.none() | st.integers(1, 5)),
)


@given(TOUCHES, RULES, RULES)
def test_an_order_is_paid_once_and_explained(
    touches: list[Touch], one: Attribution, two: Attribution
) -> None:
    decision = decide(touches, AT, {P: one, Q: two}, {P: 1, Q: 2})
    weights = [share.weight for share in decision.shares]
    assert sum(weights) in (0, 1)
    assert all(0 < weight <= 1 for weight in weights)
    assert len({share.partner_id for share in decision.shares}) == len(weights)
    assert len({share.program_id for share in decision.shares}) <= 1
    for share in decision.shares:
        assert share.touch in touches
        assert share.touch.partner_id == share.partner_id
    assert decision.why
    for code, values in decision.why:
        assert "{" not in tell(code, values, "tr") + tell(code, values, "en")


@given(TOUCHES, RULES, st.randoms(use_true_random=False))
def test_the_order_in_which_touches_come_changes_nothing(
    touches: list[Touch], rules: Attribution, random: Any
) -> None:
    distinct = list({touch.at: touch for touch in touches}.values())
    mixed = list(distinct)
    random.shuffle(mixed)
    terms = {P: rules, Q: rules, None: rules}
    assert decide(mixed, AT, terms).shares == decide(distinct, AT, terms).shares


def test_every_reason_names_what_it_needs_in_both_languages() -> None:
    for turkish, english in REASONS.values():
        assert set(re.findall(r"\{(\w+)\}", turkish)) == set(re.findall(r"\{(\w+)\}", english))


def test_a_split_is_exact() -> None:
    rules = structs.replace(SPLIT, coupon_part=Decimal("0.3333"))
    decision = decide([click(A, 1), coupon(B)], AT, {None: rules})
    assert [share.weight for share in decision.shares] == [Fraction(3333, 10000), Fraction(6667, 10000)]
