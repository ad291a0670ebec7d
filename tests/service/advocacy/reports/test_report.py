"""GET /v1/advocacy/report: against a recount after a mix of events, at once and as a job left it."""

import csv
import random
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any
from uuid import UUID

import httpx
import msgspec
import pytest

from service.advocacy.forgetting import actions as forgetting
from service.advocacy.referrals import actions, following
from service.advocacy.referrals.schemas import ReferralDecision
from service.advocacy.reports import keeping, store
from service.advocacy.terms.shapes import AdvocacyTerms, PointsTerms, PointsWorth, RewardRule
from service.kit import ids
from service.kit.db import Connection, Database
from service.kit.jobs import run_queued, run_scheduled
from service.kit.money import Price
from service.settings import Settings
from tests.service.advocacy.advocating import (
    add_advocacy,
    add_advocate,
    add_customer,
    buy,
    key,
    refund,
)
from tests.service.advocacy.reports.recounting import EVER, Recount
from tests.service.conversions.selling import add_partner, add_program

Json = dict[str, Any]
Drain = Callable[[], Awaitable[None]]
ZONE = "Asia/Kolkata"
TERMS = AdvocacyTerms(
    rewards=[
        RewardRule("points", "first_purchase", "points", points=101, hold_days=14, expires_days=20),
        RewardRule("again", "nth_purchase", "points", points=7, n=2, hold_days=0),
        RewardRule("credit", "first_purchase", "credit", money=Price(333, "TRY"), hold_days=0),
        RewardRule("friend", "first_purchase", "points", side="friend", points=50, hold_days=0),
        RewardRule("cash", "first_purchase", "cash", money=Price(205, "EUR"), hold_days=3),
    ]
)


