"""The newest version of the schema, and whether a database is at it.

Without alembic, which takes a third of a second to load, and which processes that only ask need for nothing
else.
"""

from functools import cache
from pathlib import Path
from typing import Any

import asyncpg


async def is_current(db: "asyncpg.Connection[Any]") -> bool:
    """Whether the database stands at the newest version."""
    return bool(await db.fetchval("select version_num from alembic_version") == head())


@cache
def head() -> str:
    """The newest version of the code: files are named as versions, which follow each other by number."""
    return max(path.stem for path in (Path(__file__).parent / "versions").glob("[0-9]*.py"))
