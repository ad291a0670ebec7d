"""What speaks for an order, out of clicks, coupons, carts and earlier orders."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from service.conversions.attribution.coupons import at_the_time, flaw
from service.conversions.attribution.gathering import gather
from service.conversions.attribution.schemas import SeenCoupon
from service.conversions.attribution.touches import Touch
from service.conversions.facts import Facts
from service.kit import ids
from service.kit.db import Connection
from tests.service.conversions.attribution import seeding
from tests.service.conversions.attribution.seeding import AT, facts

HOUR = timedelta(hours=1)


def shown(click_id: UUID) -> str:
    return ids.show("clk", click_id)


async def gathered(db: Connection, workspace: UUID, order: Facts) -> list[Touch]:
    (found,) = await gather(db, workspace, [order])
    return found.touches


def brief(touches: list[Touch]) -> list[tuple[Any, ...]]:
    return [(touch.kind, touch.partner_id, touch.named, touch.void) for touch in touches]


async def test_clicks_that_the_order_names(db: Connection, workspace: UUID) -> None:
    program = await seeding.program(db, workspace)
    a = await seeding.partner(db, workspace, program)
    campaign = ids.new()
    one = await seeding.click(db, workspace, a, AT - 3 * HOUR, campaign_id=campaign)
    two = await seeding.click(db, workspace, None, AT - 26 * HOUR)
    foreign = await seeding.click(db, workspace, a, AT - HOUR, reasons=["foreign_origin"])
    bot = await seeding.click(db, workspace, a, AT - 2 * HOUR, reasons=["not_a_browser"])
    names = (
        shown(one),
        "gclid-1",
        "",
        shown(two).upper(),
        shown(ids.new()),
        f" {shown(foreign)}",
        shown(bot),
    )
    touches = await gathered(db, workspace, facts(clicks=(*names, shown(one))))
    assert [touch.click_id for touch in touches] == [two, one, bot, foreign]
    assert brief(touches) == [
        ("click", None, True, ""),
        ("click", a, True, ""),
        ("click", a, True, ""),
        ("click", a, True, "foreign_origin"),
    ]
    assert (touches[1].program_id, touches[1].campaign_id, touches[1].at) == (
        program,
        campaign,
        AT - 3 * HOUR,
    )
    assert touches[1].name == shown(one)


async def test_ids_that_name_no_time_are_nobodys(db: Connection, workspace: UUID) -> None:
    made_up = tuple(shown(UUID(int=number)) for number in (0, 2**128 - 1, 0xFFFF << 112))
    assert await gathered(db, workspace, facts(clicks=made_up)) == []


async def test_other_clicks_of_the_same_visitor_that_day(db: Connection, workspace: UUID) -> None:
    a, b = [await seeding.partner(db, workspace) for _ in range(2)]
    me, other = b"m" * 16, b"o" * 16
    midnight = datetime.combine(AT.date(), time(), UTC)
    earlier = await seeding.click(db, workspace, b, midnight, visitor=me)
    named = await seeding.click(db, workspace, a, AT - HOUR, visitor=me)
    for at, visitor, reasons in (
        (midnight - timedelta(milliseconds=1), me, []),
        (AT + HOUR, me, []),
        (AT - 2 * HOUR, other, []),
        (AT - 2 * HOUR, None, []),
        (AT - 2 * HOUR, me, ["bot"]),
    ):
        await seeding.click(db, workspace, b, at, visitor=visitor, reasons=reasons)
    touches = await gathered(db, workspace, facts(clicks=(shown(named),)))
    assert [touch.click_id for touch in touches] == [earlier, named]
    assert brief(touches) == [("click", b, False, ""), ("click", a, True, "")]


async def test_a_page_names_the_click_by_the_cart(db: Connection, workspace: UUID) -> None:
    a = await seeding.partner(db, workspace)
    clicks = [await seeding.click(db, workspace, a, AT - n * HOUR) for n in (3, 2, 1)]
    reasons: list[list[str]] = [[], ["foreign_origin"], []]
    tokens = ["cart-0123456789", "cart-0123456789", "another-cart-1"]
    for click_id, token, why in zip(clicks, tokens, reasons, strict=True):
        await db.execute(
            """insert into site_events (workspace_id, id, name, key, click_id, counted, reasons, occurred_at,
                   token_key)
               values ($1, $2, 'begin_checkout', $2::uuid::text, $3, true, $4, $5,
                   sha256(convert_to($6, 'UTF8')))""",
            *(workspace, ids.new(), click_id, why, AT, token),
        )
    touches = await gathered(db, workspace, facts(tokens=("cart-0123456789", "unknown")))
    assert [touch.click_id for touch in touches] == [clicks[0]]


async def test_coupons_in_any_spelling(db: Connection, workspace: UUID) -> None:
    program = await seeding.program(db, workspace)
    a = await seeding.partner(db, workspace, program)
    own = await seeding.coupon(db, workspace, "ayse10", a)
    public = await seeding.coupon(db, workspace, "bahar", None, "public")
    late = await seeding.coupon(db, workspace, "gec", a, starts_at=AT + HOUR)
    over = await seeding.coupon(db, workspace, "bitti", a, ends_at=AT)
    codes = ("AYŞE10", "Bahar", "ayse10", "unknown", "GEÇ", "%%", "BİTTİ")
    touches = await gathered(db, workspace, facts(coupons=codes))
    assert [touch.coupon_id for touch in touches] == [own, public, late, over]
    assert brief(touches) == [
        ("coupon", a, True, ""),
        ("coupon", None, True, ""),
        ("coupon", a, True, "coupon_not_started"),
        ("coupon", a, True, "coupon_ended"),
    ]
    assert [touch.public for touch in touches] == [False, True, False, False]
    assert {touch.at for touch in touches} == {AT}
    assert (touches[0].program_id, touches[0].name) == (program, "AYSE10")


async def test_a_coupon_with_a_limit_is_used_by_the_earlier_orders(db: Connection, workspace: UUID) -> None:
    a = await seeding.partner(db, workspace)
    own = await seeding.coupon(db, workspace, "ayse10", a, limit=2)
    used = [{"kind": "coupon", "partner_id": a, "coupon_id": own}]
    await seeding.conversion(db, workspace, AT - HOUR, used)
    await seeding.conversion(db, workspace, AT - HOUR, used, status="cancelled")
    await seeding.conversion(db, workspace, AT + HOUR, used)
    assert brief(await gathered(db, workspace, facts(coupons=("ayse10",)))) == [("coupon", a, True, "")]
    await seeding.conversion(db, workspace, AT - 2 * HOUR, used)
    touches = await gathered(db, workspace, facts(coupons=("ayse10",)))
    assert brief(touches) == [("coupon", a, True, "coupon_used_up")]


async def test_earlier_orders_of_the_customer(db: Connection, workspace: UUID) -> None:
    a, b = [await seeding.partner(db, workspace) for _ in range(2)]
    who, other = [await seeding.customer(db, workspace) for _ in range(2)]
    day = timedelta(days=1)
    click = {"kind": "click", "partner_id": a, "click_id": ids.new(), "at": AT - 21 * day, "share": 1}
    unpaid = {"kind": "click", "partner_id": b, "click_id": ids.new(), "at": AT - 20.5 * day}
    first = await seeding.conversion(db, workspace, AT - 20 * day, [click, unpaid], customer_id=who)
    bond = {"kind": "bond", "partner_id": a, "at": AT - 20 * day, "share": 1}
    await seeding.conversion(db, workspace, AT - 10 * day, [bond], customer_id=who)
    await seeding.conversion(db, workspace, AT - 9 * day, [], customer_id=who, kind="lead")
    await seeding.conversion(db, workspace, AT - 8 * day, [click], customer_id=who, status="cancelled")
    await seeding.conversion(db, workspace, AT - 7 * day, [click], customer_id=other)
    await seeding.conversion(db, workspace, AT + day, [click], customer_id=who)
    touches = await gathered(db, workspace, facts(customer_id=who))
    assert brief(touches) == [
        ("click", a, False, ""),
        ("click", b, False, ""),
        ("bond", a, False, ""),
    ]
    assert [touch.click_id for touch in touches] == [click["click_id"], unpaid["click_id"], None]
    # One sale between the order that made the bond and this one; the lead is none.
    assert (touches[2].at, touches[2].sales) == (AT - 20 * day, 1)
    assert touches[2].name == ids.show("cnv", first)


async def test_another_workspaces_evidence_is_unknown(db: Connection, workspace: UUID) -> None:
    a = await seeding.partner(db, workspace)
    click = await seeding.click(db, workspace, a, AT - HOUR)
    await seeding.coupon(db, workspace, "ayse10", a)
    asked = facts(clicks=(shown(click),), coupons=("ayse10",))
    assert len(await gathered(db, workspace, asked)) == 2
    assert await gathered(db, ids.new(), asked) == []


def _coupon(**fields: Any) -> SeenCoupon:
    plain = dict.fromkeys(SeenCoupon.__struct_fields__)
    return SeenCoupon(**{**plain, "id": ids.new(), "code": "A", "folded": "a", "public": False, **fields})


def test_a_code_is_whose_it_was_at_the_time() -> None:
    old, older = _coupon(archived_at=AT), _coupon(archived_at=AT - 9 * HOUR)
    new = _coupon()
    for at, expected in ((AT - 10 * HOUR, older), (AT - HOUR, old), (AT, new), (AT + HOUR, new)):
        assert at_the_time([new, old, older], at) is expected
    assert at_the_time([older, old], AT + HOUR) is old


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({}, ""),
        ({"starts_at": AT}, ""),
        ({"starts_at": AT + HOUR}, "coupon_not_started"),
        ({"ends_at": AT}, "coupon_ended"),
        ({"ends_at": AT + HOUR}, ""),
        ({"archived_at": AT - HOUR}, "coupon_ended"),
    ],
)
def test_when_a_coupon_speaks(fields: dict[str, Any], why: str) -> None:
    assert flaw(_coupon(**fields), AT) == why
