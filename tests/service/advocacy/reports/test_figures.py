"""The report's sums of few rows, in tables of cases."""

from dataclasses import fields
from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
import numpy as np
import pytest

from service.advocacy.reports.building import ALL, Snapshot, snapshots
from service.advocacy.reports.columns import NONE, Base, Members, Orders, Referrals
from service.advocacy.reports.comparing import ranked, referred, side
from service.advocacy.reports.costs import money, rewarded, sums, unpriced
from service.advocacy.reports.days import NEVER, Span, again, once
from service.advocacy.reports.funnel import funnel
from service.advocacy.reports.growing import MOST_WEEKS, cohorts, network, people, top
from service.advocacy.reports.store import RewardDayRow

PROGRAM = UUID("0190aaaa-0000-7000-8000-000000000001")
KINDS = {"S": "S16", "i": np.int64, "f": np.float64, "b": np.bool_}
CURRENCY = {"currencies": "S3"}


def made(kind: Any, rows: list[dict[str, Any]], blank: dict[str, Any]) -> Any:
    """Columns out of rows, what is left out as `blank` has it."""
    full = [blank | row for row in rows]
    columns = {}
    for field in fields(kind):
        values = [row[field.name] for row in full]
        name = CURRENCY.get(field.name, KINDS[np.array([blank[field.name]]).dtype.kind])
        columns[field.name] = np.array(values, dtype=name)
    return kind(**columns)


def members(*rows: dict[str, Any]) -> Members:
    blank = {"ids": b"", "programs": PROGRAM.bytes, "joined": 0.0, "days": 0, "customers": True}
    found: Members = made(Members, [{"joined": row.get("days", 0) * 1.0, **row} for row in rows], blank)
    return found


def referrals(*rows: dict[str, Any]) -> Referrals:
    blank = {"programs": PROGRAM.bytes, "by": b"", "friends": b"", "customers": b"", "ranks": 0}
    blank |= {"standings": 0, "begun": 0.0, "begun_days": 0, "qualified": np.nan, "qualified_days": NONE}
    blank |= {"clicked_days": NONE, "ids": b""}
    found: Referrals = made(
        Referrals,
        [
            {
                "ids": b"r%d" % n,
                "begun": row.get("begun_days", 0) * 1.0,
                "qualified": row["qualified_days"] * 1.0 if "qualified_days" in row else np.nan,
                **row,
            }
            for n, row in enumerate(rows)
        ],
        blank,
    )
    return found


def orders(*rows: dict[str, Any]) -> Orders:
    blank = {"at": 0.0, "days": 0, "customers": b"", "sides": 0, "programs": b"", "currencies": b"TRY"}
    blank |= {"stands": True, "went_back": False, "net": 100}
    found: Orders = made(Orders, [{"at": row.get("days", 0) * 1.0, **row} for row in rows], blank)
    return found


BOUGHT = {"ranks": 3, "begun_days": 2, "qualified_days": 5}
A, B, C = ({"ids": name} for name in (b"a", b"b", b"c"))
FUNNEL = [
    ("an invitation", {"begun_days": 2}, Span(), {"invitations": 1, "inviting": 1}),
    ("before the span", {"begun_days": 2}, Span(3, 9), {}),
    ("a click", {"ranks": 1}, Span(), {"invitations": 1, "clicks": 1, "inviting": 1}),
    (
        "a code, never clicked",
        {"ranks": 2},
        Span(),
        {"invitations": 1, "clicks": 1, "signups": 1, "inviting": 1},
    ),
    (
        "a customer counts where the referral began",
        BOUGHT,
        Span(2, 2),
        {"invitations": 1, "clicks": 1, "signups": 1, "customers": 1, "inviting": 1},
    ),
    ("an acquisition where it was", BOUGHT, Span(5, 5), {"acquired": 1, "referring": 1}),
    (
        "who joined as a friend",
        BOUGHT | {"friends": b"b", "begun_days": 1},
        Span(1, 1),
        {"invitations": 1, "clicks": 1, "signups": 1, "customers": 1, "new_advocates": 1, "inviting": 1}
        | {"joined": 1},
    ),
    (
        "who was an advocate before",
        BOUGHT | {"friends": b"c"},
        Span(2, 2),
        {"invitations": 1, "clicks": 1, "signups": 1, "customers": 1, "inviting": 1},
    ),
    (
        "held",
        BOUGHT | {"standings": 1},
        Span(2, 9),
        {"held_invitations": 1, "held_clicks": 1, "held_signups": 1, "held_customers": 1, "inviting": 1},
    ),
    (
        "rejected after a click",
        {"ranks": 1, "standings": 2, "begun_days": 2},
        Span(2, 9),
        {"rejected_invitations": 1, "rejected_clicks": 1, "inviting": 1},
    ),
    (
        "a click of a link",
        BOUGHT | {"clicked_days": 4},
        Span(4, 4),
        {"by_click": 1},
    ),
    (
        "not before the advocate joined",
        {"by": b"b", "begun_days": 0},
        Span(1, 1),
        {"joined": 1, "inviting": 1},
    ),
]


