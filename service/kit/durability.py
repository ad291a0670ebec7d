"""What the database promises: a version that elci knows, and that what was committed is on the disk."""

import asyncpg

OLDEST = 15
# kill -9 does not reveal a database that does not wait for the disk: only a power cut would.
PROMISES = ("fsync", "full_page_writes", "synchronous_commit")


class UnfitDatabaseError(RuntimeError):
    """A database that elci cannot work with; the message says why."""


async def examine(dsn: str) -> list[str]:
    """What is to be warned of. Raises UnfitDatabaseError if the database does not answer or is too old."""
    try:
        db = await asyncpg.connect(dsn, timeout=10)
    except (OSError, TimeoutError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise UnfitDatabaseError(f"DATABASE_URL: the database does not answer: {error}") from error
    try:
        major = db.get_server_version().major
        if major < OLDEST:
            raise UnfitDatabaseError(f"DATABASE_URL: PostgreSQL {OLDEST} or later is needed, this is {major}")
        return [warning for name in PROMISES if (warning := _judge(name, await db.fetchval(f"show {name}")))]
    finally:
        await db.close()


def _judge(name: str, value: str) -> str | None:
    """The warning that a setting deserves.

    >>> _judge("fsync", "off")
    'the database runs with fsync=off: what it has acknowledged may be lost'
    >>> _judge("synchronous_commit", "remote_apply")
    """
    return (
        None
        if value != "off"
        else f"the database runs with {name}={value}: what it has acknowledged may be lost"
    )
