"""Referrals, refunds, redemptions, decisions and expiry in any order: what always holds.

Seen to go red: with a refund that forgets what was redeemed, with a debt that is not set off, with a reward
that stays when its order goes back, with an expiry that takes what was redeemed; with a redemption that is
taken back twice, to other lots, or to one that ends the same minute; with sums that are blind to holds; with
an edited order that moves what can be spent already, or whose difference is not posted.
"""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from service.advocacy.problems import NotEnough
from service.advocacy.referrals import following
from service.advocacy.rewards import bringing, deciding, redeeming, reversing, store, wallet
from service.advocacy.rewards.bringing import Owner
from service.advocacy.rewards.schemas import Redeeming, RewardDecision
from service.advocacy.terms.shapes import AdvocacyTerms, RewardRule
from service.kit import db as kit_db
from service.kit import ids
from service.kit.db import Connection
from service.kit.money import Price, Units
from service.ledger.books import store as books
from service.settings import Settings, app_dsn
from tests.service.advocacy.advocating import add_advocacy, add_advocate, add_customer, buy, edit, refund

BEGINNING = datetime(2028, 2, 28, 21, tzinfo=UTC)
DAY = 86_400
RATE = Decimal("0.0333")
TERMS = AdvocacyTerms(
    rewards=[
        RewardRule("welcome", "first_purchase", "points", points=100, hold_days=14, expires_days=30),
        RewardRule("again", "nth_purchase", "points", points=7, n=2, hold_days=0),
        RewardRule("credit", "first_purchase", "credit", money=Price(333, "TRY"), hold_days=1),
        RewardRule("friend", "first_purchase", "points", side="friend", points=50, hold_days=0),
        RewardRule("cash", "first_purchase", "cash", money=Price(200, "TRY"), hold_days=3),
        RewardRule("share", "first_purchase", "credit", rate=RATE, hold_days=5, expires_days=20),
        RewardRule("cut", "first_purchase", "cash", rate=RATE, hold_days=5),
    ]
)
UNITS = ("points", "TRY")
FRIENDS = 2

REWARDS = """
    select partner_id, currency, amount, refunded, total, redeemed, expired,
        gone is not null or rejected is not null as nothing
    from rewards where workspace_id = $1 and kind in ('points', 'credit')
"""
HELD = """
    select partner_id, currency, kind, balance from ledger_accounts
    where workspace_id = $1 and kind like 'reward%'
"""
SUMS = """
    select currency, sum(balance) from ledger_accounts where workspace_id = $1
    group by currency, kind like 'reward%' having sum(balance) <> 0
"""
TWICE = """
    select r.rule, r.referral_id from rewards r
    where r.workspace_id = $1 and r.gone is null and (r.total = 0 or r.refunded < r.total)
    group by 1, 2 having count(*) > 1
"""
ANY = "select id from rewards where workspace_id = $1 order by id"
REDEEMED = """
    select id, partner_id, currency, amount, reversed_at from redemptions where workspace_id = $1 order by id
"""
KEPT = """
    select coalesce(sum(balance), 0)::bigint from ledger_accounts
    where workspace_id = $1 and partner_id = $2 and currency = $3
        and kind in ('reward_pending', 'reward_on_hold', 'reward_available')
"""
# What triggers keep is what counting all rewards anew finds.
MISCOUNTED = """
    select program_id, unit, s.spent, n.spent from (
        select * from reward_sums where workspace_id = $1
    ) s full join (
        select program_id, currency as unit, sum(amount)::bigint as spent from rewards
        where workspace_id = $1 and currency is not null and gone is null and rejected is null
            and held is null
        group by 1, 2
    ) n using (program_id, unit)
    where coalesce(s.spent, 0) <> coalesce(n.spent, 0)
"""
LEFT = """
    select advocate_id, currency, rest from rewards
    where workspace_id = $1 and kind in ('points', 'credit') and status = 'available'
"""
# `open`: it waits, by the clock or for somebody, and nothing of it was spent.
RATED = """
    select r.id, r.conversion_id, r.amount, v.net, r.gone is null as there,
        (r.held is not null or r.due_at > elci_now()) and r.redeemed = 0 and r.expired = 0 as open
    from rewards r join conversions v on v.workspace_id = $1 and v.id = r.conversion_id
    where r.workspace_id = $1 and r.rule in ('share', 'cut')
"""
WRONG_TIME = """
    select count(*) from rewards where workspace_id = $1 and kind in ('points', 'credit') and (
        (status = 'pending' and due_at <= elci_now()) or (status = 'available' and expires_at <= elci_now()
            and amount > redeemed and gone is null and total > refunded and rejected is null))
"""


