"""From rows to the table: once, behind each workspace's wall, and no bad row in the way of the others."""

import asyncio
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

import asyncpg
import pytest

from service.kit import ids
from service.kit.db import Connection, Database
from service.links.clicks import jobs
from service.links.front.click_ids import ClickIds
from service.links.recording import frames, layout
from service.links.recording.flusher import Flusher, store
from service.links.recording.layout import COLUMNS, Circumstances, Whose
from service.links.recording.loading import Loader
from service.links.recording.spool import Spool
from service.settings import Settings, app_dsn
from tests.service.links.clicking import add_workspace

_IDS = ClickIds()


def a_row(
    workspace_id: UUID, at: datetime, *, visitor: int = 1, link: int = 7, kind: str = "redirect"
) -> bytes:
    milliseconds = int(at.timestamp() * 1000)
    rest = layout.whose(Whose(workspace_id, UUID(int=link), None, None), kind)
    rest += layout.subs([None] * 5) + layout.circumstances(Circumstances(device="mobile"))
    return layout.row(_IDS.new(milliseconds)[0], milliseconds, visitor.to_bytes(16, "big"), None, rest)


def now() -> datetime:
    """The start of this hour, and ten minutes."""
    return datetime.now(UTC).replace(minute=10, second=0, microsecond=0)


@pytest.fixture
async def loader(settings: Settings):  # type: ignore[no-untyped-def]
    made = Loader(app_dsn(settings))
    yield made
    await made.close()


async def test_a_batch_of_many_workspaces_goes_in_once(owner: Connection, loader: Loader) -> None:
    workspaces = [await add_workspace(owner) for _ in range(3)]
    data = b"".join(a_row(workspaces[at % 3], now(), visitor=at % 2) for at in range(30))
    assert await loader.store(COLUMNS, data) == 30
    assert await loader.store(COLUMNS, data) == 0
    for workspace_id in workspaces:
        raw, uniques = await owner.fetchrow(
            'select count(*), count(*) filter (where "unique") from clicks where workspace_id = $1',
            workspace_id,
        )
        assert (raw, uniques) == (10, 2)


