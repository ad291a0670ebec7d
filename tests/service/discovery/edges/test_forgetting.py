"""Who is erased or opted out is named by no edge: not by handle, not by the platform's own id."""

import httpx
import pytest

from service.kit.db import Connection
from tests.service.discovery.api import influencer, made
from tests.service.discovery.desk import Desk

HEAD = "src,dst,kind,platform\n"


@pytest.fixture
def desk(client: httpx.AsyncClient, drain) -> Desk:
    return Desk(client, drain)


async def secret(desk: Desk) -> str:
    account = {"platform": "instagram", "handle": "gizli.kisi", "platform_id": "777001"}
    return str((await made(desk.client, "/v1/influencers", {"name": "Gizli", "accounts": [account]}))["id"])


async def removed(desk: Desk, key: str, how: str) -> None:
    answer = await desk.client.post(f"/v1/influencers/{key}/{how}", json={"reason": "asked"})
    assert answer.status_code < 300, answer.text


async def test_a_platform_id_in_a_file_becomes_the_profile_that_comes_later(desk: Desk) -> None:
    bora = await influencer(desk.client, "Bora")
    await desk.take_in(f"{HEAD}777001,bora,follow,instagram\n")
    key = await secret(desk)
    await desk.work()
    assert [edge["other"]["influencer_id"] for edge in await desk.edges(bora)] == [key]
    await removed(desk, key, "opt-out")
    await desk.work()
    assert await desk.edges(bora) == []
    assert await desk.edges(key) == []


@pytest.mark.parametrize("named", ["777001", "gizli.kisi"])
async def test_the_erased_come_back_by_no_file(desk: Desk, owner: Connection, named: str) -> None:
    bora = await influencer(desk.client, "Bora")
    await removed(desk, await secret(desk), "erase")
    await desk.work()
    counts = (await desk.take_in(f"{HEAD}{named},bora,mention,instagram\n"))["counts"]
    assert counts["created"] == 0
    assert await desk.edges(bora) == []
    assert await owner.fetchval("select count(*) from edge_nodes where handle_folded is not null") == 0


@pytest.mark.parametrize("named", ["777001", "gizli.kisi"])
async def test_an_erasure_before_the_job_leaves_no_node(desk: Desk, owner: Connection, named: str) -> None:
    bora = await influencer(desk.client, "Bora")
    await desk.take_in(f"{HEAD}{named},bora,follow,instagram\n")
    await removed(desk, await secret(desk), "erase")
    await desk.work()
    assert await desk.edges(bora) == []
    assert await owner.fetchval("select count(*) from edge_nodes where handle_folded is not null") == 0
