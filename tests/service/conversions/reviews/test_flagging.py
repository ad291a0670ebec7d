"""Flags as they are stored: evidence from clicks, partners and devices; ends, and what was let pass."""

from typing import Any
from uuid import UUID

import msgspec
import pytest

from service.conversions import customers
from service.conversions.facts import Facts, Flag
from service.conversions.reviews import Order, flags
from service.conversions.reviews.domains import domain_key
from service.conversions.reviews.flagging import hold_id
from service.kit import ids
from service.kit.db import Connection, Database
from tests.service.conversions.reviews import stored
from tests.service.conversions.reviews.test_judging import NOON
from tests.service.links import stored_clicks

P, Q = UUID(int=1), UUID(int=2)
DEVICE = b"d" * 16


@pytest.fixture
async def brand(database: Database, workspace: UUID) -> UUID:
    """A workspace with two partners."""
    async with database.transaction(workspace) as db:
        await db.execute("select entry.new_workspace($1, 'Brand')", workspace)
        await stored.partner(db, workspace, 1, "Ayse.Oz+x@gmail.com")
        await stored.partner(db, workspace, 2, "info@kahve.example")
    return workspace


async def _flagged(db: Connection, workspace: UUID, order: Facts, partners: list[UUID]) -> list[Flag]:
    return (await flags(db, workspace, [Order(order, partners)]))[0]


async def codes(db: Connection, workspace: UUID, order: Facts, partner: UUID = P) -> list[str]:
    """The codes, and that asking again says the same."""
    first = await _flagged(db, workspace, order, [partner])
    assert await _flagged(db, workspace, order, [partner]) == first
    return [flag.code for flag in first]


def named(*clicks: dict[str, Any]) -> tuple[str, ...]:
    return tuple(ids.show("clk", each["id"]) for each in clicks)


async def test_the_partners_own_mailbox_in_another_spelling(database: Database, brand: UUID) -> None:
    async with database.transaction(brand) as db:
        key = customers.email_key(brand, "AYSEOZ@googlemail.com")
        assert key is not None
        mine = await stored.order(db, brand, 10, keys=(key,))
        assert await codes(db, brand, mine) == ["self_referral_email"]
        assert await codes(db, brand, mine, Q) == []
        domain = domain_key(brand, "satis@Kahve.example")
        theirs = await stored.order(db, brand, 11, domain=domain)
        assert await codes(db, brand, theirs, Q) == ["self_referral_domain"]
        assert await codes(db, brand, theirs) == []
        # Gmail is many people's.
        many = await stored.order(db, brand, 12, domain=domain_key(brand, "baskasi@gmail.com"))
        assert await codes(db, brand, many) == []
        thrown = await stored.order(db, brand, 13, domain=domain_key(brand, "x@a.mailinator.com"))
        assert await codes(db, brand, thrown) == ["disposable_email"]


async def test_clicks_that_the_order_names(database: Database, brand: UUID) -> None:
    fast = stored.click(NOON - stored.seconds(1), P, 1)
    slow = stored.click(NOON - stored.seconds(600), P, 2)
    robot = stored.click(NOON - stored.seconds(700), P, 3, reasons=["bot"])
    await stored_clicks.store(database, brand, [fast, slow, robot])
    async with database.transaction(brand) as db:
        for n, (clicks, fields, wanted) in enumerate(
            [
                (named(fast), {}, ["fast_sale"]),
                (named(slow), {}, []),
                (named(slow), {"verified": False}, []),
                (named(robot), {"verified": False}, ["unverified"]),
                (
                    ("GCLID-x", "clk_" + "z" * 26, "clk_" + "7" + "z" * 25),
                    {"verified": False},
                    ["unverified"],
                ),
            ]
        ):
            order = await stored.order(db, brand, 20 + n, clicks=clicks, **fields)
            assert await codes(db, brand, order) == wanted, clicks


async def test_a_click_that_was_slipped_in(database: Database, brand: UUID) -> None:
    earlier = stored.click(NOON - stored.seconds(3000), Q, 1, visitor=DEVICE)
    slipped = stored.click(NOON - stored.seconds(8), P, 2, visitor=DEVICE)
    alone = stored.click(NOON - stored.seconds(9), P, 3, visitor=b"e" * 16)
    await stored_clicks.store(database, brand, [earlier, slipped, alone])
    async with database.transaction(brand) as db:
        order = await stored.order(db, brand, 30, clicks=named(slipped))
        (flag,) = await _flagged(db, brand, order, [P])
        assert (flag.code, flag.evidence["other_partner_id"]) == ("injected_click", ids.show("prt", Q))
        with_cart = await stored.order(db, brand, 31, clicks=named(alone))
        assert await codes(db, brand, with_cart) == []
        await db.execute(
            """insert into site_events (workspace_id, id, name, key, counted, visitor, occurred_at)
               values ($1, $2, 'begin_checkout', 'k', true, $3, $4)""",
            *(brand, ids.new(), b"e" * 16, NOON - stored.seconds(300)),
        )
        assert await codes(db, brand, with_cart) == ["injected_click"]


