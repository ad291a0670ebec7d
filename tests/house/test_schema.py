"""The schema that the migrations make is committed as migrations/schema.sql, so that a review sees it change.

To write it anew: ELCI_WRITE_SCHEMA=1 ./elci test tests/house/test_schema.py
"""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from migrations.newest import head
from service.kit.embedded.place import WHEEL
from service.settings import Settings, app_role, search_role

SNAPSHOT = Path(__file__).parents[2] / "migrations" / "schema.sql"


def test_schema_is_the_committed_one(settings: Settings) -> None:
    made = _dump(settings)
    if os.environ.get("ELCI_WRITE_SCHEMA"):
        SNAPSHOT.write_text(made)
    assert made == SNAPSHOT.read_text()


def test_the_newest_version_is_the_one_that_no_other_follows() -> None:
    config = Config()
    config.set_main_option("script_location", str(SNAPSHOT.parent))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [head()]


def test_processes_that_answer_load_no_migrations() -> None:
    loads = "import sys, service.app, service.serve; sys.exit('alembic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", loads], check=False).returncode == 0


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
