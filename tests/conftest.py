"""A real PostgreSQL for every test: one migrated template a run, cloned where a test needs commits."""

import asyncio
import itertools
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

import asyncpg
import httpx
import hypothesis
import msgspec
import pytest
import structlog
from litestar import Litestar

from migrations.migrate import migrate
from service.kit import db as kit_db
from service.kit import embedded, ids, jobs, keys
from service.kit.db import Connection, Database
from service.settings import (
    Settings,
    app_dsn,
    app_role,
    database_name,
    role_password,
    search_dsn,
    search_role,
)

FAULTS = Path(__file__).parent / "faults"
# How long making examples takes is the machine's affair, and others work on it.
hypothesis.settings.register_profile(
    "elci",
    parent=hypothesis.settings.default,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
    deadline=None,
)
hypothesis.settings.load_profile("elci")
_numbers = itertools.count(1)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--faults", action="store_true", help="the fault tests alone, the long ones too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Every run has the short fault tests; --faults has all of them and nothing else."""
    alone = config.getoption("--faults")
    left_out = [
        item
        for item in items
        if (alone and FAULTS not in item.path.parents) or (not alone and item.get_closest_marker("long"))
    ]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture(autouse=True)
def logs_as_they_start() -> Iterator[None]:
    """A command that a test runs in its own process quietens the logs of those after it."""
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real inputs; tests that need it are skipped where it is not."""
    folder = Path(os.environ.get("ELCI_REAL_DATA") or Path(__file__).parents[2] / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("no real data: set ELCI_REAL_DATA")
    return folder


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The owner's URL of a PostgreSQL: the one of DATABASE_URL, else a throw-away one of our own."""
    given = os.environ.get("DATABASE_URL")
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        try:
            yield given or runner.run(stack.enter_async_context(embedded.temporary()))
        finally:
            runner.run(stack.aclose())


@pytest.fixture(scope="session")
def template(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings of a migrated database that is only cloned."""
    name = f"elci_test_{os.getpid()}"
    home = tmp_path_factory.mktemp("home")
    settings = Settings.from_env({"DATABASE_URL": _at(server, name), "ELCI_HOME": str(home)})
    asyncio.run(_run(server, f"create database {name}"))
    asyncio.run(migrate(settings))
    keys.hold(settings)
    yield settings
    asyncio.run(_drop(server, name, [app_role(settings), search_role(settings)]))


@pytest.fixture
def settings(server: str, template: Settings) -> Iterator[Settings]:
    """Settings of a database of the test's own: a clone of the template, with the template's roles."""
    with _clone(server, template) as made:
        yield made


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    """The pools of the test's own database, as the application has them."""
    async with kit_db.connect(app_dsn(settings), search_dsn(settings), settings) as opened:
        yield opened


@pytest.fixture
async def owner(settings: Settings) -> AsyncIterator[Connection]:
    """A connection as the owner of the test's own database: behind no wall."""
    connection = await asyncpg.connect(settings.database_url)
    await kit_db.set_codecs(connection)
    yield connection
    await connection.close()


@pytest.fixture(scope="session")
def shared(server: str, template: Settings) -> Iterator[Settings]:
    """A clone that all tests share which leave nothing behind (the fixture `db`)."""
    with _clone(server, template) as made:
        yield made


@pytest.fixture
def workspace() -> UUID:
    """The id of the workspace that `db` is in."""
    return ids.new()


@pytest.fixture
async def db(shared: Settings, workspace: UUID) -> AsyncIterator[Connection]:
    """A connection as the app role, in a new workspace, in a transaction that is rolled back."""
    connection = await asyncpg.connect(app_dsn(shared))
    await kit_db.set_codecs(connection)
    transaction = connection.transaction()
    await transaction.start()
    await kit_db.enter(connection, workspace)
    await connection.execute("select entry.new_workspace($1, $2)", workspace, "Test")
    yield connection
    await transaction.rollback()
    await connection.close()


@pytest.fixture(scope="session")
def app(template: Settings) -> Litestar:
    """The application, made once; `client` gives it the test's own database."""
    from service.app import create_app

    return create_app(template)


@pytest.fixture
async def client(app: Litestar, database: Database, settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """A client with the secret key of an owner of a new workspace."""
    app.state.database = database
    async with _client(app, await new_key(database, "Brand")) as made:
        yield made


@pytest.fixture
async def other_client(
    app: Litestar, client: httpx.AsyncClient, database: Database
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of another workspace on the same database."""
    async with _client(app, await new_key(database, "Other brand")) as made:
        yield made


@pytest.fixture
async def anonymous(app: Litestar, client: httpx.AsyncClient) -> AsyncIterator[httpx.AsyncClient]:
    """A client without any key."""
    async with _client(app, None) as made:
        yield made


@pytest.fixture
async def as_partner(
    app: Litestar, client: httpx.AsyncClient, owner: Connection, settings: Settings
) -> AsyncIterator[Callable[[str], Awaitable[httpx.AsyncClient]]]:
    """`await as_partner(partner_id)`: a client of somebody who acts for this partner, of any workspace."""
    from service.accounts.partners.actions import log_in
    from service.accounts.partners.schemas import PartnerLogIn
    from service.accounts.tokens import digest

    async with AsyncExitStack() as stack:

        async def made(partner_id: str) -> httpx.AsyncClient:
            token = f"{partner_id}-{next(_numbers)}"
            await owner.execute(
                """insert into partner_invitations
                       (workspace_id, id, partner_id, email, email_key, token_hash, expires_at)
                   select workspace_id, $2, id, $3, $3, $4, elci_now() + interval '1 day'
                   from partners where id = $1""",
                *(ids.read("prt", partner_id), ids.new(), token, digest(token)),
            )
            tokens = await log_in(app.state.database, settings, PartnerLogIn(invitation=token))
            return await stack.enter_async_context(_client(app, tokens.access_token))

        yield made


@pytest.fixture
def drain(database: Database, settings: Settings):  # type: ignore[no-untyped-def]
    """Runs the queued jobs to their end: `await drain()`."""

    async def run() -> None:
        await jobs.run_queued(settings, database)

    return run


@contextmanager
def _clone(server: str, template: Settings) -> Iterator[Settings]:
    source = database_name(template)
    name = f"{source}_{next(_numbers)}"
    app, search = app_role(template), search_role(template)
    asyncio.run(_run(server, f"create database {name} template {source} strategy file_copy"))
    yield msgspec.structs.replace(
        template,
        database_url=_at(server, name),
        app_database_url=_at(server, name, app, role_password(template, app)),
        search_database_url=_at(server, name, search, role_password(template, search)),
    )
    asyncio.run(_drop_database(server, name))


async def new_key(database: Database, name: str) -> str:
    """The secret key of a new workspace."""
    from service.accounts.actions import create_workspace

    return (await create_workspace(database, name)).api_key


def _client(app: Litestar, key: str | None) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return httpx.AsyncClient(transport=transport, base_url="http://elci.test", headers=headers)


def _at(dsn: str, name: str, user: str | None = None, password: str = "") -> str:
    parts = urlsplit(dsn)
    place = parts.netloc.rpartition("@")[2]
    netloc = f"{user}:{password}@{place}" if user else parts.netloc
    query = "&".join(
        piece for piece in parts.query.split("&") if not (user and piece.startswith(("user=", "password=")))
    )
    return urlunsplit((parts.scheme, netloc, f"/{name}", query, ""))


async def _run(dsn: str, statement: str) -> None:
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def _drop(server: str, name: str, roles: list[str]) -> None:
    await _drop_database(server, name)
    for role in roles:
        await _run(server, f'drop role "{role}"')


async def _drop_database(server: str, name: str) -> None:
    # An autovacuum worker in the database belongs to the superuser, whom an owner may not end: it ends soon.
    for _ in range(100):
        try:
            await _run(server, f"drop database {name} with (force)")
        except asyncpg.InsufficientPrivilegeError:
            await asyncio.sleep(0.2)
        else:
            return
    await _run(server, f"drop database {name} with (force)")
