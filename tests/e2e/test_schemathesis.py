"""Requests made from the document, valid and not, against a real server: no 5xx, no undescribed answer.

A short form runs here; the long one is ELCI_FUZZ_SECONDS=600 ./elci test tests/e2e/test_schemathesis.py
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SECONDS = int(os.environ.get("ELCI_FUZZ_SECONDS", "40"))
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"


def test_answers_are_as_the_document_says(serve: Any, home: Path, tmp_path: Path) -> None:
    server = serve(home)
    key = _key(server)
    config = tmp_path / "schemathesis.toml"
    config.write_text(f'[auth.openapi.bearer]\nbearer = "{key}"\n')
    phases = "coverage,fuzzing" if SECONDS >= 300 else "fuzzing"
    command = [
        *(str(Path(sys.executable).parent / "schemathesis"), "--config-file", str(config), "run"),
        *(f"{server.url}/openapi.json", "--checks", CHECKS, "--phases", phases, "--warnings", "off"),
        *("--max-examples", "4", "--max-time", str(SECONDS), "--no-color"),
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
