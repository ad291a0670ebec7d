"""The ledger's properties, whatever happens in whichever order (checks B1 to B5).

Seen to go red: with a claw-back that forgets a unit of those before it, with a refund that reaches a
rejected commission, with a balance that takes one posting of several, with a hold that ends at midnight.
"""

import asyncio
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from service.kit import db as kit_db
from service.kit import ids
from service.kit.db import Connection
from service.kit.money import Money
from service.ledger import settling, store
from service.ledger.books import store as books_store
from service.ledger.targets import Target
from service.settings import Settings, app_dsn
from tests.service.ledger.paying import pay

BEGINNING = datetime(2028, 2, 28, 21, tzinfo=UTC)
CURRENCIES = ("TRY", "JPY", "KWD")


class Case(NamedTuple):
    """What is known of a commission by a model that knows nothing of rows."""

    earned: int
    refunded: int
    total: int
    due_at: datetime | None
    gone: bool = False
    rejected: bool = False

    def owed(self) -> int:
        if self.gone or self.rejected:
            return 0
        back = Fraction(min(self.refunded, self.total), self.total) if self.total else Fraction(0)
        return self.earned - round(self.earned * back)


OWED = """
    select partner_id, currency, -sum(balance) filter (where kind = 'expense') as owed,
        sum(balance) as all_accounts
    from ledger_accounts where workspace_id = $1 group by 1, 2
"""
WRONG_TIME = """
    select count(*) from commissions c where workspace_id = $1 and (
        (status = 'pending' and due_at <= elci_now() - interval '1 second')
        or (status = 'payable' and amount > 0 and (due_at is null or due_at > elci_now()) and not exists (
            select from commissions o
            where coalesce(o.corrects, o.id) = coalesce(c.corrects, c.id) and o.status = 'paid'
        ))
    )
"""
ADD_PARTNERS = """
    insert into partners (workspace_id, id, name, slug, name_folded)
    select $1, p, 'Ayşe', 'ayse', 'ayse' from unnest($2::uuid[]) p
"""
Name = tuple[int, int, str]
ORDERS, PARTNERS = 2, 2
amounts = st.integers(0, 1_000) | st.integers(0, 10**12)
totals = st.integers(0, 7) | st.integers(0, 10**12)