async def test_many_customers_on_one_device(database: Database, brand: UUID) -> None:
    clicks = [stored.click(NOON - stored.seconds(900 + n), P, n, visitor=DEVICE) for n in range(4)]
    await stored_clicks.store(database, brand, clicks)
    async with database.transaction(brand) as db:
        orders = [
            await stored.order(db, brand, 40 + n, clicks=named(each), customer_id=UUID(int=70 + n))
            for n, each in enumerate(clicks)
        ]
        seen = [await codes(db, brand, order) for order in orders[:3]]
        assert seen == [[], [], ["same_device"]]
        # The first ones are looked at again when they are settled again.
        assert await codes(db, brand, orders[0]) == ["same_device"]
        # A partner who has bought with the device for themselves.
        key = customers.email_key(brand, "ayseoz@gmail.com")
        own = msgspec.structs.replace(orders[1], keys=(key,))
        assert await codes(db, brand, own) == ["self_referral_email"]
        assert await codes(db, brand, orders[3]) == ["self_referral_device"]


async def test_one_customer_who_comes_back(database: Database, brand: UUID) -> None:
    clicks = [stored.click(NOON - stored.seconds(900 + n), P, n, visitor=DEVICE) for n in range(5)]
    await stored_clicks.store(database, brand, clicks)
    async with database.transaction(brand) as db:
        for n, each in enumerate(clicks):
            order = await stored.order(db, brand, 50 + n, clicks=named(each), customer_id=UUID(int=70))
            assert await codes(db, brand, order) == []


async def test_a_second_account_of_one_mailbox(database: Database, brand: UUID) -> None:
    async with database.transaction(brand) as db:
        await stored.partner(db, brand, 3, "a.yseoz@googlemail.com")
        await stored.partner(db, brand, 4, "AyseOz+y@gmail.com", status="archived")
        order = await stored.order(db, brand, 60)
        assert await codes(db, brand, order, UUID(int=3)) == ["duplicate_account"]
        # The older account, and one whose older one is archived, are left alone.
        assert await codes(db, brand, order, P) == []
        await db.execute("update partners set status = 'archived' where id = $1", P)
        assert await codes(db, brand, order, UUID(int=3)) == []


async def _flags(db: Connection) -> list[tuple[Any, ...]]:
    rows = await db.fetch("select code, ended_at is null from review_flags order by code")
    return [tuple(row) for row in rows]


async def test_what_is_no_longer_so_ends_and_what_was_let_pass_passes(
    database: Database, brand: UUID
) -> None:
    async with database.transaction(brand) as db:
        order = await stored.order(db, brand, 70, verified=False)
        (flag,) = await _flagged(db, brand, order, [P])
        assert isinstance(flag, Flag)
        assert await _flags(db) == [("unverified", True)]
        assert await _flagged(db, brand, msgspec.structs.replace(order, verified=True), [P]) == []
        assert await _flags(db) == [("unverified", False)]
        assert await codes(db, brand, order) == ["unverified"]
        assert await _flags(db) == [("unverified", True)]
        await db.execute(
            """insert into review_decisions (workspace_id, hold_id, n, status, reason, created_by)
               values ($1, $2, 1, 'released', 'seen', 'key')""",
            *(brand, hold_id(brand, flag.group)),
        )
        assert await codes(db, brand, order) == []
        # It stays a part of its hold, and another day is another one.
        assert await _flags(db) == [("unverified", True)]
        tomorrow = NOON + stored.seconds(86_400)
        later = await stored.order(db, brand, 71, verified=False, occurred_at=tomorrow)
        assert await codes(db, brand, later) == ["unverified"]


async def test_what_many_orders_have_shown(database: Database, brand: UUID) -> None:
    async with database.transaction(brand) as db:
        await db.execute(
            """insert into review_findings (workspace_id, id, code, partner_id, coupon, "group", since, until,
                   evidence)
               values ($1, $2, 'leaked_coupon', $3, 'ayse10', 'ayse10 2026-11', $4, null, '{}')""",
            *(brand, ids.new(), P, NOON),
        )
        order = await stored.order(db, brand, 80, coupons=("AYŞE10",))
        before = await stored.order(db, brand, 81, coupons=("AYŞE10",), occurred_at=NOON - stored.seconds(1))
        other = await stored.order(db, brand, 82, coupons=("KAHVE",))
        assert await codes(db, brand, order) == ["leaked_coupon"]
        assert await codes(db, brand, before) == await codes(db, brand, other) == []
        assert await codes(db, brand, order, Q) == []


async def test_another_workspace_has_other_holds(brand: UUID) -> None:
    assert hold_id(brand, "x") != hold_id(UUID(int=5), "x")
