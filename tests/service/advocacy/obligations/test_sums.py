"""obligation_sums: what triggers keep, and what is read of it, is what counting all rewards anew finds."""

import random
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest

from service.advocacy.obligations import edges, store
from service.kit import ids
from service.kit.db import Connection
from service.settings import Settings

# Every reward looked at, without a sum.
COUNTED = """
    select r.kind, coalesce(r.currency, p.currency) as currency, case
            when r.status in ('reversed', 'rejected') then 'withdrawn'
            when r.status = 'expired' then 'expired'
            when r.delivered_at is not null or r.status = 'redeemed'
                or (r.status = 'available' and r.kind in ('points', 'credit', 'cash')) then 'delivered'
            when r.status = 'available' then 'ready'
            when coalesce(r.due_at, r.earned_at) > $3 then 'waiting'
            else 'overdue' end as standing,
        case
            when r.kind = 'voucher' then p.value
            when r.currency is null then null
            when r.total > 0 and r.status not in ('reversed', 'rejected')
                then r.amount - round(r.amount::numeric * least(r.refunded, r.total) / r.total)::bigint
            else r.amount end as worth,
        ($4::timestamptz is null or r.earned_at >= $4) and ($5::timestamptz is null or r.earned_at < $5)
            as in_span,
        coalesce(r.due_at, r.earned_at) > $3 - interval '365 days' and coalesce(r.due_at, r.earned_at) <= $3
            as was_due
    from rewards r left join voucher_pools p on p.workspace_id = $1 and p.id = r.pool_id
    where r.workspace_id = $1 and ($2::uuid is null or r.program_id = $2)
"""
SUMS = """
    select program_id, kind, currency, pool_id, standing, each, earned_on, due_on, sum(n)::bigint as n,
        sum(amount) as amount
    from obligation_sums where workspace_id = $1 group by 1, 2, 3, 4, 5, 6, 7, 8 having sum(n) <> 0
"""
KINDS = ("points", "credit", "cash", "voucher", "discount")
STATUSES = ("pending", "on_hold", "available", "redeemed", "expired", "reversed", "rejected")
UNITS = {"points": "points", "credit": "TRY", "cash": "EUR"}
ADD = """
    insert into rewards (workspace_id, id, program_id, advocate_id, partner_id, cause, rule, trigger, side,
        kind, amount, currency, pool_id, terms_version, status, refunded, total, due_at, earned_at,
        delivered_at)
    values ($1, $2, $3, $4, $5, $6, 'r', 'first_purchase', 'advocate', $7, $8, $9, $10, 1, $11, $12, $13, $14,
        $15, $16)
"""
OPEN = ("waiting", "ready", "overdue")


class Place:
    """A program with an advocate, and a pool of vouchers."""

    def __init__(self, workspace: UUID, program: UUID, advocate: UUID, partner: UUID, pool: UUID) -> None:
        self.workspace, self.program, self.advocate, self.partner = workspace, program, advocate, partner
        self.pool = pool


@pytest.fixture
async def places(client: httpx.AsyncClient, owner: Connection) -> list[Place]:
    workspace = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])
    made = []
    body: dict[str, Any] = {"name": "Çek", "kind": "gift_card", "value": {"amount": 700, "currency": "TRY"}}
    pool = ids.read("vpl", (await client.post("/v1/voucher-pools", json=body)).json()["id"])
    for name in ("Fanlar", "Dostlar"):
        program = (await client.post("/v1/programs", json={"name": name, "kind": "advocacy"})).json()["id"]
        body = {"name": "Ayşe", "program_id": program}
        partner = ids.read("prt", (await client.post("/v1/partners", json=body)).json()["id"])
        place = Place(workspace, ids.read("prg", program), ids.new(), partner, pool)
        await owner.execute(
            """insert into advocates (workspace_id, id, program_id, partner_id, member, joined_by, consent_at,
                   joined_at)
               values ($1, $2, $3, $4, 'customer', 'api', elci_now(), elci_now())""",
            *(workspace, place.advocate, place.program, partner),
        )
        made.append(place)
    return made