def machine(runner: asyncio.Runner, connection: Connection) -> type[RuleBasedStateMachine]:
    """A machine whose runs are each a transaction that is rolled back."""

    class Ledger(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.model: dict[Name, Case] = {}
            self.now = BEGINNING
            self.transaction = connection.transaction()
            self.workspace = ids.new()
            runner.run(self._open())

        async def _open(self) -> None:
            await self.transaction.start()
            await kit_db.enter(connection, self.workspace)
            await connection.execute("select entry.new_workspace($1, $2)", self.workspace, "Test")
            self.partners = [ids.new() for _ in range(PARTNERS)]
            await connection.execute(ADD_PARTNERS, self.workspace, self.partners)
            self.orders = [ids.new() for _ in range(ORDERS)]
            await self._set_clock()

        async def _set_clock(self) -> None:
            await connection.execute(
                "select set_config('app.clock_offset', ($1::timestamptz - clock_timestamp())::text, true)",
                self.now,
            )

        def teardown(self) -> None:
            runner.run(self.transaction.rollback())

        @initialize()
        def begin(self) -> None:
            """Runs begin with an empty ledger."""

        @rule(
            order=st.integers(0, ORDERS - 1),
            shares=st.lists(
                st.tuples(st.integers(0, PARTNERS - 1), st.sampled_from(CURRENCIES), amounts),
                max_size=3,
                unique_by=lambda share: share[:2],
            ),
            total=totals,
            refunded=totals,
            due=st.sampled_from([None, -1, 0, 1, 86_400, 14 * 86_400]),
            review=st.sampled_from([None, None, "self_referral"]),
            times=st.integers(1, 2),
        )
        def settle(
            self,
            order: int,
            shares: list[tuple[int, str, int]],
            total: int,
            refunded: int,
            due: int | None,
            review: str | None,
            times: int,
        ) -> None:
            due_at = None if due is None else self.now + timedelta(seconds=due)
            wanted = [
                self._target(who, currency, earned, (refunded, total), due_at, review)
                for who, currency, earned in shares
            ]
            for _ in range(times):
                runner.run(settling.settle(connection, self.workspace, self.orders[order], wanted, "test"))
            named = {(order, who, currency): earned for who, currency, earned in shares}
            for name, earned in named.items():
                rejected = self.model[name].rejected if name in self.model else False
                self.model[name] = Case(earned, refunded, total, due_at, rejected=rejected)
            for name in self.model.keys() - named.keys():
                if name[0] == order:
                    self.model[name] = self.model[name]._replace(gone=True)

        def _target(
            self,
            who: int,
            currency: str,
            earned: int,
            back: tuple[int, int],
            due_at: datetime | None,
            review: str | None,
        ) -> Target:
            return Target(
                partner_id=self.partners[who],
                program_id=None,
                kind="sale",
                key="rule-1",
                earned=Money(earned, currency),
                base=earned * 10,
                refunded=back[0],
                total=back[1],
                occurred_at=BEGINNING,
                due_at=due_at,
                rule={},
                review=review,
            )

        @rule(data=st.data(), deed=st.sampled_from(["hold", "release", "reject", "reinstate"]))
        def decide(self, data: st.DataObject, deed: str) -> None:
            if not self.model:
                return
            name = data.draw(st.sampled_from(sorted(self.model)))
            found = runner.run(self._rows(name))
            one = [data.draw(st.sampled_from(found))]
            why: tuple[Any, ...] = ("a reason",) if deed in ("hold", "reject") else ()
            runner.run(getattr(settling, deed)(connection, self.workspace, one, *why, "test"))
            if deed in ("reject", "reinstate"):
                self.model[name] = self.model[name]._replace(rejected=deed == "reject")

        async def _rows(self, name: Name) -> list[UUID]:
            order, who, currency = name
            rows = await connection.fetch(
                """select id from commissions
                   where conversion_id = $1 and partner_id = $2 and currency = $3 order by n""",
                *(self.orders[order], self.partners[who], currency),
            )
            return [row[0] for row in rows]

        @rule(who=st.integers(0, PARTNERS - 1))
        def pay_out(self, who: int) -> None:
            runner.run(pay(connection, self.workspace, self.partners[who]))

        @rule(seconds=st.sampled_from([1, 2, 86_399, 86_400, 86_401, 15 * 86_400]))
        def time_passes(self, seconds: int) -> None:
            self.now += timedelta(seconds=seconds)
            runner.run(self._mature())

        async def _mature(self) -> None:
            await self._set_clock()
            while due := await store.due(connection, self.workspace, 3):
                await settling.mature(connection, self.workspace, due, "test")

        @invariant()
        def the_books_are_right(self) -> None:
            """Nothing differs from a recount, and what is owed is what the model says."""
            wanted = dict.fromkeys(((who, of) for who in self.partners for of in CURRENCIES), 0)
            for (_, who, currency), case in self.model.items():
                wanted[self.partners[who], currency] += case.owed()
            differences = runner.run(books_store.differences(connection, self.workspace, 9))
            assert not differences, differences
            found = runner.run(connection.fetch(OWED, self.workspace))
            assert wanted == dict.fromkeys(wanted, 0) | {(row[0], row[1]): row[2] for row in found}
            assert all(row["all_accounts"] == 0 for row in found)

        @invariant()
        def nothing_is_payable_before_its_time_or_waits_after_it(self) -> None:
            assert runner.run(connection.fetchval(WRONG_TIME, self.workspace)) == 0

    return Ledger


def test_whatever_happens(shared: Settings) -> None:
    """500 runs of several steps each, on the database."""
    with asyncio.Runner() as runner:
        connection = runner.run(asyncpg.connect(app_dsn(shared)))
        runner.run(kit_db.set_codecs(connection))
        try:
            run_state_machine_as_test(
                machine(runner, connection),
                settings=settings(
                    max_examples=500,
                    stateful_step_count=6,
                    deadline=None,
                    suppress_health_check=list(HealthCheck),
                ),
            )
        finally:
            runner.run(connection.close())
