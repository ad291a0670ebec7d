"""People who stand in no set any more are forgotten; the others stay who they are."""

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from service.influencers.followers.forgetting import dense
from service.kit.db import Connection, Database
from service.kit.jobs import run_queued
from service.settings import Settings
from tests.service.influencers.followers.test_followers import known, made, members, put
from tests.service.influencers.followers.test_people import link, linked


@pytest.fixture
def sweep(settings: Settings, database: Database):  # type: ignore[no-untyped-def]
    async def run() -> None:
        await run_queued(settings, database, ahead=True)

    return run


@given(st.frozensets(st.integers(0, 99)))
def test_bits_are_those_that_the_database_reads(alive: frozenset[int]) -> None:
    bits = dense(BitMap(alive), 100)
    assert {number for number in range(100) if bits[number // 8] >> number % 8 & 1} == alive


async def test_who_is_in_no_set_is_forgotten(
    client: httpx.AsyncClient,
    database: Database,
    owner: Connection,
    sweep,  # type: ignore[no-untyped-def]
) -> None:
    ece, can = await made(client), await made(client, "can")
    await put(client, ece, range(100))
    await put(client, can, range(50, 60))
    await linked(client, link(1, "x"))
    (before,) = map(members, await known(client, database, can))
    await put(client, ece, range(90, 110))
    await sweep()
    # 20 of ece's, 10 of can's, and the two names of somebody who was linked.
    assert await owner.fetchval("select count(*) from followers") == 32
    assert [members(one) for one in await known(client, database, can)] == [before]
    await client.delete(f"/v1/influencers/{ece['id']}/followers")
    await sweep()
    assert await owner.fetchval("select count(*) from followers") == 12
    await put(client, ece, range(55, 70))
    one, other = map(members, await known(client, database, ece, can))
    assert (len(one & other), len(one | other)) == (5, 20)
    assert min(one - other) > 110, "numbers are given once"


@pytest.mark.parametrize("path", ["/accounts/{account}", "/erase"])
async def test_followers_go_with_the_accounts(
    client: httpx.AsyncClient,
    owner: Connection,
    sweep,  # type: ignore[no-untyped-def]
    path: str,
) -> None:
    ece, can = await made(client), await made(client, "can")
    await put(client, ece, range(10))
    await put(client, can, range(3))
    method = "POST" if path == "/erase" else "DELETE"
    gone = f"/v1/influencers/{ece['id']}{path.format(account=ece['accounts'][0]['id'])}"
    assert (await client.request(method, gone)).status_code < 300
    await sweep()
    assert await owner.fetchval("select count(*) from followers") == 3