@pytest.mark.parametrize(("row", "span", "wanted"), [each[1:] for each in FUNNEL], ids=[x[0] for x in FUNNEL])
def test_where_a_referral_counts(row: dict[str, Any], span: Span, wanted: dict[str, int]) -> None:
    them = members(A, B | {"days": 1}, C)
    found = funnel(them, referrals({"by": b"a"} | row), orders(), []).sums(span)
    found = {name: n for name, n in found.items() if n}
    if span == Span():
        assert found.pop("joined") == 3
    assert found == wanted


def test_a_fan_is_no_customer_who_refers() -> None:
    fan, friend = {"ids": b"a", "customers": False}, {"ids": b"b", "customers": False}
    bought = [BOUGHT | {"by": b"a", "friends": b"b"}, BOUGHT | {"by": b"b", "qualified_days": 6}]
    found = funnel(members(fan, friend), referrals(*bought), orders(), []).sums(Span())
    # The friend of one bought, and is a customer since.
    assert found["referring"] == 1


ME = {"customers": b"x"}
FIRST, LATER = ME | {"sides": 1, "days": 1}, ME | {"sides": 1, "days": 9}
SIDES = [
    ("one order", [ME | {"sides": 1, "days": 3}], Span(), (1, 1, 1, 100)),
    ("somebody else's", [ME | {"sides": 2}], Span(), (0, 0, 0, 0)),
    ("nobody known", [{"sides": 1}], Span(), (0, 0, 1, 100)),
    (
        "twice in the span",
        [ME | {"sides": 1, "days": 1}, ME | {"sides": 1, "days": 2}],
        Span(),
        (1, 1, 2, 200),
    ),
    (
        "again, later",
        [ME | {"sides": 1, "days": 1}, ME | {"sides": 1, "days": 9}],
        Span(5, 9),
        (1, 0, 1, 100),
    ),
    ("new by another side", [ME | {"days": 1}, ME | {"sides": 1, "days": 9}], Span(), (1, 0, 1, 100)),
    ("sent back whole", [ME | {"sides": 1, "stands": False, "net": 0}], Span(), (0, 0, 0, 0)),
    (
        "the first was sent back",
        [ME | {"sides": 1, "stands": False, "net": 0}, ME | {"sides": 1, "days": 4}],
        Span(),
        (1, 1, 1, 100),
    ),
]


@pytest.mark.parametrize(("rows", "span", "wanted"), [each[1:] for each in SIDES], ids=[x[0] for x in SIDES])
def test_what_a_side_brought(
    rows: list[dict[str, Any]], span: Span, wanted: tuple[int, int, int, int]
) -> None:
    them = orders(*rows)
    found = side(them, them.sides == 1, ranked(them))
    every = found.all.sums(span)
    nets = sum(each.sums(span)["net"] for each in found.money.values())
    assert (once(found.customers, span), every["new_customers"], every["orders"], nets) == wanted


@pytest.mark.parametrize(
    ("gap", "within", "today", "wanted"),
    [
        (29.99, 30, 40, (1, 1)),
        (30.0, 30, 40, (1, 1)),
        (30.01, 30, 40, (0, 1)),
        (30.01, 31, 40, (1, 1)),
        (5.0, 30, 30, (0, 0)),
        (None, 30, 40, (0, 1)),
    ],
)
def test_who_buys_again(gap: float | None, within: int, today: int, wanted: tuple[int, int]) -> None:
    rows = [ME | {"sides": 1}] + ([] if gap is None else [ME | {"at": gap, "days": int(gap)}])
    them = orders(*rows)
    found = side(them, them.sides == 1, ranked(them))
    assert again(found.firsts, Span(), within, today) == wanted


def test_what_friends_buy() -> None:
    """From the first order as a friend on, whoever is credited; of nobody who is held."""
    them = orders(
        *(ME | {"days": day, "sides": day % 3} for day in (1, 5, 9)), {"customers": b"y", "days": 9}
    )
    came = BOUGHT | {"by": b"a", "customers": b"x"}
    held = BOUGHT | {"by": b"a", "customers": b"y", "standings": 1}
    assert referred(them, referrals(came, held)).tolist() == [False, True, True, False]
    assert not referred(them, referrals(held)).any()


def reward(kind: str, currency: str | None, **parts: int) -> RewardDayRow:
    names = ("promised", "given", "pending", "expired", "taken_back")
    counts = {name: parts.get(name, 0) for name in names}
    amounts = {f"{name}_amount": parts.get(f"{name}_amount", 0) for name in names}
    row = {"program_id": PROGRAM, "day": 3, "kind": kind, "currency": currency, **counts, **amounts}
    return msgspec.convert(row, RewardDayRow)


