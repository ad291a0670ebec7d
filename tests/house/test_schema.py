"""The schema that the migrations make is committed as migrations/schema.sql, so that a review sees it change.

To write it anew: ELCI_WRITE_SCHEMA=1 ./elci test tests/house/test_schema.py
"""

import importlib.util
import os
import re
import subprocess
from pathlib import Path

import pytest

from service.kit.embedded.place import WHEEL
from service.settings import Settings, app_role, search_role

SNAPSHOT = Path(__file__).parents[2] / "migrations" / "schema.sql"


def test_schema_is_the_committed_one(settings: Settings) -> None:
    made = _dump(settings)
    if os.environ.get("ELCI_WRITE_SCHEMA"):
        SNAPSHOT.write_text(made)
    assert made == SNAPSHOT.read_text()


def _dump(settings: Settings) -> str:
    if os.environ.get("DATABASE_URL"):
        pytest.skip("another version of PostgreSQL writes the same schema in other words")
    command = [_pg_dump(), "-s", "-O", "-x", "--no-comments", "--restrict-key=x", settings.database_url or ""]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    text = re.sub(
        r"^--.*\n|^\\(un)?restrict.*\n|^SET .*\n|^SELECT pg_catalog.*\n", "", done.stdout, flags=re.M
    )
    for role, name in ((app_role(settings), "app"), (search_role(settings), "search")):
        text = text.replace(f'"{role}"', name).replace(role, name)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _pg_dump() -> str:
    spec = importlib.util.find_spec(WHEEL)
    assert spec is not None
    assert spec.submodule_search_locations
    return str(Path(spec.submodule_search_locations[0]) / "pginstall18" / "bin" / "pg_dump")
