"""Trees over HTTP and through the job, hand-counted; the job's two ways give the same."""

import random
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from service.accounts.actions import create_workspace
from service.advocacy.terms.shapes import AdvocacyTerms
from service.advocacy.trees import actions, loading, store
from service.kit import ids, jobs
from service.kit.db import Connection, Database
from service.settings import Settings
from tests.service.advocacy.advocating import add_advocacy, add_advocate, add_customer, buy, key, refund

AT = datetime(2026, 6, 1, tzinfo=UTC)
Drain = Callable[[], Awaitable[None]]


class Made:
    """A program's people by name, written as the owner in the shapes that joining and orders leave."""

    def __init__(self, owner: Connection, workspace: UUID, program: UUID) -> None:
        self.owner, self.workspace, self.program = owner, workspace, program
        self.people: dict[str, UUID] = {}
        self.referrals: dict[str, UUID] = {}
        self.orders: dict[str, UUID] = {}

    async def join(self, who: str, through: str | None = None) -> None:
        self.people[who] = await add_advocate(self.owner, self.workspace, self.program, who, AT)
        if through is not None:
            await self.owner.execute(
                "update advocates set referral_id = $2 where id = $1",
                *(self.people[who], self.referrals[through]),
            )
            await self.owner.execute(
                "update referrals set friend_id = $2 where id = $1",
                *(self.referrals[through], self.people[who]),
            )

    async def refer(self, by: str, friend: str, state: str, net: int | None = None, **more: Any) -> None:
        referral_id = self.referrals[friend] = ids.new()
        if net is not None:
            customer = await add_customer(self.owner, self.workspace, friend)
            at = AT + timedelta(days=1)
            self.orders[friend] = await buy(
                self.owner, self.workspace, customer, self.people[by], at, amount=net, **more
            )
        await self.owner.execute(
            """insert into referrals (workspace_id, id, program_id, advocate_id, partner_id, channel, state,
                   qualified_at, conversion_id)
               select $1, $2, $3, $4, partner_id, 'link', $5, $6, $7 from advocates where id = $4""",
            *(self.workspace, referral_id, self.program, self.people[by], state),
            *(AT if net is not None else None, self.orders.get(friend)),
        )
        await self.owner.execute(
            "insert into referral_keys (workspace_id, program_id, key, referral_id) values ($1, $2, $3, $4)",
            *(self.workspace, self.program, key(self.workspace, friend), referral_id),
        )

    async def sums(self) -> tuple[list[Any], list[Any], Any]:
        """All that is stored of the forest, but for when."""
        nodes = await self.owner.fetch("select * from referral_nodes order by advocate_id")
        parts = await self.owner.fetch("select * from referral_parts order by referral_id")
        forest = await self.owner.fetchrow("select of_each, generations from referral_forests")
        return [dict(row) for row in nodes], [dict(row) for row in parts if _adds(row)], forest


def _adds(row: Any) -> bool:
    return bool(row["friend"] or row["customer"])


@pytest.fixture
async def made(client: httpx.AsyncClient, owner: Connection) -> Made:
    """ayse brought bora (who bought for 100 and joined) and a friend who bought for 30, of which 15 went
    back; bora brought cem (signed up, joined) and one who only clicked; cem brought a friend who bought for
    20. dilek stands alone."""
    workspace = await owner.fetchval("select id from workspaces")
    program = await add_advocacy(owner, workspace, AdvocacyTerms())
    made = Made(owner, workspace, program)
    await made.join("ayse")
    await made.refer("ayse", "bora", "rewarded", 10_000)
    await made.join("bora", "bora")
    await made.refer("ayse", "friend", "qualified", 3_000, refunded=1_500)
    await made.refer("bora", "cem", "signed_up")
    await made.join("cem", "cem")
    await made.refer("bora", "nobody", "clicked")
    await made.refer("cem", "other", "rewarded", 2_000)
    await made.join("dilek")
    return made


