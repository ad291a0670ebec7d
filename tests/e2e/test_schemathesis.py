"""Requests made from the document, valid and not, against a real server: no 5xx, no undescribed answer.

A short form runs here, which makes the same requests of the same document, so that it fails by a change and
not by chance. The long one takes others every time:
ELCI_FUZZ_SECONDS=600 ./elci test tests/e2e/test_schemathesis.py
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SECONDS = os.environ.get("ELCI_FUZZ_SECONDS")
SHORT = ["--phases", "fuzzing", "--max-examples", "3", "--seed", "20261125"]
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"


def test_answers_are_as_the_document_says(serve: Any, home: Path, tmp_path: Path) -> None:
    server = serve(home)
    key = _key(server)
    config = tmp_path / "schemathesis.toml"
    config.write_text(f'[auth.openapi.bearer]\nbearer = "{key}"\n')
    how = ["--phases", "coverage,fuzzing", "--max-time", SECONDS] if SECONDS else SHORT
    command = [
        *(str(Path(sys.executable).parent / "schemathesis"), "--config-file", str(config), "run"),
        *(f"{server.url}/openapi.json", "--checks", CHECKS, "--warnings", "off", "--no-color", *how),
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-6000:]


def _key(server: Any) -> str:
    made = subprocess.run(
        [ROOT / "elci", "workspace", "create", "Fuzz", "--json"],
        env=os.environ | {"ELCI_HOME": str(server.home)},
        capture_output=True,
        check=True,
    )
    return str(json.loads(made.stdout)["api_key"])
