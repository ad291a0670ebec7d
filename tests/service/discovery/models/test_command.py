"""`elci models`: what it prints, and how it ends where the API refuses."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import msgspec
import pytest
from litestar import Litestar

from scoring.model import COLD_START
from service.discovery.models import command, loading
from service.discovery.models.command import Asked
from service.kit import ids
from service.kit.db import Database
from service.kit.jobs import run_queued
from service.settings import Settings
from tests.service.discovery.models.test_models import _model

COLD = COLD_START.version


@pytest.fixture
async def elci(
    client: httpx.AsyncClient, app: Litestar, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> Any:
    """Runs a verb against the test's own application."""
    key = client.headers["authorization"].removeprefix("Bearer ")

    @asynccontextmanager
    async def connect(url: str, secret: str) -> AsyncIterator[httpx.AsyncClient]:
        headers = {"Authorization": f"Bearer {secret}"}
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://elci.test", headers=headers
        ) as made:
            yield made

    async def run(verb: str, model: str = "", *, as_json: bool = False) -> int:
        return await command.run(settings, "", Asked(verb, model, None, key, as_json))

    monkeypatch.setattr(command, "connect", connect)
    loading._kept.clear()
    return run


async def _workspace(client: httpx.AsyncClient) -> Any:
    return ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])


async def test_models_are_listed_shown_promoted_and_rolled_back(
    elci: Any, client: httpx.AsyncClient, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    model = await _model(database, await _workspace(client))
    assert await elci("list") == 0
    said = capsys.readouterr().out
    assert f"ranks: {COLD}" in said
    assert model in said
    assert await elci("card", model) == 0
    said = capsys.readouterr().out
    assert "sha256" in said
    assert "block 4" in said
    assert await elci("promote", model) == 0
    assert f"+{model}" in capsys.readouterr().out
    assert await elci("promote", model) == 1
    assert "it ranks already" in capsys.readouterr().err
    assert await elci("rollback", as_json=True) == 0
    assert msgspec.json.decode(capsys.readouterr().out.splitlines()[-1])["model_id"] is None


async def test_a_model_watches_and_no_longer(
    elci: Any, client: httpx.AsyncClient, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    model = await _model(database, await _workspace(client))
    assert await elci("shadow", model) == 0
    said = capsys.readouterr().out
    assert f"ranks: {COLD}" in said
    assert f"watches: {COLD}+{model}" in said
    assert await elci("shadow") == 0
    assert "watches: nobody" in capsys.readouterr().out
    assert await elci("shadow", "mdl_none") == 1


async def test_too_few_outcomes_are_said(elci: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert await elci("train") == 1
    said = " ".join(capsys.readouterr().err.split())
    assert (
        "0 finished collaborations can be learned from; a learned fit needs 200. The cold start stays."
        in said
    )


async def test_training_is_followed_to_its_end(
    elci: Any,
    client: httpx.AsyncClient,
    database: Database,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from service.discovery.models import actions

    monkeypatch.setattr(actions, "LEAST_OUTCOMES", 0)
    monkeypatch.setattr(command, "LOOK_S", 0.01)

    async def working() -> None:
        while not await run_queued(settings, database):  # noqa: ASYNC110 - the queue is a table
            await asyncio.sleep(0.05)

    told, _ = await asyncio.gather(elci("train"), working())
    assert told == 1
    assert "failed: 0 finished collaborations can be learned from" in " ".join(
        capsys.readouterr().out.split()
    )
