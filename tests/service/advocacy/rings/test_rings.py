"""Rings and second accounts among honest people, through tables, jobs and the API."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import httpx

from service.advocacy.terms.shapes import AdvocacyTerms, RewardRule
from service.kit import ids
from service.kit.db import Connection
from tests.service.advocacy.advocating import add_advocacy
from tests.service.advocacy.rings.population import Population, populated
from tests.service.advocacy.rings.seeding import Seeded

Drain = Callable[[], Awaitable[None]]
SEEDS = (11, 12, 13)
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
