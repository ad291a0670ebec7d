"""Which rules are a partner's own, and every term in words."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from service.kit.money import Price
from service.programs.own import own_rules
from service.programs.terms import Attribution, Cap, Hold, Rule, Terms, Tier
from service.programs.wording import of_attribution, of_hold, of_rule

NOW = datetime(2026, 11, 25, tzinfo=UTC)
TEN = Decimal("0.10")


@pytest.mark.parametrize(
    ("rules", "found"),
    [
        pytest.param([Rule("sale", rate=TEN), Rule("sale", rate=TEN)], [1], id="the first pays"),
        pytest.param([Rule("sale", rate=TEN), Rule("lead", rate=TEN)], [1, 2], id="each kind for itself"),
        pytest.param([Rule("sale", products=["A"]), Rule("sale")], [1, 2], id="a condition leaves the rest"),
        pytest.param([Rule("sale", recurring="first"), Rule("sale")], [1, 2], id="first orders alone"),
        pytest.param([Rule("sale", starts_at=NOW + timedelta(1)), Rule("sale")], [1, 2], id="not begun"),
        pytest.param([Rule("sale", starts_at=NOW - timedelta(1)), Rule("sale")], [1], id="begun"),
        pytest.param([Rule("sale", ends_at=NOW), Rule("sale")], [2], id="ended"),
        pytest.param([Rule("sale", ends_at=NOW + timedelta(1)), Rule("sale")], [1, 2], id="ends"),
        pytest.param([Rule("sale", groups=["VIP"]), Rule("sale")], [1], id="own group in other letters"),
        pytest.param([Rule("sale", groups=["gold"]), Rule("sale")], [2], id="another group"),
        pytest.param([Rule("sale", partner_ids=["prt_b", "prt_a"])], [1], id="by name"),
        pytest.param([Rule("sale", partner_ids=["prt_b"])], [], id="others by name"),
    ],
)
def test_own_rules(rules: list[Rule], found: list[int]) -> None:
    terms = Terms(rules=rules)
    assert [number for number, _ in own_rules(terms, "vip", ["prt_a"], NOW)] == found


def test_every_condition_is_in_words() -> None:
    rule = Rule(
        "sale",
        flat=Price(1_000, "TRY"),
        products=[f"p{at}" for at in range(12)],
        countries=["TR", "DE"],
        customers="returning",
        recurring="months",
        months=12,
        tiers=[Tier(flat=Price(2_000, "TRY"), from_sales=5, from_volume=Price(100_000, "TRY"))],
        tiers_per="quarter",
        cap=Cap(Price(50_000, "TRY"), "year"),
        starts_at=NOW,
        ends_at=NOW + timedelta(days=1),
    )
    assert of_rule(rule)["en"] == (
        "Each sale: 10.00 TRY; products: p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, … (+2); countries: TR, DE; "
        "returning customers only; for 12 months from a customer's first order on; "
        "from 2026-11-25 00:00 UTC on; until 2026-11-26 00:00 UTC; "
        "from 5 sales and 1,000.00 TRY a quarter on 20.00 TRY; at most 500.00 TRY a year"
    )
    first = Rule("booking", tiers=[Tier(rate=TEN, from_sales=1)], recurring="first", tiers_per="all")
    assert of_rule(first)["tr"] == (
        "Her rezervasyon: kademelere göre; müşterinin ilk siparişi; "
        "toplam 1 satış olunca net tutarın %10 kadarı"
    )
    assert of_hold(Hold(days=7, since="event"))["tr"] == "Kazancınız satıştan 7 gün sonra ödenebilir olur"
    shared = Attribution(payout_model="coupon_click_split", precedence=["click"])
    assert of_attribution(shared)["en"] == (
        "A click counts for 30 days; in this order: click; paid is shared by coupon and click"
    )
