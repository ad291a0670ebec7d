"""Orders that are settled at once end as those that are settled one after the other.

Seen to go red: with all of a batch in one round, with a customer, a device or a limited coupon that nothing
hangs on, with tiers that are looked up for all before any is posted.
"""

import asyncio
import random
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.conversions import store
from service.conversions.facts import Source
from service.conversions.reports import Buyer, Cancellation, Order, Ref, Refund, Report
from service.conversions.reviews.rules import ReviewRules, SameDevice
from service.conversions.settling import settle, settle_some
from service.conversions.taking import put
from service.kit import db as kit_db
from service.kit import ids
from service.kit.db import Connection
from service.kit.money import Price
from service.programs.terms import Bond, Cap, Hold, Override, Rule, Terms, Tier
from service.settings import Settings, app_dsn
from tests.service.conversions.selling import add_click, add_coupon, add_partner, add_program, click_at

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
WEBHOOK = Source("", "webhook", True, "dly_1")
HOLD = Hold(days=14, since="event")
TIERS = [
    Tier(rate=Decimal("0.20"), from_sales=2),
    Tier(rate=Decimal("0.30"), from_volume=Price(9_000, "TRY")),
]
TIERED = Rule("sale", rate=Decimal("0.10"), tiers=TIERS, cap=Cap(Price(3_000, "TRY")))
# What settling leaves, without ids and times that are made anew.
LEFT = (
    """select v.external_id, v.partner_id, v.attribution::text, v.is_new, v.settled_at is null
       from conversions v""",
    "select conversion_id, n, kind, partner_id, coupon_id, click_id, at, share from conversion_touches",
    "select conversion_id, evidence from conversion_waits",
    "select conversion_id, hold_id, partner_id, code, evidence::text, ended_at is null from review_flags",
    "select conversion_id, partner_id, visitor, own from review_visits",
    """select conversion_id, partner_id, program_id, kind, key, n, step, amount, base, currency,
           base_currency, status, reason, cause, rule::text, coupon_id, click_id, due_at, refunded, total,
           gone, review, version
       from commissions""",
    """select c.conversion_id, c.partner_id, c.key, c.n, a.kind, a.partner_id as of, e.kind, e.reason,
           p.amount
       from ledger_postings p join ledger_accounts a on a.id = p.account_id
       join ledger_entries e on e.id = p.entry_id join commissions c on c.id = p.commission_id""",
    "select kind, partner_id, currency, balance from ledger_accounts where balance <> 0",
)


class Sale(NamedTuple):
    """An order, or what is told of it later."""

    name: int
    hour: int
    customer: int
    amount: int
    clicked: int | None
    coupon: str | None
    kind: str


sales = st.builds(
    Sale,
    st.integers(0, 9),
    st.integers(0, 5),
    st.integers(0, 2),
    st.sampled_from([2_400, 6_000, 12_000]),
    st.none() | st.integers(0, 4),
    st.none() | st.sampled_from(["TIER", "OTHER", "FEW", "BONDED"]),
    st.sampled_from(["order", "order", "order", "order", "test", "refund", "cancellation"]),
)


class Shop(NamedTuple):
    workspace: UUID
    clicks: list[UUID]