class Between:
    """Passes on what client and server say: of the client's no more than `room`, until it dies."""

    def __init__(self, dsn: str) -> None:
        parts = urlsplit(dsn)
        self._folder = dict(parse_qsl(parts.query)).get("host")
        self._host = parts.hostname, parts.port or 5432
        self._parts = parts
        self._clients: list[asyncio.StreamWriter] = []
        self._serving: list[asyncio.Task[None]] = []
        self.room = 2**40
        self._open = asyncio.Event()

    async def __aenter__(self) -> str:
        self._server = await asyncio.start_server(self._met, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        who = self._parts.netloc.rpartition("@")[0]
        return f"postgresql://{who}@127.0.0.1:{port}{self._parts.path}?sslmode=disable"

    async def __aexit__(self, *_: object) -> None:
        self.die()
        self._server.close()
        self._open.set()
        await asyncio.gather(*self._serving)

    def die(self) -> None:
        for client in self._clients:
            client.transport.abort()

    async def _met(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._serving.append(asyncio.create_task(self._serve(reader, writer)))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._clients.append(writer)
        if self._folder:
            there = await asyncio.open_unix_connection(f"{self._folder}/.s.PGSQL.5432")
        else:
            there = await asyncio.open_connection(*self._host)
        passing = [self._limited(reader, there[1]), self._pass(there[0], writer)]
        await asyncio.gather(*passing, return_exceptions=True)

    async def _limited(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65_536):
                self.room -= len(data)
                if self.room < 0:
                    await self._open.wait()
                writer.write(data)
                await writer.drain()
        finally:
            writer.close()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65_536):
                writer.write(data)
                await writer.drain()
        finally:
            writer.close()


async def test_a_server_that_dies_in_the_middle_of_a_batch(settings: Settings, owner: Connection) -> None:
    """Seen red, which is waiting for ever, with the COPY awaited as it is."""
    # asyncpg leaves a future behind that nobody looks at, and the loop says so.
    asyncio.get_running_loop().set_exception_handler(lambda _, told: None)
    workspace_id = await add_workspace(owner)
    between = Between(app_dsn(settings))
    async with between as dsn:
        loader = Loader(dsn)
        assert await loader.store(COLUMNS, a_row(workspace_id, now())) == 1
        data = b"".join(a_row(workspace_id, now(), visitor=at) for at in range(50)) * 2000
        between.room = 1_000_000
        storing = asyncio.create_task(loader.store(COLUMNS, data))
        await asyncio.sleep(1)
        assert not storing.done()
        between.die()
        assert (await asyncio.wait({storing}, timeout=5))[0]
        with pytest.raises((ConnectionError, asyncpg.PostgresError, asyncpg.InterfaceError)):
            await storing
        await loader.close()
    again = Loader(app_dsn(settings))
    assert await again.store(COLUMNS, data[: len(data) // 2000]) == 50
    await again.close()


async def test_the_first_of_a_visitor_link_and_hour_is_unique(owner: Connection, loader: Loader) -> None:
    workspace_id = await add_workspace(owner)
    hour = timedelta(hours=1)
    first = [a_row(workspace_id, now() - hour), a_row(workspace_id, now() - hour, link=8)]
    later = [
        a_row(workspace_id, now() - hour),
        a_row(workspace_id, now()),
        a_row(workspace_id, now(), visitor=2),
    ]
    await loader.store(COLUMNS, b"".join(first))
    await loader.store(COLUMNS, b"".join(later))
    rows = await owner.fetch('select id, "unique" from clicks')
    found = {row["id"].bytes: row["unique"] for row in rows}
    assert [found[row[6:22]] for row in first + later] == [True, True, False, True, True]


async def test_a_row_that_is_refused_is_set_aside_and_the_rest_goes_in(
    owner: Connection, loader: Loader, tmp_path: Path
) -> None:
    workspace_id = await add_workspace(owner)
    good = [a_row(workspace_id, now()) for _ in range(20)]
    bad = a_row(workspace_id, now(), kind="nonsense")
    await store(loader, COLUMNS, b"".join([*good[:13], bad, *good[13:]]), tmp_path)
    assert await owner.fetchval("select count(*) from clicks") == 20
    kept = (tmp_path / "rejected").read_bytes()
    columns, start = frames.read_head(kept)  # type: ignore[misc]
    assert [frame.data for frame in frames.read(kept, start)] == [bad]
    assert columns == COLUMNS


async def test_a_flusher_keeps_its_batch_until_the_database_takes_it(
    owner: Connection, settings: Settings, loader: Loader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace_id = await add_workspace(owner)
    spool = Spool(tmp_path, sync=False)
    flusher = Flusher(loader, spool)
    rows = [a_row(workspace_id, now()) for _ in range(40)]
    for row in rows[:20]:
        spool.write([row])
    flusher.memory.extend(rows[20:])
    tried = []
    real = loader.store

    async def failing(columns, data):  # type: ignore[no-untyped-def]
        tried.append(1)
        if len(tried) < 4:
            # After the commit, as far as anybody knows: the answer is what was lost.
            await real(columns, data)
            raise asyncpg.ConnectionDoesNotExistError
        return await real(columns, data)

    monkeypatch.setattr(loader, "store", failing)
    assert await flusher.drain(20)
    assert len(tried) > 4
    assert await owner.fetchval("select count(*) from clicks") == 40
    assert not os.listdir(tmp_path)


async def test_a_file_of_an_older_version_goes_in_by_its_own_columns(
    owner: Connection, loader: Loader, tmp_path: Path
) -> None:
    workspace_id = await add_workspace(owner)
    row = a_row(workspace_id, now())
    # Written before there was a last column.
    older = (len(COLUMNS) - 1).to_bytes(2, "big") + row[2:-4]
    assert await loader.store(COLUMNS[:-1], older) == 1


async def test_days_are_made_when_they_are_missing_and_dropped_when_they_are_old(
    owner: Connection, loader: Loader, database: Database, settings: Settings
) -> None:
    workspace_id = await add_workspace(owner)
    ages = (0, 20, 394, 396, 500)
    for age in ages:
        assert await loader.store(COLUMNS, a_row(workspace_id, now() - timedelta(days=age))) == 1
    await jobs.make_days(settings, database)
    assert await owner.fetchval(_PARTS, "clicks_%") == len(ages) + jobs.DAYS_AHEAD
    await jobs.drop_days(settings, database)
    await jobs.drop_days(settings, database)
    left = await owner.fetch("select clicked_at from clicks order by 1 desc")
    assert [(now() - row["clicked_at"]).days for row in left] == [0, 20, 394]
    assert await owner.fetchval("select count(*) from click_uniques") == 1
    for day in (2000, -60):
        with pytest.raises(asyncpg.CheckViolationError):
            await loader.store(COLUMNS, a_row(workspace_id, now() - timedelta(days=day)))


_PARTS = """
    select count(*) from pg_class where relnamespace = 'click_days'::regnamespace and relkind = 'r'
    and relname like $1
"""


async def test_a_retention_that_is_killed_leaves_whole_days(
    owner: Connection, loader: Loader, database: Database
) -> None:
    """Each day goes in a transaction of its own: after any of them the rest is untouched, and the next run
    goes on."""
    workspace_id = await add_workspace(owner)
    for age in (500, 450, 400, 1):
        for _ in range(3):
            await loader.store(COLUMNS, a_row(workspace_id, now() - timedelta(days=age)))
    before = (now() - timedelta(days=395)).date()
    async with database.connection() as db:
        assert await jobs._drop(db, before, before) is not None
    ages = await owner.fetch("select count(*) from clicks group by clicked_at::date")
    assert {row[0] for row in ages} == {3}
    async with database.connection() as db:
        while await jobs._drop(db, before, before):
            pass
    assert await owner.fetchval("select count(*) from clicks") == 3


async def test_the_app_can_store_into_its_own_workspace_alone(
    database: Database, owner: Connection, settings: Settings
) -> None:
    """The function has the caller's rights: what it may not see, it may not write."""
    assert await owner.fetchval("select not prosecdef from pg_proc where proname = 'store_clicks'")
    mine, other = await add_workspace(owner), ids.new()
    await owner.execute("select entry.add_click_days(array[current_date])")
    async with database.transaction(mine) as db:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await db.execute(
                "insert into clicks (workspace_id, clicked_at, id, link_id, kind, counted)"
                " values ($1, now(), $1, $1, 'redirect', true)",
                other,
            )