async def tree(client: httpx.AsyncClient, advocate_id: UUID, **params: int) -> Any:
    answer = await client.get(f"/v1/advocates/{ids.show('adv', advocate_id)}/tree", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def forest(client: httpx.AsyncClient, made: Made, **params: Any) -> Any:
    address = f"/v1/programs/{ids.show('prg', made.program)}/referral-trees"
    answer = await client.get(address, params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def settle(settings: Settings, database: Database, drain: Drain) -> None:
    await jobs.run_scheduled(settings, database, "advocacy.trees")
    await drain()


def lira(direct: int, beyond: int) -> dict[str, Any]:
    return {
        "direct": {"amount": direct, "currency": "TRY"},
        "beyond": {"amount": beyond, "currency": "TRY"},
    }


async def test_a_hand_counted_forest(
    client: httpx.AsyncClient, made: Made, settings: Settings, database: Database, drain: Drain
) -> None:
    before = await tree(client, made.people["ayse"])
    assert (before["as_of"], before["totals"]["people"], len(before["nodes"])) == (None, 0, 1)
    await settle(settings, database, drain)
    whole = await tree(client, made.people["ayse"])
    assert whole["as_of"] is not None
    assert whole["path"] == []
    assert whole["totals"] == {
        "people": 4,
        "depth": 3,
        "generations": [2, 1, 1],
        "customers": {"direct": 2, "beyond": 1},
        "net": [lira(11_500, 2_000)],
    }
    shown = [(n["name"], n["parent"], n["depth"], n["x"], n["brought"], n["friends"]) for n in whole["nodes"]]
    assert shown == [("ayse", None, 0, 0.5, 2, 1), ("bora", 0, 1, 0.5, 1, 0), ("cem", 1, 2, 0.5, 1, 1)]
    assert whole["nodes"][2]["parent_id"] == ids.show("adv", made.people["bora"])
    bora = await tree(client, made.people["bora"], depth=0)
    assert [step["name"] for step in bora["path"]] == ["ayse"]
    assert (len(bora["nodes"]), bora["nodes"][0]["more"], bora["totals"]["people"]) == (1, 1, 2)
    page = await forest(client, made, limit=1)
    assert [(root["name"], root["people"], root["depth"]) for root in page["data"]] == [("ayse", 4, 3)]
    assert page["figures"] == {
        "people": 6,
        "roots": 2,
        "referrers": 3,
        "per_person": 4 / 6,
        "per_referrer": 4 / 3,
        "generations": [2, 2, 1, 1],
        "top_share": 0.5,
    }
    rest = await forest(client, made, cursor=page["next_cursor"])
    assert ([root["name"] for root in rest["data"]], rest["has_more"]) == (["dilek"], False)


async def test_the_heaviest_are_drawn_and_the_others_counted(
    client: httpx.AsyncClient, made: Made, settings: Settings, database: Database, drain: Drain
) -> None:
    for n in range(3):
        await made.refer("ayse", f"leaf-{n}", "signed_up")
        await made.join(f"leaf-{n}", f"leaf-{n}")
    await settle(settings, database, drain)
    found = await tree(client, made.people["ayse"], wide=2)
    names = [(node["name"], node["more"], node["x"]) for node in found["nodes"]]
    assert names == [("ayse", 2, 0.5), ("bora", 0, 0.0), ("leaf-0", 0, 1.0), ("cem", 0, 0.0)]
    found = await tree(client, made.people["ayse"], most=2)
    assert [node["name"] for node in found["nodes"]] == ["ayse", "bora"]


async def test_what_changes_is_added(
    client: httpx.AsyncClient, made: Made, settings: Settings, database: Database, drain: Drain
) -> None:
    await settle(settings, database, drain)
    await made.refer("cem", "late", "signed_up")
    stale = await tree(client, made.people["ayse"])
    await settle(settings, database, drain)
    fresh = await tree(client, made.people["ayse"])
    assert (stale["totals"]["people"], fresh["totals"]["people"]) == (4, 5)
    assert stale["as_of"] < fresh["as_of"]
    # The friend joins: an account instead of a friend without one.
    await made.join("late", "late")
    # An order goes back whole, and a referral is rejected: bora's branch stands for itself.
    await refund(made.owner, made.orders["other"], 2_000)
    await made.owner.execute("update referrals set version = 2 where id = $1", made.referrals["other"])
    await made.owner.execute(
        "update referrals set state = 'rejected', before = 'rewarded' where id = $1", made.referrals["bora"]
    )
    await settle(settings, database, drain)
    ayse, bora = await tree(client, made.people["ayse"]), await tree(client, made.people["bora"])
    assert (ayse["totals"]["people"], ayse["totals"]["net"]) == (1, [lira(1_500, 0)])
    assert (bora["path"], bora["totals"]["people"], bora["totals"]["generations"]) == ([], 3, [1, 2])
    assert [node["name"] for node in bora["nodes"]] == ["bora", "cem", "late"]


async def test_the_erased_keep_place_and_sums(
    client: httpx.AsyncClient, made: Made, settings: Settings, database: Database, drain: Drain
) -> None:
    await settle(settings, database, drain)
    before = await tree(client, made.people["ayse"])
    erased = {"email": "bora@elci.example"}
    answer = await client.post("/v1/customers/erase", json=erased)
    assert answer.is_success, answer.text
    await made.owner.execute("update referrals set version = 2")
    await settle(settings, database, drain)
    after = await tree(client, made.people["ayse"])
    assert after["totals"] == before["totals"]
    hidden = after["nodes"][1]
    assert (hidden["id"], hidden["name"], hidden["erased"], hidden["below"]) == (None, None, True, 2)
    assert (after["nodes"][2]["parent"], after["nodes"][2]["parent_id"]) == (1, None)
    assert ids.show("adv", made.people["bora"]) not in str(after)
    assert "bora" not in str(after)
    assert (await tree(client, made.people["cem"]))["path"][1]["id"] is None
    async with database.transaction(made.workspace) as db:
        await actions.sum_up(db, made.workspace, made.program)
    assert (await tree(client, made.people["ayse"]))["totals"] == before["totals"]


async def test_both_ways_of_summing_agree(
    client: httpx.AsyncClient, made: Made, settings: Settings, database: Database
) -> None:
    """Changes that are added one by one, in small batches, against all at once."""
    async with database.transaction(made.workspace) as db:
        await actions.sum_up(db, made.workspace, made.program)
    draw = random.Random(4)
    for n in range(30):
        by, who = draw.choice([*made.people]), f"p{n}"
        state = draw.choice(["invited", "signed_up", "qualified", "rewarded"])
        bought = draw.randint(1, 9_000) if state in ("qualified", "rewarded") else None
        await made.refer(by, who, state, bought)
        if state != "invited" and draw.random() < 0.6:
            await made.join(who, who)
        if draw.random() < 0.2:
            held = draw.choice([*made.referrals.values()])
            await made.owner.execute("update referrals set held = 'review' where id = $1", held)
        if draw.random() < 0.1:
            out = draw.choice([*made.referrals.values()])
            await made.owner.execute(
                "update referrals set before = state, state = 'rejected' where id = $1 and before is null",
                out,
            )
    done = 7
    while done == 7:
        async with database.transaction(made.workspace) as db:
            done = await actions.fold(db, made.workspace, made.program, 7)
    one_by_one = await made.sums()
    async with database.transaction(made.workspace) as db:
        await actions.sum_up(db, made.workspace, made.program)
        program = await loading.load(db, made.workspace, made.program)
    assert await made.sums() == one_by_one
    assert len(program.people.ids) == len(made.people)
    assert program.circles == 0
    assert len(program.referrals.ids) == len(made.referrals)


async def test_walls(client: httpx.AsyncClient, made: Made, database: Database) -> None:
    other = await create_workspace(database, "other")
    headers = {"Authorization": f"Bearer {other.api_key}"}
    for address in (
        f"/v1/advocates/{ids.show('adv', made.people['ayse'])}/tree",
        f"/v1/programs/{ids.show('prg', made.program)}/referral-trees",
    ):
        assert (await client.get(address, headers=headers)).status_code == 404
    async with database.transaction(ids.read("ws", other.workspace_id)) as db:
        assert await store.waiting(db, made.workspace) == []


@pytest.mark.parametrize("params", ["depth=11", "wide=0", "most=501"])
async def test_bounds(client: httpx.AsyncClient, made: Made, params: str) -> None:
    answer = await client.get(f"/v1/advocates/{ids.show('adv', made.people['ayse'])}/tree?{params}")
    assert answer.status_code == 400


async def test_a_program_without_anybody(client: httpx.AsyncClient, made: Made) -> None:
    empty = Made(made.owner, made.workspace, await add_advocacy(made.owner, made.workspace, AdvocacyTerms()))
    found = await forest(client, empty)
    assert (found["data"], found["figures"]["people"], found["figures"]["top_share"]) == ([], 0, None)
    bad = await client.get(f"/v1/programs/{ids.show('prg', made.program)}/referral-trees?cursor=x")
    assert bad.status_code == 400