async def _opened(db: Connection, workspace: UUID) -> Shop:
    """Partners with tiers and a cap, one of whom was merged into another, a bond, and an agency."""
    await kit_db.enter(db, workspace)
    await db.execute("select entry.new_workspace($1, 'Test')", workspace)
    agency = await add_partner(db, workspace, "Agency", await add_program(db, workspace))
    shown = ids.show("prt", agency)
    tiered = Terms(rules=[TIERED], overrides=[Override(shown, Decimal("0.50"))], hold=HOLD)
    first = await add_program(db, workspace, tiered)
    one, other, merged = [await add_partner(db, workspace, name, first) for name in ("A", "B", "M")]
    await db.execute(
        "update partners set merged_into = $2, merged_at = $3, status = 'archived' where id = $1",
        *(merged, one, NOON + timedelta(hours=2)),
    )
    flat = Terms(rules=[Rule("sale", rate=Decimal("0.05"))], hold=HOLD)
    second = await add_program(db, workspace, flat, bond=Bond(sales=2), payout_model="coupon_click_split")
    bonded = await add_partner(db, workspace, "C", second)
    for code, who in (("TIER", one), ("OTHER", other), ("FEW", bonded), ("BONDED", bonded)):
        await add_coupon(db, workspace, code, who)
    await db.execute("""update coupons set "limit" = 2 where code = 'FEW'""")
    rules = msgspec.to_builtins(ReviewRules(same_device=SameDevice(customers=2)))
    await db.execute(
        "insert into review_rules (workspace_id, version, rules, created_by) values ($1, 1, $2, 'test')",
        *(workspace, rules),
    )
    clicks = []
    for n, who in enumerate((one, other, merged, bonded, bonded)):
        at = NOON - timedelta(minutes=10 + n)
        clicks.append(click_at(at))
        await add_click(db, workspace, clicks[-1], at, who)
    # Two devices; the last click is not known yet.
    await db.execute(
        "update clicks set visitor = decode(md5((id = any($1))::text), 'hex') where workspace_id = $2",
        *(clicks[:2], workspace),
    )
    return Shop(workspace, [*clicks[:4], click_at(NOON)])


def _report(shop: Shop, sale: Sale) -> Report:
    refs = (Ref("id", str(sale.name)),)
    at = NOON + timedelta(hours=sale.hour)
    if sale.kind == "refund":
        return Refund(refs, f"r{sale.name}", sale.amount // 3, "TRY", at)
    if sale.kind == "cancellation":
        return Cancellation(refs, at)
    return Order(
        refs,
        amount=sale.amount,
        currency="TRY",
        paid=True,
        test=sale.kind == "test",
        clicks=() if sale.clicked is None else (ids.show("clk", shop.clicks[sale.clicked]),),
        coupons=() if sale.coupon is None else (sale.coupon,),
        buyer=Buyer(f"c{sale.customer}"),
        occurred_at=at,
        stated_at=at,
    )


async def _told(db: Connection, shop: Shop, told: list[Sale]) -> list[UUID]:
    found: dict[UUID, None] = {}
    for sale in told:
        taken = await put(db, shop.workspace, WEBHOOK, _report(shop, sale))
        if taken.conversion_id is not None:
            found[taken.conversion_id] = None
    return await store.by_time(db, shop.workspace, list(found))


async def _left(db: Connection) -> list[list[tuple[Any, ...]]]:
    return [sorted(map(tuple, await db.fetch(text)), key=repr) for text in LEFT]


async def _both_ways(
    db: Connection, before: list[Sale], told: list[Sale], draw: random.Random
) -> tuple[list[Any], list[Any]]:
    outer = db.transaction()
    await outer.start()
    try:
        shop = await _opened(db, ids.new())
        for conversion_id in await _told(db, shop, before):
            await settle(db, shop.workspace, conversion_id)
        changed = await _told(db, shop, told)
        inner = db.transaction()
        await inner.start()
        for conversion_id in changed:
            await settle(db, shop.workspace, conversion_id)
        one_by_one = await _left(db)
        await inner.rollback()
        left = list(changed)
        while left:
            several = left[: draw.randint(1, len(left))]
            rows = await settle_some(db, shop.workspace, draw.sample(several, len(several)))
            assert rows
            done = {row.id for row in rows}
            left = [each for each in left if each not in done]
        return one_by_one, await _left(db)
    finally:
        await outer.rollback()


def test_side_by_side_or_one_by_one(shared: Settings) -> None:
    with asyncio.Runner() as runner:
        connection = runner.run(asyncpg.connect(app_dsn(shared)))
        runner.run(kit_db.set_codecs(connection))

        @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
        @given(st.lists(sales, max_size=4), st.lists(sales, min_size=2, max_size=12), st.randoms())
        def same(before: list[Sale], told: list[Sale], draw: random.Random) -> None:
            one_by_one, at_once = runner.run(_both_ways(connection, before, told, draw))
            for text, expected, found in zip(LEFT, one_by_one, at_once, strict=True):
                assert found == expected, text

        try:
            same()
        finally:
            runner.run(connection.close())
