"""The front answers links and records clicks: from the request to the row."""

import asyncio
import re
from pathlib import Path

import httpx
import pytest

from service.kit import ids
from service.kit.db import Connection, Database
from service.links.front.click_ids import clicked_at
from service.settings import Settings
from tests.service.links.clicking import DESTINATION, add_link, add_workspace, visiting

LEVELS = ["disk", "os", "memory"]


@pytest.fixture
def own(settings: Settings, tmp_path: Path) -> Settings:
    import msgspec

    return msgspec.structs.replace(settings, home=tmp_path)


@pytest.mark.parametrize("level", LEVELS)
async def test_a_click_is_answered_and_stored(
    own: Settings, database: Database, owner: Connection, level: str
) -> None:
    workspace_id = await add_workspace(owner)
    link_id = await add_link(owner, workspace_id, "yaz", sub1="story")
    async with visiting(own, database, click_durability=level) as visitor:
        answer = await visitor.get("/r/yaz", headers={"Referer": "https://l.instagram.com/x"})
    assert answer.status_code == 302
    found = re.fullmatch(
        re.escape(DESTINATION) + r"\?sub1=story&elci=(clk_[0-9a-z]{26})", answer.headers["location"]
    )
    assert found
    assert answer.headers["cache-control"] == "private, no-store"
    cookie = answer.headers["set-cookie"]
    assert cookie == f"elci={found[1]}; Max-Age=2592000; Path=/; Secure; HttpOnly; SameSite=Lax"
    row = await owner.fetchrow("select * from clicks")
    click_id = ids.read("clk", found[1])
    assert row["id"] == click_id
    assert row["clicked_at"] == clicked_at(click_id)
    assert (row["workspace_id"], row["link_id"]) == (workspace_id, link_id)
    assert (row["counted"], row["unique"], row["reasons"]) == (True, True, [])
    assert (row["device"], row["browser"], row["language"]) == ("desktop", "Chrome", "tr")
    assert (row["referrer_host"], row["platform"]) == ("l.instagram.com", "instagram")
    assert (row["sub1"], row["sub2"], len(row["visitor"])) == ("story", None, 16)
    assert not list((own.home / "spool").glob("*.clicks"))


async def test_a_thousand_identical_clicks_are_one_unique(
    own: Settings, database: Database, owner: Connection
) -> None:
    await add_link(owner, await add_workspace(owner), "yaz")

    async def click(client: httpx.AsyncClient) -> int:
        return (await client.get("/r/yaz")).status_code

    async with visiting(own, database) as one, visiting(own, database) as two:
        told = await asyncio.gather(*(click(one if at % 2 else two) for at in range(1000)))
    assert set(told) == {302}
    hours = await owner.fetchval("select count(distinct date_trunc('hour', clicked_at)) from clicks")
    row = await owner.fetchrow(
        'select count(*) as raw, count(*) filter (where "unique") as uniques from clicks'
    )
    assert (row["raw"], row["uniques"]) == (1000, hours)
