"""The database: pools, transactions behind the workspace's wall, and statements with a name and a type."""

import functools
import inspect
import types
import typing
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, NamedTuple, ParamSpec, TypeVar
from uuid import UUID

import asyncpg
import msgspec

from service.kit import keys
from service.kit.problems import NotFound, Problem, Unavailable
from service.settings import Settings, derive_key

Connection = asyncpg.Connection
Record = asyncpg.Record
P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S", bound=msgspec.Struct)


class Statement(NamedTuple):
    """A registered statement, so that the house tests can prepare each one against the database."""

    name: str
    text: str
    function: Callable[..., Any]


STATEMENTS: list[Statement] = []


def sql(
    text: str, *, missing: type[Problem] = NotFound
) -> Callable[[Callable[P, Awaitable[T]]], Callable[P, Awaitable[T]]]:
    """Makes a typed function of one SQL statement.

    The parameters after the connection are bound in order as $1..$n. The return annotation says what is
    fetched: a Struct (raises `missing` where there is no row), `Struct | None`, `list[Struct]`, a scalar or
    a list of scalars (the first column), or None (nothing). Columns stand in the order of the fields.
    """

    def bind(function: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
        signature = inspect.signature(function)
        STATEMENTS.append(Statement(f"{function.__module__}.{function.__qualname__}", text, function))

        @functools.wraps(function)
        async def run(*args: P.args, **kwargs: P.kwargs) -> T:
            bound = signature.bind(*args, **kwargs)
            bound.apply_defaults()
            db, *values = bound.arguments.values()
            return await _reader(function)(db, text, values, missing)  # type: ignore[no-any-return]

        return run

    return bind


Read = Callable[[Any, str, list[Any], type[Problem]], Awaitable[Any]]


@functools.cache
def _reader(function: Callable[..., Any]) -> Read:
    wanted = typing.get_type_hints(function)["return"]
    if wanted is type(None):
        return _execute
    inner, optional = _optional(wanted)
    if typing.get_origin(inner) is list:
        return _list_reader(typing.get_args(inner)[0])
    if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
        return _row_reader(inner, optional)
    return _scalar


def _optional(wanted: Any) -> tuple[Any, bool]:
    if typing.get_origin(wanted) in (typing.Union, types.UnionType):
        kept = [kind for kind in typing.get_args(wanted) if kind is not type(None)]
        return kept[0], len(kept) < len(typing.get_args(wanted))
    return wanted, False


async def _execute(db: Connection, text: str, values: list[Any], missing: type[Problem]) -> None:
    await db.execute(text, *values)


async def _scalar(db: Connection, text: str, values: list[Any], missing: type[Problem]) -> Any:
    return await db.fetchval(text, *values)


def _list_reader(kind: Any) -> Read:
    make = _maker(kind) if isinstance(kind, type) and issubclass(kind, msgspec.Struct) else None

    async def read(db: Connection, text: str, values: list[Any], missing: type[Problem]) -> list[Any]:
        records = await db.fetch(text, *values)
        return [make(record) for record in records] if make else [record[0] for record in records]

    return read


def _row_reader(kind: type[msgspec.Struct], optional: bool) -> Read:
    make = _maker(kind)

    async def read(db: Connection, text: str, values: list[Any], missing: type[Problem]) -> Any:
        record = await db.fetchrow(text, *values)
        if record is None and not optional:
            raise missing()
        return None if record is None else make(record)

    return read


@functools.cache
def _maker(kind: type[S]) -> Callable[[Record], S]:
    """Positional construction (the fastest that stays readable); jsonb columns of Structs are converted."""
    nested = [
        (at, field.type) for at, field in enumerate(msgspec.structs.fields(kind)) if _holds_struct(field.type)
    ]
    if not nested:
        return lambda record: kind(*record)

    def make(record: Record) -> S:
        values = list(record)
        for at, wanted in nested:
            values[at] = msgspec.convert(values[at], wanted, strict=False)
        return kind(*values)

    return make


def _holds_struct(kind: Any) -> bool:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return True
    return any(_holds_struct(inner) for inner in typing.get_args(kind))


async def fetch(db: Connection, kind: type[S], text: str, *values: Any) -> list[S]:
    """Rows of a statement that was built from a closed set of fragments."""
    make = _maker(kind)
    return [make(record) for record in await db.fetch(text, *values)]


class Database:
    """Two pools: the app's (behind the walls) and the small one that may read the search tables only."""

    def __init__(
        self, app: "asyncpg.Pool[Record]", search: "asyncpg.Pool[Record]", settings: Settings
    ) -> None:
        self.app = app
        self.search = search
        self.patience_s = settings.pool_timeout
        # What is counted by address is stored as a keyed hash: a plain one of an IPv4 address can be guessed.
        self.counting_key = derive_key(settings, "rate limits")

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """A connection without a workspace: it sees no rows of any, and calls `entry` functions only."""
        async with self._acquired(self.app) as db:
            yield db

    @asynccontextmanager
    async def transaction(
        self, workspace_id: UUID, partner_id: UUID | None = None
    ) -> AsyncIterator[Connection]:
        """A transaction inside one workspace (and, for a partner, behind the partner's wall too)."""
        async with self._acquired(self.app) as db, db.transaction():
            await enter(db, workspace_id, partner_id)
            yield db

    @asynccontextmanager
    async def searching(self) -> AsyncIterator[Connection]:
        """A connection of the search role. Its statements start with the workspace predicate."""
        async with self._acquired(self.search) as db:
            yield db

    @asynccontextmanager
    async def _acquired(self, pool: "asyncpg.Pool[Record]") -> AsyncIterator[Connection]:
        try:
            db = await pool.acquire(timeout=self.patience_s)
        except (
            TimeoutError,
            OSError,
            asyncpg.PostgresConnectionError,
            asyncpg.CannotConnectNowError,
        ) as error:
            raise Unavailable("the database does not answer now", headers={"Retry-After": "2"}) from error
        try:
            yield typing.cast(Connection, db)
        finally:
            await pool.release(db)


async def enter(db: Connection, workspace_id: UUID, partner_id: UUID | None = None) -> None:
    """Sets the wall for the rest of the transaction."""
    await db.execute(
        "select set_config('app.workspace_id', $1, true), set_config('app.partner_id', $2, true)",
        str(workspace_id),
        "" if partner_id is None else str(partner_id),
    )


# How the search role's statements are planned and run.
SEARCH_OPTIONS = {
    # Generic plans mislead array filters: 60 ms against 5.7 ms with a plan for the values at hand.
    "plan_cache_mode": "force_custom_plan",
    # Bitmaps of half a million rows stay exact: in 4 MB they keep pages only, and all rows are looked at.
    "work_mem": "32MB",
    # One core a search: many people search at once.
    "max_parallel_workers_per_gather": "0",
}


@asynccontextmanager
async def connect(app_dsn: str, search_dsn: str, settings: Settings) -> AsyncIterator[Database]:
    """Opens both pools, closes them at the end."""
    keys.hold(settings)
    options = {
        "statement_timeout": str(int(settings.statement_timeout * 1000)),
        "timezone": "UTC",
        # jit costs more than it gains on statements of a few milliseconds.
        "jit": "off",
        # What a host held that vanished without a word (locks, an open transaction) is free in a minute.
        "tcp_keepalives_idle": "30",
        "tcp_keepalives_interval": "10",
        "tcp_keepalives_count": "3",
    }
    async with (
        _pool(app_dsn, settings.pool_size, options) as app,
        _pool(search_dsn, settings.search_pool_size, {**options, **SEARCH_OPTIONS}) as search,
    ):
        yield Database(app, search, settings)


@asynccontextmanager
async def _pool(dsn: str, size: int, options: dict[str, str]) -> AsyncIterator["asyncpg.Pool[Record]"]:
    pool = await asyncpg.create_pool(
        dsn,
        # None at first: a process may start while the database is away.
        min_size=0,
        max_size=size,
        init=set_codecs,
        reset=_leave_as_it_is,
        server_settings=options,
        timeout=5,
    )
    try:
        yield pool
    finally:
        await pool.close()


async def _leave_as_it_is(db: Connection) -> None:
    """Nothing is set on a session, only in transactions; so nothing has to be reset, which would be a round
    trip at every release (100 of 270 us). An open transaction is rolled back by the pool all the same."""


async def set_codecs(db: Connection) -> None:
    """json and jsonb come and go as Python objects."""
    for kind in ("json", "jsonb"):
        await db.set_type_codec(
            kind,
            encoder=lambda value: msgspec.json.encode(value).decode(),
            decoder=msgspec.json.decode,
            schema="pg_catalog",
        )


async def plan_for_values(db: Connection) -> None:
    """Has statements of this transaction planned for the values at hand: of a span that it does not know, the
    planner expects as much as of any, and takes 680 ms instead of 80."""
    await db.execute("set local plan_cache_mode = force_custom_plan")
