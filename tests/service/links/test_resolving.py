"""A code finds its link before the workspace is known, and changes are told."""

import asyncio
from typing import Any

import httpx
import msgspec

from service.kit import ids
from service.kit.db import Connection, Database
from service.links import resolving
from service.links.redirect import Destination, Target

ADD = """
    insert into links (workspace_id, id, host, code, url, hosts, folded, targets, utm, sub2, fallback_url)
    values ($1, $2, $3, $4, $5, $6, '', $7, $8, 'two', $9)
"""


async def _workspace(client: httpx.AsyncClient, *hosts: str) -> Any:
    answer = await client.patch("/v1/workspace", json={"destination_hosts": list(hosts)})
    assert answer.status_code == 200, answer.text
    return ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])


async def _link(db: Connection, workspace_id: Any, code: str, host: str | None = None) -> None:
    targets = [{"url": "https://b.shop.example/t", "weight": 2, "countries": ["TR"]}]
    await db.execute(
        *(ADD, workspace_id, ids.new(), host, code, "https://shop.example/x", ["shop.example"]),
        *(targets, {"utm_source": "{platform}"}, "https://shop.example/"),
    )


async def test_a_code_of_any_case_is_found_on_its_own_host(
    client: httpx.AsyncClient, database: Database
) -> None:
    workspace = await _workspace(client, "shop.example")
    async with database.transaction(workspace) as db:
        await _link(db, workspace, "yaz-26")
        await _link(db, workspace, "kis-26", "go.shop.example")
    found = await resolving.resolve(database, None, "YAZ-26")
    assert found is not None
    assert (found.workspace_id, found.code, found.host, found.retired) == (workspace, "yaz-26", None, False)
    assert found.targets == (Target("https://b.shop.example/t", 2, ("TR",)),)
    assert found.sub == (None, "two", None, None, None)
    assert found.utm == {"utm_source": "{platform}"}
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(found), type=Destination) == found
    assert await resolving.resolve(database, "go.shop.example", "kis-26")
    assert await resolving.resolve(database, None, "kis-26") is None
    assert await resolving.resolve(database, "go.shop.example", "yaz-26") is None
    for code in ("nobody", "", "../x", "a\x00b", "x" * 500):
        assert await resolving.resolve(database, None, code) is None


async def test_a_host_off_the_list_ends_its_links_and_back_on_it_they_live(
    client: httpx.AsyncClient, database: Database
) -> None:
    workspace = await _workspace(client, "shop.example")
    async with database.transaction(workspace) as db:
        await _link(db, workspace, "yaz-26")
    for hosts, retired in ((["other.example"], True), ([], True), (["shop.example"], False)):
        await _workspace(client, *hosts)
        found = await resolving.resolve(database, None, "yaz-26")
        assert found is not None
        assert found.retired is retired
        assert (found.fallback_url is None) is retired


async def test_changes_are_told(client: httpx.AsyncClient, database: Database, owner: Connection) -> None:
    told: asyncio.Queue[str] = asyncio.Queue()
    await owner.add_listener(resolving.CHANNEL, lambda *heard: told.put_nowait(heard[-1]))

    async def heard() -> str:
        return await asyncio.wait_for(told.get(), 2)

    workspace = await _workspace(client, "shop.example")
    assert await heard() == resolving.EVERYTHING
    async with database.transaction(workspace) as db:
        await _link(db, workspace, "yaz-26", "go.shop.example")
    assert await heard() == resolving.key("go.shop.example", "yaz-26")
    async with database.transaction(workspace) as db:
        await db.execute("update links set version = version + 1")
    assert await heard() == "go.shop.example/yaz-26"
    async with database.transaction(workspace) as db:
        await db.execute("update links set checked_at = elci_now()")
        await db.execute("delete from links")
    assert await heard() == "go.shop.example/yaz-26"
    assert told.empty()
