"""What an order earns: each kind of rule as a table of cases, and what holds for all of them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from time import process_time
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.kit import ids
from service.kit.money import Money
from service.ledger.rates import Earned, Exchange, Item, Sold, Standing, earn
from service.programs.reading import Agreed, Payee
from service.programs.terms import Terms

AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
WHO, PROGRAM, AGENCY = UUID(int=1), UUID(int=2), UUID(int=3)
ALL = Fraction(1)
Rules = list[dict[str, Any]]


def _agreed(rules: Rules, group: str | None = None, stopped: str | None = None, **terms: object) -> Agreed:
    read = msgspec.json.decode(msgspec.json.encode({"rules": rules, **terms}), type=Terms)
    return Agreed(PROGRAM, "Yaz", 4, read, group, stopped)


def _payee(partner_id: UUID = WHO) -> Payee:
    return Payee(partner_id, PROGRAM, None, "active", None, "Ayşe")


def _sold(net: int = 124_990, kind: Any = "sale", currency: str = "TRY", **given: Any) -> Sold:
    return Sold(kind, net, currency, given.pop("at", AT), **given)


def _paid(earned: list[Earned]) -> list[tuple[str, int]]:
    return [(one.key, one.amount.amount) for one in earned]


def test_the_explanation_of_a_commission() -> None:
    tiers = [{"rate": "0.08"}, {"rate": "0.10", "from_sales": 10}]
    rules: Rules = [
        {"kind": "lead", "flat": {"amount": 500, "currency": "TRY"}},
        {"kind": "sale", "rate": "0.2", "countries": ["DE"]},
        {"kind": "sale", "rate": "0.05", "tiers": tiers},
    ]
    (one,) = earn(_sold(), ALL, _agreed(rules), _payee(), {"month": Standing(sales=9)})
    assert (one.kind, one.key, one.partner_id, one.base) == ("sale", "rule-3", WHO, 124_990)
    assert one.amount == Money(12_499, "TRY")
    assert one.rule == {
        "program_id": ids.show("prg", PROGRAM),
        "program": "Yaz",
        "version": 4,
        "rule": 3,
        "tier": 2,
        "rate": "0.10",
        "base": {"amount": 124_990, "currency": "TRY"},
        "text": {
            "tr": "net 1.249,90 tutarın %10 kadarı, kural 3, kademe 2",
            "en": "10% of 1,249.90 net, rule 3, tier 2",
        },
    }


@pytest.mark.parametrize(
    ("net", "rate", "paid"),
    [
        (3000, "0.10", 300),
        (37_800, "0.10", 3780),
        (97_500, "0.15", 14_625),
        (5, "0.1", 0),
        (15, "0.1", 2),
        (25, "0.1", 2),
        (35, "0.1", 4),
        (1, "1", 1),
        (0, "0.5", 0),
        (-100, "0.5", 0),
        (9_007_199_254_740_993, "0.5", 4_503_599_627_370_496),
        (9_007_199_254_740_995, "0.5", 4_503_599_627_370_498),
    ],
)
def test_a_rate_is_rounded_once_half_to_even(net: int, rate: str, paid: int) -> None:
    (one,) = earn(_sold(net), ALL, _agreed([{"kind": "sale", "rate": rate}]), _payee(), {})
    assert one.amount == Money(paid, "TRY")


TEN = {"kind": "sale", "rate": "0.1"}


@pytest.mark.parametrize(
    ("rule", "sold", "pays"),
    [
        (TEN, _sold(), True),
        (TEN, _sold(kind="lead"), False),
        (TEN, _sold(kind="custom"), False),
        (TEN | {"countries": ["TR", "DE"]}, _sold(country="tr"), True),
        (TEN | {"countries": ["TR"]}, _sold(country="DE"), False),
        (TEN | {"countries": ["TR"]}, _sold(), False),
        (TEN | {"customers": "new"}, _sold(is_new=True), True),
        (TEN | {"customers": "new"}, _sold(is_new=False), False),
        (TEN | {"customers": "new"}, _sold(is_new=None), False),
        (TEN | {"customers": "returning"}, _sold(is_new=False), True),
        (TEN | {"customers": "returning"}, _sold(is_new=None), False),
        (TEN | {"recurring": "first"}, _sold(), True),
        (TEN | {"recurring": "first"}, _sold(sales_before=1), False),
        (TEN | {"recurring": "life"}, _sold(sales_before=99), True),
        (TEN | {"recurring": "months", "months": 3}, _sold(), True),
        (
            TEN | {"recurring": "months", "months": 3},
            _sold(first_at=datetime(2026, 8, 25, 12, 0, 1, tzinfo=UTC)),
            True,
        ),
        (TEN | {"recurring": "months", "months": 3}, _sold(first_at=AT.replace(month=8)), False),
        (TEN | {"starts_at": "2026-11-25T12:00:00Z"}, _sold(), True),
        (TEN | {"starts_at": "2026-11-25T12:00:01Z"}, _sold(), False),
        (TEN | {"ends_at": "2026-11-25T12:00:00Z"}, _sold(), False),
        (TEN | {"ends_at": "2026-11-25T12:00:01Z"}, _sold(), True),
        (TEN | {"groups": ["GOLD"]}, _sold(), True),
        (TEN | {"groups": ["silver"]}, _sold(), False),
        (TEN | {"partner_ids": [ids.show("prt", WHO)]}, _sold(), True),
        (TEN | {"partner_ids": [ids.show("prt", AGENCY)]}, _sold(), False),
        (TEN | {"products": ["a1"]}, _sold(), False),
        (TEN | {"products": ["a1"]}, _sold(lines=(Item(sku="A1"),)), True),
        (TEN | {"products": ["a1"]}, _sold(lines=(Item(product_id="a1"),)), True),
        (TEN | {"categories": ["ayakkabı"]}, _sold(lines=(Item(category="Ayakkabı > Bot"),)), True),
        (TEN | {"categories": ["Ayakkabı > Bot"]}, _sold(lines=(Item(category="ayakkabi/bot"),)), True),
        (TEN | {"categories": ["Ayakkabı > Bot"]}, _sold(lines=(Item(category="Ayakkabı"),)), False),
        (TEN | {"categories": ["Bot"]}, _sold(lines=(Item(category="Botanik"),)), False),
        (TEN | {"categories": ["Bot"], "products": ["a1"]}, _sold(lines=(Item(category="Bot"),)), False),
    ],
)
def test_every_condition_must_hold(rule: dict[str, Any], sold: Sold, pays: bool) -> None:
    found = earn(sold, ALL, _agreed([rule], group="gold"), _payee(), {})
    assert _paid(found) == ([("rule-1", 12_499)] if pays else [])


@pytest.mark.parametrize("kind", ["click", "lead", "sale", "signup", "booking"])
def test_a_fixed_amount_for_each_kind(kind: str) -> None:
    rules: Rules = [{"kind": kind, "flat": {"amount": 250, "currency": "EUR"}}]
    (one,) = earn(_sold(0, kind, quantity=1), ALL, _agreed(rules), _payee(), {})
    assert (one.kind, one.amount) == (kind, Money(250, "EUR"))
    assert one.rule["text"]["en"].startswith("2.50 EUR per ")


def test_clicks_are_paid_one_by_one() -> None:
    rules: Rules = [{"kind": "click", "flat": {"amount": 25, "currency": "TRY"}}]
    (one,) = earn(_sold(0, "click", quantity=40), ALL, _agreed(rules), _payee(), {})
    assert (one.amount.amount, one.rule["text"]["en"]) == (1000, "40 clicks × 0.25 TRY, rule 1")
    assert one.rule["text"]["tr"] == "40 tıklama × 0,25 TRY, kural 1"


def test_each_line_is_paid_by_the_first_rule_that_matches_it() -> None:
    rules: Rules = [
        {"kind": "sale", "rate": "0.20", "products": ["a1"], "name": "a1"},
        {"kind": "sale", "flat": {"amount": 700, "currency": "TRY"}, "categories": ["Shoes"]},
        {"kind": "sale", "rate": "0.05"},
    ]
    lines = (
        Item(sku="a1", category="Shoes", net=10_000),
        Item(sku="b", category="Shoes", net=20_000),
        Item(sku="c", category="Shoes > Boots", net=20_000),
        Item(sku="d", net=50_000),
        Item(sku="A1 ", net=1_000),
    )
    found = earn(_sold(101_000, lines=lines), ALL, _agreed(rules), _payee(), {})
    assert _paid(found) == [("rule-a1", 2200), ("rule-2", 700), ("rule-3", 2500)]
    assert [one.base for one in found] == [11_000, 40_000, 50_000]
    assert found[0].rule["text"]["en"] == "20% of 110.00 net, rule 1 (a1)"
    # What is paid of is the order's net, also where its lines add up to something else.
    half = earn(_sold(50_500, lines=lines), ALL, _agreed(rules), _payee(), {})
    assert [one.base for one in half] == [5_500, 20_000, 25_000]


TIERS = [
    {"rate": "0.10", "from_sales": 5},
    {"rate": "0.15", "from_volume": {"amount": 1_000_000, "currency": "TRY"}},
]


@pytest.mark.parametrize(
    ("standing", "tier", "paid"),
    [
        (Standing(), None, 5_000),
        (Standing(sales=3), None, 5_000),
        (Standing(sales=4), 1, 10_000),
        (Standing(sales=4, volume={"TRY": 899_999}), 1, 10_000),
        (Standing(sales=4, volume={"TRY": 900_000}), 2, 15_000),
        (Standing(sales=4, volume={"EUR": 900_000}), 1, 10_000),
    ],
)
def test_a_tier_holds_from_the_sale_that_reaches_it(standing: Standing, tier: int | None, paid: int) -> None:
    rules: Rules = [{"kind": "sale", "rate": "0.05", "tiers": TIERS, "tiers_per": "quarter"}]
    standings = {"quarter": standing, "month": Standing(sales=99)}
    (one,) = earn(_sold(100_000), ALL, _agreed(rules), _payee(), standings)
    assert (one.amount.amount, one.rule["tier"]) == (paid, tier)


@pytest.mark.parametrize(
    ("used", "paid"), [(0, 10_000), (40_000, 10_000), (45_000, 5_000), (50_000, 0), (60_000, 0)]
)
def test_a_cap_leaves_what_is_left_of_it(used: int, paid: int) -> None:
    cap = {"amount": {"amount": 50_000, "currency": "TRY"}, "per": "month"}
    rules: Rules = [{"kind": "sale", "rate": "0.10", "cap": cap, "name": "shoes"}]
    standings = {"month": Standing(earned={"rule-shoes": {"TRY": used}, "rule-1": {"TRY": 99_999}})}
    (one,) = earn(_sold(100_000), ALL, _agreed(rules), _payee(), standings)
    assert one.amount.amount == paid
    assert ("instead of 100.00 TRY: the cap is 500.00 TRY a month" in one.rule["text"]["en"]) is (
        paid < 10_000
    )


def test_volume_is_what_rules_pay_for_in_this_order_as_in_earlier_ones() -> None:
    tiers = [{"rate": "0.20", "from_volume": {"amount": 1_000, "currency": "TRY"}}]
    rules: Rules = [{"kind": "sale", "rate": "0.10", "products": ["A"], "tiers": tiers}]
    sold = _sold(1_000, lines=(Item("A", net=900), Item("B", net=100)))
    assert _paid(earn(sold, ALL, _agreed(rules), _payee(), {})) == [("rule-1", 90)]
    before = {"month": Standing(volume={"TRY": 100})}
    assert _paid(earn(sold, ALL, _agreed(rules), _payee(), before)) == [("rule-1", 180)]


def test_the_longest_order_by_the_longest_rules_takes_no_more_than_a_moment() -> None:
    names = [f"Ürün {at}" for at in range(200)]
    of_products: Rules = [{"kind": "sale", "rate": "0.1", "products": names} for _ in range(50)]
    of_categories: Rules = [{"kind": "sale", "rate": "0.1", "categories": names} for _ in range(49)]
    last: Rules = [{"kind": "sale", "rate": "0.1", "categories": ["giyim > ayakkabı"]}]
    agreed = _agreed([*of_products, *of_categories, *last])
    line = Item("x", "y", "Giyim > Ayakkabı > Bot", net=100)
    sold = _sold(100_000, lines=(line,) * 1_000)
    began = process_time()
    assert _paid(earn(sold, ALL, agreed, _payee(), {})) == [("rule-100", 10_000)]
    assert process_time() - began < 5


def test_shares_of_an_order_add_up_to_its_whole() -> None:
    agreed = _agreed([{"kind": "sale", "rate": "0.1"}])
    thirds = [earn(_sold(1_000), Fraction(1, 3), agreed, _payee(), {}, Fraction(at, 3))[0] for at in range(3)]
    assert [one.amount.amount for one in thirds] == [33, 34, 33]
    assert sum(one.base or 0 for one in thirds) == 1_000
    assert thirds[0].rule["text"]["en"] == "10% of 10.00 net, rule 1, 33.33% of it"


def test_an_agency_gets_its_part_on_top() -> None:
    override = {"partner_id": ids.show("prt", AGENCY), "rate": "0.2", "groups": ["gold"]}
    agreed = _agreed([{"kind": "sale", "rate": "0.1"}], group="Gold", overrides=[override])
    own, agency = earn(_sold(100_000), ALL, agreed, _payee(), {})
    assert (own.partner_id, own.amount.amount) == (WHO, 10_000)
    assert (agency.kind, agency.partner_id, agency.amount.amount, agency.base) == (
        "override",
        AGENCY,
        2_000,
        None,
    )
    assert agency.key == f"override-1:{ids.show('prt', WHO)}"
    assert agency.rule["text"]["en"] == "20% of the 100.00 TRY that a partner earns"
    assert "Ayşe" not in str(agency.rule)
    assert len(earn(_sold(), ALL, agreed._replace(group=None), _payee(), {})) == 1
    assert len(earn(_sold(), ALL, agreed, _payee(AGENCY), {})) == 1


def test_a_program_pays_in_its_own_currency() -> None:
    agreed = _agreed([{"kind": "sale", "rate": "0.1"}], currency="TRY")
    rate = Exchange(Decimal("48.1234"), date(2026, 11, 24))
    (one,) = earn(_sold(10_000, currency="EUR"), ALL, agreed, _payee(), {}, exchange=rate)
    assert (one.amount, one.base) == (Money(48_123, "TRY"), 10_000)
    assert one.rule["text"]["en"] == "10% of 100.00 net, rule 1, 10.00 EUR at 48.1234 of 2026-11-24"
    (yen,) = earn(
        _sold(10_000, currency="JPY"),
        ALL,
        agreed,
        _payee(),
        {},
        exchange=Exchange(Decimal("0.3"), date(2026, 1, 1)),
    )
    assert yen.amount == Money(30_000, "TRY")
    (unknown,) = earn(_sold(10_000, currency="EUR"), ALL, agreed, _payee(), {})
    assert (unknown.amount, unknown.rule["unconverted"]) == (Money(1_000, "EUR"), "TRY")
    (same,) = earn(_sold(10_000), ALL, agreed, _payee(), {}, exchange=rate)
    assert same.amount == Money(1_000, "TRY")


def test_nothing_is_earned_while_it_is_stopped_or_nothing_is_agreed() -> None:
    rules: Rules = [{"kind": "sale", "rate": "0.1"}]
    assert earn(_sold(), ALL, _agreed(rules, stopped="partner_paused"), _payee(), {}) == []
    assert earn(_sold(), ALL, _agreed([]), _payee(), {}) == []


RATES = st.decimals("0", "1", places=4)
LINES = st.lists(
    st.builds(Item, net=st.none() | st.integers(0, 10**9), quantity=st.floats(0, 99)), max_size=6
)


@given(st.integers(0, 10**15), LINES, RATES, st.lists(st.integers(1, 9), min_size=1, max_size=5))
def test_no_minor_unit_is_lost_between_lines_and_shares(
    net: int, lines: list[Item], rate: Decimal, parts: list[int]
) -> None:
    """Whatever the lines and the shares: bases add up to the net, earnings to what one partner would get."""
    agreed = _agreed([{"kind": "sale", "rate": str(rate)}])
    sold = _sold(net, lines=tuple(lines))
    (whole,) = earn(sold, ALL, agreed, _payee(), {})
    assert (whole.amount.amount, whole.base) == (round(Fraction(rate) * net), net)
    before, earned, bases = Fraction(0), 0, 0
    for part in parts:
        weight = Fraction(part, sum(parts))
        (one,) = earn(sold, weight, agreed, _payee(), {}, before)
        before, earned, bases = before + weight, earned + one.amount.amount, bases + (one.base or 0)
    assert (earned, bases) == (whole.amount.amount, net)


@given(st.lists(st.integers(0, 200_000), min_size=1, max_size=30), st.integers(0, 300_000), RATES)
def test_a_cap_is_never_exceeded_and_always_used_up(nets: list[int], cap: int, rate: Decimal) -> None:
    """However the sales of a period come, what is paid in all is what was earned, or the cap."""
    limit = {"amount": {"amount": cap, "currency": "TRY"}, "per": "year"}
    agreed = _agreed([{"kind": "sale", "rate": str(rate), "cap": limit}])
    used = 0
    for net in nets:
        standings = {"year": Standing(earned={"rule-1": {"TRY": used}})}
        used += earn(_sold(net), ALL, agreed, _payee(), standings)[0].amount.amount
    assert used == min(cap, sum(round(Fraction(rate) * net) for net in nets))
