"""What is known of links: fresh within a second, asked once, good enough while the database is away."""

import asyncio
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from service.kit.db import Connection, Database
from service.links.front import cache
from service.links.front.cache import Away, Destinations
from service.links.front.kept import Kept
from service.links.redirect import Destination
from service.settings import Settings
from tests.service.links.clicking import add_link, add_workspace, visiting


def link(url: str = "https://shop.example/", **fields: Any) -> Destination:
    return Destination(uuid4(), uuid4(), "yaz", None, url, **fields)


class Source:
    """A database of one link, that can be away."""

    def __init__(self, found: Destination | None) -> None:
        self.found = found
        self.away = False
        self.asked = 0
        self.used = 0

    async def resolve(self, host: str, code: str) -> Destination | None:
        self.asked += 1
        await asyncio.sleep(0.01)
        if self.away:
            raise ConnectionRefusedError
        return self.found

    async def count(self, destination: Destination) -> int:
        return self.used


@pytest.fixture
def kept(tmp_path: Path):  # type: ignore[no-untyped-def]
    made = Kept(tmp_path / "links.sqlite")
    yield made
    made.close()


async def _url(known: Destinations) -> str:
    found = known.fresh("/yaz", time.monotonic()) or await known.get("/yaz", "", "yaz")
    assert found is not None
    return found.destination.url


async def test_who_asks_for_the_same_link_at_once_asks_once(kept: Kept) -> None:
    source = Source(link())
    known = Destinations(source.resolve, source.count, kept)
    known.heard(9)
    await asyncio.gather(*(_url(known) for _ in range(50)))
    await _url(known)
    assert source.asked == 1


async def test_a_change_is_seen_even_if_it_comes_while_the_link_is_asked_for(kept: Kept) -> None:
    source = Source(link("https://shop.example/old"))
    known = Destinations(source.resolve, source.count, kept)
    known.heard(9)
    asking = asyncio.create_task(_url(known))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    known.changed("/yaz")
    await asking
    source.found = link("https://shop.example/new")
    assert await _url(known) == "https://shop.example/new"
    source.found = link("https://shop.example/newer")
    assert await _url(known) == "https://shop.example/new"
    known.changed("/yaz")
    assert await _url(known) == "https://shop.example/newer"
    known.all_changed()
    assert source.asked == 3
    await _url(known)
    assert source.asked == 4


async def test_unheard_of_changes_are_asked_for_twice_a_second(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "UNHEARD_S", 0.05)
    source = Source(link("https://shop.example/old"))
    known = Destinations(source.resolve, source.count, kept)
    await _url(known)
    source.found = link("https://shop.example/new")
    assert await _url(known) == "https://shop.example/old"
    await asyncio.sleep(0.06)
    assert await _url(known) == "https://shop.example/new"


async def test_while_the_database_is_away_links_are_as_they_were(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "UNHEARD_S", 0.0)
    source = Source(link())
    known = Destinations(source.resolve, source.count, kept)
    await _url(known)
    kept.write()
    source.away = True
    for _ in range(30):
        assert await _url(known) == "https://shop.example/"
    # Nobody hammers a database that has just refused.
    assert source.asked == 2
    another = Destinations(source.resolve, source.count, kept)
    assert await _url(another) == "https://shop.example/"
    with pytest.raises(Away):
        await another.get("/nie", "", "nie")


async def test_a_link_that_is_gone_is_gone_from_the_disk(kept: Kept) -> None:
    source = Source(link())
    known = Destinations(source.resolve, source.count, kept)
    known.heard(9)
    await _url(known)
    kept.write()
    source.found = None
    known.changed("/yaz")
    assert await known.get("/yaz", "", "yaz") is None
    assert known.is_unknown("/yaz", time.monotonic())
    kept.write()
    assert kept.find("/yaz") is None


async def test_memory_is_bounded_and_what_is_used_stays(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MOST", 10)
    monkeypatch.setattr(cache, "MOST_UNKNOWN", 10)
    source = Source(link())
    known = Destinations(source.resolve, source.count, kept)
    known.heard(9)
    for at in range(40):
        await known.get(f"/{at}", "", str(at))
        assert known.fresh("/0", time.monotonic())
    assert len(known._plans) == 10
    source.found = None
    for at in range(40, 80):
        await known.get(f"/{at}", "", str(at))
    assert len(known._unknown) == 10


async def test_a_cap_counts_what_others_have_counted(kept: Kept) -> None:
    source = Source(link(cap=5))
    source.used = 3
    known = Destinations(source.resolve, source.count, kept)
    known.heard(9)
    found = await known.get("/yaz", "", "yaz")
    assert found is not None
    assert found.used == 3


def test_a_broken_file_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "links.sqlite"
    path.write_bytes(b"no database at all" * 1000)
    kept = Kept(path)
    assert kept.find("/yaz") is None
    kept.put("/yaz", link())
    kept.write()
    assert kept.find("/yaz") is not None
    kept.close()


async def test_every_worker_sees_a_change_within_a_second(
    own: Settings, database: Database, owner: Connection
) -> None:
    workspace_id = await add_workspace(owner)
    link_id = await add_link(owner, workspace_id, "yaz")
    async with visiting(own, database) as one, visiting(own, database) as two:
        for visitor in (one, two):
            assert (await visitor.get("/r/yaz")).status_code == 302
            assert (await visitor.get("/r/kis")).status_code == 404
        await owner.execute(
            "update links set retired_at = now(), version = version + 1 where id = $1", link_id
        )
        await add_link(owner, workspace_id, "kis")
        changed = time.monotonic()
        for visitor in (one, two):
            while (await visitor.get("/r/yaz")).status_code != 410:
                assert time.monotonic() - changed < 1
                await asyncio.sleep(0.01)
            while (await visitor.get("/r/kis")).status_code != 302:
                assert time.monotonic() - changed < 1
                await asyncio.sleep(0.01)


async def test_a_broken_ear_is_noticed_within_a_second(
    own: Settings, database: Database, owner: Connection
) -> None:
    """The listening connection is ended, over and over: changes are seen all the same."""
    workspace_id = await add_workspace(owner)
    link_id = await add_link(owner, workspace_id, "yaz")
    async with visiting(own, database) as visitor:
        for at in range(4):
            await visitor.get("/r/yaz")
            await owner.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and query like '%elci_now%' and pid <> pg_backend_pid()"
            )
            url = f"https://shop.example/{at}"
            await owner.execute(
                "update links set url = $2, version = version + 1 where id = $1", link_id, url
            )
            changed = time.monotonic()
            while not (await visitor.get("/r/yaz")).headers["location"].startswith(url):
                assert time.monotonic() - changed < 1.2
                await asyncio.sleep(0.01)