def test_points_are_no_money() -> None:
    rows = [
        reward("points", "points", promised=2, given=2, promised_amount=200, given_amount=200),
        reward("credit", "TRY", promised=1, pending=1, promised_amount=70, pending_amount=70),
        reward("voucher", "TRY", promised=1, given=1, promised_amount=30, given_amount=30),
        reward("cash", "EUR", promised=1, taken_back=1, promised_amount=9, taken_back_amount=9),
        reward("discount", None, promised=1, given=1),
    ]
    found = sums(rewarded(rows), Span())
    assert money(found) == {"TRY": 100, "EUR": 0}
    assert [(each.kind, each.stands) for each in unpriced(found)] == [("discount", 1), ("points", 2)]
    assert sums(rewarded(rows), Span(4, 9)) == []


def test_who_brought_most() -> None:
    """A brought b and a friend without an account, b brought c: users are all four."""
    rows = [
        BOUGHT | {"by": b"a", "friends": b"b", "qualified_days": 1},
        BOUGHT | {"by": b"a", "qualified_days": 2},
        BOUGHT | {"by": b"b", "friends": b"c", "qualified_days": 3},
        # The same friend again, who was there; somebody who would close a circle; what is held.
        BOUGHT | {"by": b"b", "friends": b"c", "qualified_days": 4},
        BOUGHT | {"by": b"c", "friends": b"a", "qualified_days": 5},
        BOUGHT | {"by": b"c", "standings": 1},
    ]
    them = members(A, B | {"days": 4}, C | {"days": 9})
    found = people(them, referrals(*rows))
    assert found.forest.parents.tolist() == [-1, 0, 1, 0]
    # Who bought before they joined is a user since then.
    assert found.days.tolist() == [0, 1, 3, 2]
    assert found.invitations.tolist() == [2, 2, 1, 0]
    brought = [(each.advocate_id.rstrip(b"\0"), each.direct, each.beyond) for each in top(found, them)]
    assert brought == [(b"a", 2, 1), (b"b", 1, 0)]


DAYS = (20_000, 20_380, 20_399, 20_400)


def test_weeks_are_those_of_a_year() -> None:
    them = people(
        members(*({"ids": b"m%d" % n, "days": day} for n, day in enumerate(DAYS))),
        referrals(),
    )
    found = cohorts(them, "week", datetime(2026, 1, 1, tzinfo=UTC))
    assert [(each.name, each.users) for each in found.cohorts] == [("2025-10-13", 1), ("2025-11-03", 2)]
    assert (found.whole.users, MOST_WEEKS) == (4, 53)


def test_sales_through_the_network() -> None:
    """A known advocate's friend bought the day after them, each time."""
    pairs = range(40)
    bought = [{"customers": b"a%d" % n, "days": 10 * n} for n in pairs]
    bought += [{"customers": b"f%d" % n, "days": 10 * n + 1} for n in pairs]
    came = [{"by": b"m%d" % n, "customers": b"f%d" % n} | BOUGHT for n in pairs]
    them = members(*({"ids": b"m%d" % n} for n in pairs))
    known = (np.array([b"m%d" % n for n in pairs], "S16"), np.array([b"a%d" % n for n in pairs], "S16"))
    found = network(orders(*bought), them, referrals(*came), known)
    assert (found.currency, found.sales, found.with_friends, found.of_sales.after) == ("TRY", 80, 80, 0.5)
    assert found.of_sales.low is not None
    assert found.of_sales.low > 0
    strangers = network(orders(*bought), them, referrals(), known)
    assert strangers.reason == "no_friends"


def test_a_snapshot_is_kept_as_it_is() -> None:
    base = Base(
        members(A, B),
        referrals(BOUGHT | {"by": b"a", "customers": b"x"}),
        orders(ME | {"days": 5, "sides": 2, "programs": PROGRAM.bytes}),
        (np.array([], "S16"), np.array([], "S16")),
        [],
        [reward("points", "points", promised=1, given=1, promised_amount=5, given_amount=5)],
        [],
        [PROGRAM, ALL],
    )
    seen: list[tuple[int, int]] = []
    now, zone = datetime(2026, 1, 1, tzinfo=UTC), ZoneInfo("Asia/Tokyo")
    found = dict(snapshots(base, now, zone, [ALL, PROGRAM], lambda *at: seen.append(at)))
    assert seen == [(n, 8) for n in range(1, 9)]
    for each in found.values():
        kept = msgspec.msgpack.decode(msgspec.msgpack.encode(each), type=Snapshot)
        assert kept == each
        assert once(kept.advocates.customers, Span()) == 1
        assert again(kept.advocates.firsts, Span(0, NEVER - 1), 30, kept.today) == (0, 1)