def machine(runner: asyncio.Runner, connection: Connection) -> type[RuleBasedStateMachine]:
    """A machine whose runs are each a transaction that is rolled back."""

    class Advocacy(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.now = BEGINNING
            self.orders: list[UUID] = []
            self.spent: dict[tuple[UUID, str], int] = {}
            self.number = 0
            self.rated: dict[UUID, Any] = {}
            self.transaction = connection.transaction()
            self.workspace = ids.new()
            runner.run(self._open())

        async def _open(self) -> None:
            await self.transaction.start()
            await kit_db.enter(connection, self.workspace)
            await connection.execute("select entry.new_workspace($1, $2)", self.workspace, "Test")
            await self._set_clock()
            program = await add_advocacy(connection, self.workspace, TERMS)
            self.advocate = await add_advocate(connection, self.workspace, program, "ayse", BEGINNING)
            self.friends = [
                await add_customer(connection, self.workspace, f"friend{n}") for n in range(FRIENDS)
            ]

        async def _set_clock(self) -> None:
            await connection.execute(
                "select set_config('app.clock_offset', ($1::timestamptz - clock_timestamp())::text, true)",
                self.now,
            )

        def teardown(self) -> None:
            runner.run(self.transaction.rollback())

        @initialize(
            days=st.sampled_from([0, 3, 14, 15]),
            spends=st.sampled_from([0, 1, 2]),
            returns=st.booleans(),
            regrets=st.booleans(),
            net=st.sampled_from([10_000, 5_000, 20_001]),
        )
        def begin(self, days: int, spends: int, returns: bool, regrets: bool, net: int) -> None:
            """Mostly where refunds hurt: after the hold, and after it was spent."""
            self.buys(0, credited=True, times=1)
            self.time_passes(days)
            if spends:
                for unit in UNITS:
                    self._redeem(runner.run(self._owners())[0], unit, spends)
            self._edit(self.orders[0], net, 1)
            self.time_passes(31 if spends == 2 else 1)
            if returns:
                self._send_back(self.orders[0], 10_000, 1)
            if regrets:
                for row in runner.run(connection.fetch(REDEEMED, self.workspace)):
                    self._take_back(row)

        @rule(friend=st.integers(0, FRIENDS - 1), credited=st.booleans(), times=st.integers(1, 2))
        def buys(self, friend: int, credited: bool, times: int) -> None:
            customer = self.friends[friend]
            advocate = self.advocate if credited else None
            runner.run(self._buy(customer, advocate, times))

        async def _buy(self, customer: UUID, advocate: UUID | None, times: int) -> None:
            is_new = not await connection.fetchval(
                "select exists (select from conversions where customer_id = $1)", customer
            )
            order = await buy(connection, self.workspace, customer, advocate, self.now, is_new=is_new)
            self.orders.append(order)
            for _ in range(times):
                await following.follow(connection, self.workspace, order, "test")

        @rule(data=st.data(), refunded=st.sampled_from([0, 1, 3_333, 5_000, 10_000]), times=st.integers(1, 2))
        def sends_back(self, data: st.DataObject, refunded: int, times: int) -> None:
            self._send_back(data.draw(st.sampled_from(self.orders)), refunded, times)

        def _send_back(self, order: UUID, refunded: int, times: int) -> None:
            runner.run(refund(connection, order, refunded))
            for _ in range(times):
                runner.run(following.follow(connection, self.workspace, order, "test"))

        @rule(data=st.data(), net=st.sampled_from([0, 9, 5_000, 10_000, 20_001]), times=st.integers(1, 2))
        def is_edited(self, data: st.DataObject, net: int, times: int) -> None:
            """The shop corrects an order: what waits follows it, what can be spent stays."""
            self._edit(data.draw(st.sampled_from(self.orders)), net, times)

        def _edit(self, order: UUID, net: int, times: int) -> None:
            before = {row["id"]: row for row in runner.run(connection.fetch(RATED, self.workspace))}
            runner.run(edit(connection, order, net))
            for _ in range(times):
                runner.run(following.follow(connection, self.workspace, order, "test"))
            for row in runner.run(connection.fetch(RATED, self.workspace)):
                known = before.get(row["id"])
                if known is not None and not known["open"]:
                    assert row["amount"] == known["amount"], dict(row)
                elif row["there"] and row["conversion_id"] == order:
                    assert row["amount"] == round(row["net"] * RATE), dict(row)

        @rule(data=st.data(), unit=st.sampled_from(UNITS), part=st.sampled_from([3, 2, 1]))
        def redeems(self, data: st.DataObject, unit: str, part: int) -> None:
            self._redeem(data.draw(st.sampled_from(runner.run(self._owners()))), unit, part)

        def _redeem(self, who: Owner, unit: str, part: int) -> None:
            """A third, a half or all of what there is; where there is nothing, something that isn't."""
            there = runner.run(self._available(who, unit))
            amount = max(there // part, 1)
            self.number += 1
            asked = Redeeming(ids.show("adv", who.advocate_id), f"r{self.number}", Units(amount, unit))
            try:
                for _ in range(2):
                    runner.run(redeeming.redeem(connection, self.workspace, asked, "test"))
            except NotEnough:
                assert there < amount
            else:
                assert there >= amount
                owner = (who.partner_id, unit)
                self.spent[owner] = self.spent.get(owner, 0) + amount

        @rule(data=st.data())
        def takes_back(self, data: st.DataObject) -> None:
            """A redemption, or one that was taken back before: what it drew is there again, to the last."""
            done = runner.run(connection.fetch(REDEEMED, self.workspace))
            if done:
                self._take_back(data.draw(st.sampled_from(done)))

        def _take_back(self, row: Any) -> None:
            owner, amount = (row["partner_id"], row["currency"]), row["amount"]
            left = runner.run(connection.fetchval(KEPT, self.workspace, *owner))
            for _ in range(2):
                found = runner.run(
                    reversing.reverse(connection, self.workspace, row["id"], "till error", "test")
                )
                assert found.reversed_at is not None
            if row["reversed_at"] is None:
                self.spent[owner] -= amount
                left += amount
            assert runner.run(connection.fetchval(KEPT, self.workspace, *owner)) == left

        async def _owners(self) -> list[Owner]:
            rows = await connection.fetch(
                "select id, partner_id from advocates where workspace_id = $1 order by id", self.workspace
            )
            return [Owner(row[0], row[1]) for row in rows]

        async def _available(self, who: Owner, unit: str) -> int:
            found: int = await connection.fetchval(
                """select coalesce(sum(balance), 0)::bigint from ledger_accounts
                   where partner_id = $1 and currency = $2 and kind = 'reward_available'""",
                *(who.partner_id, unit),
            )
            return found

        @rule(days=st.sampled_from([1, 3, 14, 15, 31]))
        def time_passes(self, days: int) -> None:
            self.now += timedelta(days=days)
            runner.run(self._mature())

        async def _mature(self) -> None:
            await self._set_clock()
            owners = {each.advocate_id: each for each in await self._owners()}
            due = await store.due_advocates(connection, self.workspace, UUID(int=0), 10)
            moved = await bringing.bring(connection, self.workspace, [owners[each] for each in due], "test")
            assert bool(moved) == bool(due)
            assert not await store.due_advocates(connection, self.workspace, UUID(int=0), 10)

        @rule(data=st.data(), held=st.booleans())
        def is_held(self, data: st.DataObject, held: bool) -> None:
            runner.run(self._hold(held))

        async def _hold(self, held: bool) -> None:
            await connection.execute(
                "update referrals set held = $2 where workspace_id = $1",
                *(self.workspace, "review" if held else None),
            )
            for order in self.orders:
                await following.follow(connection, self.workspace, order, "test")

        @rule(data=st.data(), status=st.sampled_from(["on_hold", "released", "rejected"]))
        def is_decided(self, data: st.DataObject, status: Any) -> None:
            """Somebody decides of a single reward."""
            rows = runner.run(connection.fetch(ANY, self.workspace))
            if rows:
                reward_id = data.draw(st.sampled_from([row[0] for row in rows]))
                said = RewardDecision(status, "somebody said so")
                runner.run(deciding.decide(connection, self.workspace, reward_id, said, "test"))

        @invariant()
        def the_books_are_right(self) -> None:
            assert not runner.run(books.differences(connection, self.workspace, 9))
            assert not runner.run(connection.fetch(SUMS, self.workspace))
            assert not runner.run(connection.fetch(TWICE, self.workspace))
            assert not runner.run(connection.fetch(MISCOUNTED, self.workspace))
            assert runner.run(connection.fetchval(WRONG_TIME, self.workspace)) == 0

        @invariant()
        def what_can_be_spent_is_not_edited(self) -> None:
            rows = runner.run(connection.fetch(RATED, self.workspace))
            for row in rows:
                known = self.rated.get(row["id"], row)
                may = {known["amount"]}
                if row["open"] or known["open"]:
                    may.add(round(row["net"] * RATE))
                assert row["amount"] in may, dict(row)
            self.rated = {row["id"]: row for row in rows}

        @invariant()
        def no_debt_stands_beside_what_could_pay_it(self) -> None:
            left: dict[Any, list[int]] = {}
            for row in runner.run(connection.fetch(LEFT, self.workspace)):
                left.setdefault((row[0], row[1]), []).append(row[2])
            assert all(min(each) >= 0 or max(each) <= 0 for each in left.values()), left

        @invariant()
        def what_is_kept_is_somewhere(self) -> None:
            """Of what rewards give and keep, what is not redeemed and not expired is left; what was redeemed
            is what was asked for, refunds or not, so a balance may be below 0."""
            accounts: dict[Any, dict[str, int]] = {}
            for row in runner.run(connection.fetch(HELD, self.workspace)):
                accounts.setdefault((row[0], row[1]), {})[row[2]] = row[3]
            wanted: dict[Any, Counter[str]] = {}
            for row in runner.run(connection.fetch(REWARDS, self.workspace)):
                mine = wanted.setdefault((row["partner_id"], row["currency"]), Counter())
                back = Fraction(min(row["refunded"], row["total"]), row["total"]) if row["total"] else 0
                mine["kept"] += 0 if row["nothing"] else row["amount"] - round(row["amount"] * back)
                mine["redeemed"] += row["redeemed"]
                mine["expired"] += row["expired"]
            for owner, sums in wanted.items():
                found = accounts.get(owner, {})
                spent = self.spent.get(owner, 0)
                assert -found.get("reward_expense", 0) == sums["kept"]
                assert found.get("reward_redeemed", 0) == sums["redeemed"] == spent
                assert found.get("reward_expired", 0) == sums["expired"]
                left = sum(found.get(f"reward_{kind}", 0) for kind in ("pending", "on_hold", "available"))
                assert left == sums["kept"] - spent - sums["expired"]

    return Advocacy


def test_whatever_happens(shared: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many runs of several steps each, on the database."""
    # The clock runs on while days pass at once: nothing may end at a moment that a step can meet.
    monkeypatch.setattr(wallet, "GRACE", wallet.GRACE + timedelta(hours=3))
    with asyncio.Runner() as runner:
        connection = runner.run(asyncpg.connect(app_dsn(shared)))
        runner.run(kit_db.set_codecs(connection))
        try:
            run_state_machine_as_test(
                machine(runner, connection),
                settings=settings(
                    max_examples=25,
                    stateful_step_count=8,
                    deadline=None,
                    suppress_health_check=list(HealthCheck),
                ),
            )
        finally:
            runner.run(connection.close())
