"""Rings and second accounts among honest people, through tables, jobs and the API."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import httpx
import pytest

from service.advocacy.terms.shapes import AdvocacyTerms, RewardRule
from service.kit import ids
from service.kit.db import Connection, Database
from service.kit.jobs import run_scheduled
from service.settings import Settings
from tests.service.advocacy.advocating import add_advocacy
from tests.service.advocacy.rings.population import Population, populated
from tests.service.advocacy.rings.seeding import Seeded

Drain = Callable[[], Awaitable[None]]
SEEDS = (21, 22, 23)
TERMS = AdvocacyTerms(rewards=[RewardRule("welcome", "first_purchase", "points", points=100, hold_days=0)])


async def ok(answer: httpx.Response) -> Any:
    assert answer.is_success, answer.text
    return answer.json()


async def seeded(owner: Connection, name: str, made: Population) -> Seeded:
    """A population in a program of its own."""
    workspace = await owner.fetchval("select id from workspaces")
    now = await owner.fetchval("select elci_now()")
    program = await add_advocacy(owner, workspace, TERMS)
    written = Seeded(workspace, program, made, now, name)
    await written.write(owner)
    return written


async def check(client: httpx.AsyncClient, drain: Drain, program: UUID, **query: Any) -> Any:
    path = f"/v1/programs/{ids.show('prg', program)}/referrals/check"
    started = await ok(await client.post(path, params=query))
    await drain()
    job = await ok(await client.get(f"/v1/jobs/{started['job_id']}"))
    assert job["status"] == "succeeded", job
    return job["result"]


async def test_made_up_referrals_are_held_and_honest_ones_are_not(
    client: httpx.AsyncClient, drain: Drain, owner: Connection
) -> None:
    right = wrong = missed = plain = 0
    for seed in SEEDS:
        written = await seeded(owner, f"s{seed}-", populated(seed))
        result = await check(client, drain, written.program)
        assert result["referrals"] == len(written.referrals)
        rows = await owner.fetch(
            "select id from referrals where program_id = $1 and held is not null", written.program
        )
        held = {row["id"] for row in rows}
        assert len(held) == result["held"]
        made_up = {written.referrals[n] for n in written.made.made_up}
        right, wrong = right + len(held & made_up), wrong + len(held - made_up)
        missed = missed + len(made_up - held)
        plain += len(written.made.plain)
    precision, recall = right / (right + wrong), right / (right + missed)
    print(
        f"precision {precision:.3f} recall {recall:.3f} of {right + missed} made up, {plain} by one mailbox"
    )
    assert precision >= 0.9
    assert recall >= 0.8


CONSENT = {"at": "2026-11-01T10:00:00+03:00", "text": "v1"}
PHONE = "Mozilla/5.0 (Linux; Android 14; SM-A536B) AppleWebKit/537.36 Chrome/141.0.0.0"


@pytest.fixture
async def program(client: httpx.AsyncClient) -> str:
    """A program that gives 100 points at once for a friend's first purchase."""
    made = await ok(await client.post("/v1/programs", json={"name": "Savunucular", "kind": "advocacy"}))
    rule = {"name": "p", "trigger": "first_purchase", "kind": "points", "points": 100, "hold_days": 0}
    terms = {"terms": {"rewards": [rule]}}
    await ok(await client.post(f"/v1/programs/{made['id']}/advocacy-terms", json=terms))
    return str(made["id"])


async def visit(client: httpx.AsyncClient, who: str, device: str = "one-tablet") -> None:
    """Their browser was seen today."""
    body = {"email": f"{who}@elci.example", "address": "192.0.2.7", "user_agent": PHONE, "device": device}
    assert await ok(await client.post("/v1/referrals/visits", json=body)) == {"marks": 3}


async def ring_of(client: httpx.AsyncClient, drain: Drain, program: str, friends: int) -> dict[str, Any]:
    """An advocate, and friends who each buy once, all on one tablet; nothing is looked at yet."""
    body = {"program_id": program, "consent": CONSENT, "email": "ayse@elci.example", "code": "AYSE10"}
    ayse = await ok(await client.post("/v1/advocates", json=body))
    await visit(client, "ayse")
    for n in range(friends):
        await visit(client, f"f{n}")
        sale = {"external_id": str(n), "kind": "sale", "amount": {"amount": 10_000, "currency": "TRY"}}
        sale |= {"coupon": "AYSE10", "customer": {"email": f"f{n}@elci.example"}}
        await ok(await client.post("/v1/conversions", json=sale))
    await drain()
    return dict(ayse)


async def statuses(client: httpx.AsyncClient) -> set[str]:
    return {each["status"] for each in (await ok(await client.get("/v1/rewards")))["data"]}


async def looked(client: httpx.AsyncClient, drain: Drain, program: str, **query: Any) -> Any:
    return await check(client, drain, ids.read("prg", program), **query)