async def add(owner: Connection, place: Place, draw: random.Random, now: datetime, n: int) -> None:
    """Rewards of all kinds, many of them close to the bounds that are asked for."""
    for _ in range(n):
        kind, status = draw.choice(KINDS), draw.choice(STATUSES)
        near = draw.choice((0, 0, 1, 30, 364, 365, 366, 500))
        earned = now - timedelta(days=near, minutes=draw.randint(-1500, 1500))
        due = None if draw.random() < 0.2 else earned + timedelta(days=draw.choice((0, 1, 14, 365)))
        reward, given = ids.new(), now if draw.random() < 0.3 else None
        pool = place.pool if kind == "voucher" else None
        await owner.execute(
            ADD,
            *(place.workspace, reward, place.program, place.advocate, place.partner, str(reward), kind),
            *(draw.choice((0, 101, 333)), UNITS.get(kind), pool, status, draw.choice((0, 1, 50, 120))),
            *(draw.choice((0, 100)), due, earned, given),
        )


async def counted(owner: Connection, of: Sequence[Any]) -> Counter[tuple[Any, ...]]:
    """Rewards by where they stand, the worth of open ones apart; and the worth of all of each."""
    found: Counter[tuple[Any, ...]] = Counter()
    for row in await owner.fetch(COUNTED, *of):
        key = (row["kind"], row["currency"], row["standing"], row["in_span"], row["was_due"])
        worth = row["worth"] if row["standing"] in OPEN else None
        found["n", *key, worth] += 1
        found["amount", *key, worth, row["worth"] is None] += row["worth"] or 0
    return +found


async def told(owner: Connection, of: Sequence[Any]) -> Counter[tuple[Any, ...]]:
    workspace, program, now, since, until = of
    days = edges.earned(since, until), edges.due(now)
    found: Counter[tuple[Any, ...]] = Counter()
    for row in await store.alike(owner, workspace, program, now, since, until, *days):
        key = (row.kind, row.currency, row.standing, row.in_span, row.was_due)
        found["n", *key, row.worth] += row.n
        found["amount", *key, row.worth, row.amount is None] += row.amount or 0
    return +found


async def agree(owner: Connection, places: Sequence[Place], now: datetime) -> None:
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    spans = [
        (None, None),
        (now - timedelta(days=30), None),
        (day - timedelta(days=365), day),
        (now - timedelta(days=1), now),
        (now - timedelta(hours=1), now + timedelta(hours=1)),
    ]
    for program in (None, places[0].program):
        for at in (now, day, now + timedelta(days=14)):
            for span in spans:
                asked = (places[0].workspace, program, at, *span)
                assert await told(owner, asked) == await counted(owner, asked), asked


CHANGES = (
    "status = 'available'",
    "status = 'reversed', gone = 'refunded'",
    "refunded = refunded + 7",
    "delivered_at = elci_now(), status = 'redeemed'",
    "amount = amount + 3",
    "status = 'pending', delivered_at = null",
    "rest = rest + 1",
)


async def test_sums_are_what_a_recount_finds(owner: Connection, places: list[Place]) -> None:
    draw = random.Random(20261126)
    now = await owner.fetchval("select elci_now()")
    for place in places:
        await add(owner, place, draw, now, 60)
    await agree(owner, places, now)
    for change in CHANGES:
        await owner.execute(
            f"""update rewards set {change} where workspace_id = $1
                and (hashtext(id::text) + $2) % 3 = 0""",
            *(places[0].workspace, draw.randint(0, 9)),
        )
        await agree(owner, places, now)
    empty = "select count(*) from obligation_sums where workspace_id = $1 and n = 0 and amount = 0"
    assert await owner.fetchval(empty, places[0].workspace) == 0


async def test_nobody_waits_for_the_sum_of_anybody_else(
    owner: Connection, places: list[Place], settings: Settings
) -> None:
    place, draw = places[0], random.Random(1)
    now = await owner.fetchval("select elci_now()")
    await add(owner, place, draw, now, 4)
    await owner.execute(
        """update rewards set kind = 'points', currency = 'points', pool_id = null, status = 'pending',
               amount = 100, refunded = 0, delivered_at = null, earned_at = $2, due_at = $2
           where workspace_id = $1""",
        *(place.workspace, now),
    )
    named = [
        row["id"]
        for row in await owner.fetch("select id from rewards where workspace_id = $1", place.workspace)
    ]
    settled = "update rewards set status = 'available' where workspace_id = $1 and id = $2"
    other = await asyncpg.connect(settings.database_url)
    try:
        await other.execute("set lock_timeout = '2s'")
        async with owner.transaction():
            await owner.execute(settled, place.workspace, named[0])
            await other.execute(settled, place.workspace, named[1])
            await other.execute(settled, place.workspace, named[2])
    finally:
        await other.close()
    await agree(owner, places, now)
    await owner.execute(settled, place.workspace, named[3])
    await agree(owner, places, now)
    assert {row["standing"]: row["n"] for row in await owner.fetch(SUMS, place.workspace)} == {"delivered": 4}