class World:
    """A workspace in which things happen."""

    def __init__(self, database: Database, owner: Connection, workspace: UUID, seed: int) -> None:
        self.database, self.owner, self.workspace = database, owner, workspace
        self.draw = random.Random(seed)
        self.orders: list[tuple[UUID, int]] = []
        self.customers: dict[str, UUID] = {}

    async def begin(self) -> UUID:
        """A program with three advocates; an influencer in another one."""
        async with self.database.transaction(self.workspace) as db:
            self.program = await add_advocacy(db, self.workspace, TERMS)
            affiliate = await add_program(db, self.workspace)
            self.influencer = await add_partner(db, self.workspace, "ece", affiliate)
            self.advocates = [
                await add_advocate(db, self.workspace, self.program, name, self.at())
                for name in ("ayse", "bora", "cem")
            ]
            await db.execute("update advocates set joined_at = elci_now() - interval '70 days'")
        return self.program

    def at(self) -> datetime:
        return datetime.now(UTC) - timedelta(hours=self.draw.uniform(1, 60 * 24))

    async def happen(self, times: int) -> None:
        what_happens = [self.buys, self.by_influencer, self.sends_back, self.cancels, self.decided]
        what_happens += [self.joins, self.invites]
        for _ in range(times):
            what = self.draw.choices(what_happens, weights=(10, 3, 4, 1, 3, 1, 3))[0]
            async with self.database.transaction(self.workspace) as db:
                await what(db)

    async def _customer(self, db: Connection) -> str:
        who = f"friend{self.draw.randrange(12)}"
        if who not in self.customers:
            self.customers[who] = await add_customer(db, self.workspace, who)
        return who

    async def buys(self, db: Connection) -> None:
        customer = self.customers[await self._customer(db)]
        credited = self.draw.choice([*self.advocates, None])
        await self._buy(db, customer, credited, self.at())

    async def _buy(self, db: Connection, customer: UUID, credited: UUID | None, at: datetime) -> UUID:
        is_new = not await db.fetchval(
            "select exists (select from conversions where customer_id = $1 and occurred_at < $2)",
            *(customer, at),
        )
        amount = self.draw.choice([999, 10_000, 12_345])
        order = await buy(db, self.workspace, customer, credited, at, is_new=is_new, amount=amount)
        self.orders.append((order, amount))
        await following.follow(db, self.workspace, order, "test")
        return order

    async def by_influencer(self, db: Connection) -> None:
        customer = self.customers[await self._customer(db)]
        order = await self._buy(db, customer, None, self.at())
        await db.execute("update conversions set partner_id = $2 where id = $1", order, self.influencer)

    async def sends_back(self, db: Connection) -> None:
        if self.orders:
            order, amount = self.draw.choice(self.orders)
            await refund(db, order, self.draw.choice([0, 1, amount // 3, amount]))
            await following.follow(db, self.workspace, order, "test")

    async def cancels(self, db: Connection) -> None:
        if self.orders:
            order, _ = self.draw.choice(self.orders)
            await db.execute("update conversions set status = 'cancelled' where id = $1", order)
            await following.follow(db, self.workspace, order, "test")

    async def decided(self, db: Connection) -> None:
        found = await db.fetch("select id from referrals order by id")
        if found:
            status = self.draw.choice(["held", "released", "rejected"])
            chosen = self.draw.choice(found)["id"]
            await actions.decide(db, self.workspace, chosen, ReferralDecision(status, "by hand"), "test")

    async def invites(self, db: Connection) -> None:
        """An invitation that some open."""
        made, by, at = ids.new(), self.draw.choice(self.advocates), self.at()
        clicked = at + timedelta(hours=30) if self.draw.random() < 0.5 else None
        await db.execute(
            """insert into referrals (workspace_id, id, program_id, advocate_id, partner_id, channel, state,
                   invited_at, clicked_at)
               select workspace_id, $2, program_id, id, partner_id, 'manual', $3, $4, $5
               from advocates where id = $1""",
            *(by, made, "invited" if clicked is None else "clicked", at, clicked),
        )

    async def joins(self, db: Connection) -> None:
        """A friend becomes an advocate; a guest gets in."""
        guests = await db.fetch("select id from advocates where status = 'guest' order by id")
        if guests:
            await db.execute(
                """update advocates set status = 'active', consent_at = elci_now(), joined_by = 'api',
                       joined_at = elci_now() - interval '1 day', updated_at = elci_now() where id = $1""",
                self.draw.choice(guests)["id"],
            )


@pytest.fixture
async def world(client: httpx.AsyncClient, database: Database, owner: Connection) -> World:
    workspace = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])
    made = World(database, owner, workspace, seed=7)
    await made.begin()
    return made


async def asked(client: httpx.AsyncClient, **query: Any) -> Json:
    answer = await client.get("/v1/advocacy/report", params={"tz": ZONE, **query})
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


def same(found: Json, told: Recount, program: UUID) -> None:
    """Every count and amount is what a recount gives."""
    stages = {one["stage"]: [one["count"], one["held"], one["rejected"]] for one in found["funnel"]}
    assert stages == told.funnel()
    assert found["acquired_customers"] == sum(told.within(row["qualified_at"]) for row in told.acquired())
    rewards = told.rewards()
    assert {(one["kind"], one["currency"]) for one in found["rewards"]} == set(rewards)
    for one in found["rewards"]:
        wanted = rewards[one["kind"], one["currency"]]
        assert one["promised"]["count"] == wanted["count"]
        for part in ("promised", "given", "pending", "expired", "taken_back"):
            assert one[part]["amount"] == wanted[part], (one["kind"], part)
    now = datetime.fromisoformat(found["as_of"])
    money = {
        currency: wanted["given"] + wanted["pending"]
        for (kind, currency), wanted in rewards.items()
        if currency != "points"
    }
    nets = told.referred_net()
    acquired = found["acquired_customers"]
    for row in found["returns"]:
        cost = money.get(row["currency"], 0)
        assert (row["cost"]["amount"], row["net"]["amount"]) == (cost, nets[row["currency"]])
        assert row["roi"] == (pytest.approx((nets[row["currency"]] - cost) / cost) if cost else None)
        assert (row["cost_per_customer"] is None) == (not acquired)
    assert {row["currency"] for row in found["returns"]} >= {name for name, each in money.items() if each}
    for one in found["sides"]:
        wanted = told.side(one["side"] == "advocates", one["repeat_days"], now)
        counts = {name: one[name] for name in ("orders", "customers", "new_customers")}
        assert counts == {name: wanted[name] for name in counts}
        for name in ("repeat", "refund"):
            part, whole = wanted[name]
            rate = one[f"{name}_rate"]
            assert rate["value"] == (pytest.approx(part / whole) if whole else None), name
        nets_here = {row["currency"]: row["net"]["amount"] for row in one["money"] if row["net"]["amount"]}
        assert nets_here == {name: each for name, each in wanted["net"].items() if each}


async def test_it_is_what_a_recount_gives(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient, world: World
) -> None:
    await world.happen(70)
    middle = datetime.now(UTC).date() - timedelta(days=25)
    program = ids.show("prg", world.program)
    for first, last, of in ((*EVER, None), (*EVER, program), (middle, middle + timedelta(days=9), program)):
        query = {"from": first.isoformat(), "to": last.isoformat()} if first != EVER[0] else {}
        found = await asked(client, repeat_days=10, **query, **({"program_id": of} if of else {}))
        told = await Recount.read(world.owner, world.workspace, first, last, ZONE)
        same(found, told, world.program)
    assert found["from"] == middle.isoformat()
    foreign = await other_client.get("/v1/advocacy/report", params={"program_id": program})
    assert foreign.status_code == 404
    nothing = await asked(other_client)
    assert {one["count"] for one in nothing["funnel"]} == {0}
    reasons = [nothing[name]["reason"] for name in ("advocacy_conversion_rate", "advocate_share")]
    assert reasons == ["no_visitors", "no_customers"]
    assert nothing["growth"]["whole"]["k"]["reason"] == "too_few_users"


async def test_a_job_keeps_it_and_builds_it_again(
    client: httpx.AsyncClient,
    world: World,
    database: Database,
    settings: Settings,
    drain: Drain,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await world.happen(40)
    await drain()
    at_once = await asked(client)
    await client.post("/v1/advocacy/report/refresh", json={"tz": ZONE})
    monkeypatch.setattr(keeping, "MOST_AT_ONCE", 0)
    monkeypatch.setattr(keeping, "PART_OF_TIME", 0)
    await drain()
    kept = await asked(client)
    assert kept["growth"]["as_of"] == kept["as_of"] > at_once["as_of"]
    for part in ("funnel", "rewards", "returns", "left_out", "sides", "network", "top_advocates"):
        assert kept[part] == at_once[part], part
    assert {row["cohort"] for row in kept["growth"]["cohorts"]}
    # Another zone has days of its own: they are built when somebody asks.
    waits = await client.get("/v1/advocacy/report.csv", params={"tz": "America/Lima"})
    assert (waits.status_code, waits.headers["Retry-After"]) == (202, "1")
    again = await client.get("/v1/advocacy/report", params={"tz": "America/Lima"})
    assert again.headers["Location"] == waits.headers["Location"]
    await drain()
    job = (await client.get(waits.headers["Location"])).json()
    assert (job["status"], job["result"]["tz"]) == ("succeeded", "America/Lima")
    assert job["progress"]["done"] == job["progress"]["total"]
    await run_scheduled(settings, database, keeping.REPORT)
    assert not await run_queued(settings, database)
    # A refund and a rejection after the fact.
    await world.happen(15)
    assert (await asked(client))["funnel"] == kept["funnel"]
    await run_scheduled(settings, database, keeping.REPORT)
    await drain()
    found = await asked(client, repeat_days=30)
    assert found["as_of"] > kept["as_of"]
    same(found, await Recount.read(world.owner, world.workspace, *EVER, ZONE), world.program)


async def test_an_erasure_takes_a_name_and_no_figure(
    client: httpx.AsyncClient, world: World, drain: Drain
) -> None:
    async with world.database.transaction(world.workspace) as db:
        for number in range(3):
            customer = await add_customer(db, world.workspace, f"friend{number}")
            await world._buy(db, customer, world.advocates[0], world.at())
    before = await asked(client)
    (top,) = before["top_advocates"]
    assert (top["advocate_id"], top["name"]) == (ids.show("adv", world.advocates[0]), "ayse")
    assert (top["direct"], top["beyond"]) == (3, 0)
    assert before["advocate_share"] == {**before["advocate_share"], "value": pytest.approx(1 / 3), "n": 3}
    async with world.database.transaction(world.workspace) as db:
        for who in ("ayse", "friend0", "friend1"):
            await forgetting.forget(db, world.workspace, [key(world.workspace, who)])
    after = await asked(client)
    assert after["top_advocates"] == [top | {"name": None}]
    for part in ("funnel", "rewards", "returns", "sides", "acquired_customers", "advocate_share"):
        assert after[part] == before[part], part


async def test_visitors_and_costs_of_both_sides(client: httpx.AsyncClient, world: World) -> None:
    """Visitors of personal links; commissions of influencers; a cash reward counts once, as a reward."""
    async with world.database.transaction(world.workspace) as db:
        customer = await add_customer(db, world.workspace, "friend1")
        await world._buy(db, customer, world.advocates[1], datetime(2026, 5, 10, 12, tzinfo=UTC))
        link = ids.new()
        await db.execute("update advocates set link_id = $2 where id = $1", world.advocates[1], link)
        await db.execute(
            """insert into commissions (workspace_id, id, partner_id, kind, key, n, step, amount, currency,
                   base_currency, status, rule, occurred_at, created_by)
               values ($1, $2, $3, 'sale', 'x', 0, 'accrual', 700, 'TRY', 'TRY', 'pending', '{}',
                   '2026-05-11', 'test'), ($1, $4, $3, 'sale', 'y', 0, 'accrual', 9, 'TRY', 'TRY',
                   'reversed', '{}', '2026-05-11', 'test')""",
            *(world.workspace, ids.new(), world.influencer, ids.new()),
        )
        await db.execute("update referrals set click_id = $1, clicked_at = '2026-05-10T09:00Z'", ids.new())
    await world.owner.execute(
        """insert into click_rollups (workspace_id, link_id, starts_at, dimension, value, gross, net, uniques)
           values ($1, $2, '2026-05-10T08:00Z', 'all', '', 9, 6, 4),
               ($1, $2, '2026-05-10T08:00Z', 'country', 'TR', 9, 6, 4),
               ($1, $3, '2026-05-10T08:00Z', 'all', '', 9, 6, 4)""",
        *(world.workspace, link, ids.new()),
    )
    found = await asked(client, **{"from": "2026-05-01", "to": "2026-05-31"})
    rate = found["advocacy_conversion_rate"]
    assert (rate["value"], rate["n"]) == (0.25, 4)
    assert 0 < rate["low"] < 0.25 < rate["high"] < 1
    sides = {one["side"]: one for one in found["sides"]}
    (paid,) = sides["influencers"]["money"]
    assert (paid["cost"], paid["cost_per_new_customer"]) == ({"amount": 700, "currency": "TRY"}, None)
    costs = {row["currency"]: row["cost"]["amount"] for row in sides["advocates"]["money"]}
    assert costs == {"EUR": 205, "TRY": 333}
    assert {row["kind"]: row["points"] for row in found["left_out"]} == {"points": 50}
    june = await asked(client, **{"from": "2026-06-01"})
    assert june["advocacy_conversion_rate"]["reason"] == "no_visitors"
    assert (june["returns"], june["rewards"]) == ([], [])


async def test_points_with_a_worth_cost_money(client: httpx.AsyncClient, world: World) -> None:
    """By the terms that they were given by: 50 points without a worth, 303 of 5 kuruş for 2, some gone."""
    may = [datetime(2026, 5, day, 12, tzinfo=UTC) for day in (10, 12, 13, 14, 15)]
    priced = msgspec.structs.replace(
        TERMS,
        rewards=[RewardRule("points", "first_purchase", "points", points=101)],
        points=PointsTerms("Çekirdek", PointsWorth(Price(5, "TRY"), 2)),
    )
    async with world.database.transaction(world.workspace) as db:
        await db.execute(
            """insert into advocacy_terms (workspace_id, program_id, version, valid_from, terms, created_by)
               values ($1, $2, 2, '2026-05-11', $3, 'test')""",
            *(world.workspace, world.program, msgspec.to_builtins(priced)),
        )
        for number, at in enumerate(may):
            customer = await add_customer(db, world.workspace, f"friend{number}")
            order = await world._buy(db, customer, world.advocates[1], at)
        await refund(db, order, 10**6)
        await following.follow(db, world.workspace, order, "test")
    found = await asked(client, **{"from": "2026-05-01", "to": "2026-05-31"})
    cost = {"amount": round(303 * 2.5), "currency": "TRY"}
    worth = {"amount": {"amount": 5, "currency": "TRY"}, "per": 2}
    assert found["of_points"] == [{"worth": worth, "points": 303, "amount": cost}]
    assert found["left_out"] == [{"kind": "points", "count": 1, "points": 50}]
    (line,) = [one for one in found["rewards"] if one["kind"] == "points"]
    assert line["promised"] == {"count": 6, "amount": 101 * 5 + 50}
    returns = _costs(found["returns"])
    assert returns == {"EUR": (205, 0), "TRY": (333 + cost["amount"], cost["amount"])}
    (_, side) = found["sides"]
    assert _costs(side["money"]) == returns


def _costs(rows: list[Json]) -> dict[str, tuple[int, int]]:
    return {row["currency"]: (row["cost"]["amount"], row["of_points"]["amount"]) for row in rows}


async def test_tables_as_spreadsheets(client: httpx.AsyncClient, world: World) -> None:
    await world.happen(20)
    found = await asked(client)
    for table, rows in (
        ("funnel", [one["stage"] for one in found["funnel"]]),
        ("sides", [one["side"] for one in found["sides"] for _ in one["money"] or [None]]),
    ):
        query = {"table": table, "tz": ZONE}
        answer = await client.get("/v1/advocacy/report.csv", params=query)
        assert answer.headers["content-disposition"] == f'attachment; filename="advocacy-{table}.csv"'
        read = list(csv.reader(StringIO(answer.text.removeprefix("\ufeff"))))
        assert [row[0] for row in read[1:]] == rows
        assert {len(row) for row in read} == {len(read[0])}


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ({"tz": "Mars/Base"}, "tz"),
        ({"from": "2026-02-01", "to": "2026-01-01"}, "from"),
        ({"from": "2020-01-01", "to": "2026-01-01"}, "from"),
    ],
)
async def test_what_cannot_be_asked_for(client: httpx.AsyncClient, query: Json, fault: str) -> None:
    answer = await client.get("/v1/advocacy/report", params=query)
    assert answer.status_code == 400, answer.text
    assert [one["path"] for one in answer.json()["errors"]] == [fault]
    refused = await client.post("/v1/advocacy/report/refresh", json={"tz": "Mars/Base"})
    assert refused.status_code == 400


async def test_a_program_without_advocates(client: httpx.AsyncClient) -> None:
    made = (await client.post("/v1/programs", json={"name": "A", "kind": "affiliate"})).json()["id"]
    answer = await client.get("/v1/advocacy/report", params={"program_id": made})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/not-an-advocacy-program")


async def test_zones_that_are_kept(client: httpx.AsyncClient, world: World, drain: Drain) -> None:
    """Days of four zones, those that were asked for last."""
    for zone in ("UTC", "Asia/Tokyo", "Europe/Paris", "Africa/Cairo", "America/Lima"):
        answer = await client.post("/v1/advocacy/report/refresh", json={"tz": zone})
        assert answer.status_code == 202, answer.text
        same_job = await client.post("/v1/advocacy/report/refresh", json={"tz": zone})
        assert same_job.json()["id"] == answer.json()["id"]
    async with world.database.transaction(world.workspace) as db:
        zones = [zone.tz for zone in await store.zones(db, world.workspace)]
    assert set(zones) == {"Asia/Tokyo", "Europe/Paris", "Africa/Cairo", "America/Lima"}