async def test_a_ring_is_held_told_and_let_go_as_one(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient, drain: Drain, program: str
) -> None:
    ayse = await ring_of(client, drain, program, 6)
    assert await statuses(client) == {"available"}
    dry = await looked(client, drain, program, dry_run=True)
    assert (dry["held"], dry["by_hold"]) == (6, {"ring": 6})
    assert await statuses(client) == {"available"}
    assert (await ok(await client.get("/v1/referrals/rings")))["data"] == []

    done = await looked(client, drain, program)
    assert done == dry
    assert await statuses(client) == {"on_hold"}
    (ring,) = (await ok(await client.get("/v1/referrals/rings", params={"open": True})))["data"]
    assert (ring["advocates"], ring["referrals"], ring["held"]) == ([ayse["id"]], 6, 6)
    assert ring["on_hold"] == [{"amount": 600, "currency": "points"}]
    assert {each["code"]: each["referrals"] for each in ring["codes"]}["device_crowd"] == 6
    referral = (await ok(await client.get("/v1/referrals")))["data"][0]
    told = await ok(await client.get(f"/v1/referrals/{referral['id']}/evidence"))
    assert (told["held"], told["found"], told["ring_id"]) == ("ring", True, ring["id"])
    assert {"code", "weight", "tr", "en"} == set(told["observations"][0])
    assert "192.0.2.7" not in str(told) + str(ring)
    assert (await ok(await client.get("/v1/referrals", params={"held": True})))["data"][0]["held"] == "ring"

    again = await looked(client, drain, program)
    assert (again["found"], again["held"]) == (6, 0)
    path = f"/v1/referrals/rings/{ring['id']}/decide"
    body = {"status": "released", "reason": "a school class"}
    assert (await other_client.post(path, json=body)).status_code == 404
    let_go = await ok(await client.post(path, json=body))
    assert (len(let_go["decided"]), let_go["left"]) == (6, 0)
    assert await statuses(client) == {"available"}
    assert (await ok(await client.post(path, json=body)))["decided"] == []
    again = await looked(client, drain, program)
    assert (again["found"], again["held"]) == (6, 0)
    assert await statuses(client) == {"available"}
    assert (await ok(await client.get("/v1/referrals/rings", params={"open": True})))["data"] == []


async def test_what_is_rejected_goes_back_and_is_not_doubted_twice(
    client: httpx.AsyncClient, drain: Drain, program: str, owner: Connection
) -> None:
    ayse = await ring_of(client, drain, program, 4)
    await looked(client, drain, program)
    (ring,) = (await ok(await client.get("/v1/referrals/rings")))["data"]
    body = {"status": "rejected", "reason": "one person"}
    answer = await ok(await client.post(f"/v1/referrals/rings/{ring['id']}/decide", json=body))
    assert len(answer["decided"]) == 4
    assert await statuses(client) == {"rejected"}
    balance = await ok(await client.get(f"/v1/advocates/{ayse['id']}/balance"))
    assert [each["available"] for each in balance["balances"]] in ([], [0])
    version = "select array_agg(version order by id) from referrals"
    before = await owner.fetchval(version)
    assert (await ok(await client.post("/v1/referrals/decide", json={"ids": answer["decided"], **body})))[
        "decided"
    ] == []
    assert (await looked(client, drain, program))["held"] == 0
    assert await owner.fetchval(version) == before


async def test_two_at_one_home_are_left_alone(client: httpx.AsyncClient, drain: Drain, program: str) -> None:
    await ring_of(client, drain, program, 1)
    assert (await looked(client, drain, program))["held"] == 0
    assert await statuses(client) == {"available"}


async def test_it_happens_by_itself_when_something_changed(
    client: httpx.AsyncClient, drain: Drain, program: str, database: Database, settings: Settings
) -> None:
    await ring_of(client, drain, program, 4)
    await run_scheduled(settings, database, "advocacy.rings")
    await drain()
    assert await statuses(client) == {"on_hold"}
    finished = (await ok(await client.get("/v1/jobs")))["data"]
    await run_scheduled(settings, database, "advocacy.rings")
    assert len((await ok(await client.get("/v1/jobs")))["data"]) == len(finished)


async def test_marks_go_with_the_customer_and_with_time(
    client: httpx.AsyncClient, owner: Connection, database: Database, settings: Settings
) -> None:
    await visit(client, "ayse")
    await visit(client, "can")
    await ok(await client.post("/v1/customers/erase", json={"email": "Ayse@elci.example"}))
    assert await owner.fetchval("select count(*) from referral_marks") == 3
    await owner.execute("update referral_marks set seen_at = seen_at - interval '1101 days'")
    await run_scheduled(settings, database, "advocacy.purge_marks")
    assert await owner.fetchval("select count(*) from referral_marks") == 0


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"address": "192.0.2.7"}, ""),
        ({"email": "a@elci.example"}, ""),
        ({"email": "a@elci.example", "address": "nowhere"}, "address"),
    ],
)
async def test_visits_that_say_nothing(client: httpx.AsyncClient, body: dict[str, str], path: str) -> None:
    answer = await client.post("/v1/referrals/visits", json=body)
    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, path)


async def test_the_partners_own_address_is_the_advocate_at_once(
    client: httpx.AsyncClient, drain: Drain, program: str, owner: Connection
) -> None:
    await ok(
        await client.post(
            "/v1/advocates",
            json={"program_id": program, "consent": CONSENT, "external_id": "7", "code": "AYSE10"},
        )
    )
    await owner.execute("update partners set email = 'A.yse+x@gmail.com', email_key = 'a.yse+x@gmail.com'")
    sale = {"external_id": "1", "kind": "sale", "amount": {"amount": 10_000, "currency": "TRY"}}
    sale |= {"coupon": "AYSE10", "customer": {"email": "ayse@gmail.com"}}
    await ok(await client.post("/v1/conversions", json=sale))
    await drain()
    (held,) = (await ok(await client.get("/v1/referrals")))["data"]
    assert held["held"] == "self_referral"
