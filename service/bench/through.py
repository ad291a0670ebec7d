"""A graph through the service from end to end: uploaded, read by a job, computed on by jobs, answered.

API and worker are one process here, a new one, whose peak of memory is theirs alone. CPU seconds are that
process's; PostgreSQL's are in the time on the clock only.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, NamedTuple

import httpx

from graph.influence import EPS
from graph.models import Model
from graph.warm import warm
from service.accounts.actions import create_workspace
from service.bench import rivals
from service.bench.memory import STATUS, megabytes
from service.bench.rounds import Compared
from service.bench.scratch import scratch
from service.kit import db, jobs, logs
from service.settings import Settings, app_dsn, search_dsn


class Step(NamedTuple):
    """What was asked for, and how long that took: CPU seconds and seconds on the clock."""

    name: str
    cpu: float
    wall: float


class Trip(NamedTuple):
    """seeds: against pynetim, where it is; memory: MB of peak above what was there before the upload."""

    steps: list[Step]
    seeds: Compared[float, None]
    memory: float | None


def trip(settings: Settings, content: bytes, model: Model, k: int, rounds: int) -> Trip:
    """The whole way of a graph, in a process of its own. content: the file; model: the same for pynetim."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes:
        return processes.submit(_travelled, settings, content, model, k, rounds).result()


def _travelled(settings: Settings, content: bytes, model: Model, k: int, rounds: int) -> Trip:
    # A line for each request would hide the figures.
    logs.configure("warning")
    warm()
    return asyncio.run(_travel(settings, content, model, k, rounds))


async def _travel(settings: Settings, content: bytes, model: Model, k: int, rounds: int) -> Trip:
    from service.app import create_app

    async with (
        scratch(settings, "influence") as own,
        db.connect(app_dsn(own), search_dsn(own), own) as database,
    ):
        created = await create_workspace(database, "Bench")
        app = create_app(own)
        app.state.database = database
        transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]  # litestar's scopes are narrower
        headers = {"Authorization": f"Bearer {created.api_key}"}
        async with httpx.AsyncClient(
            transport=transport, base_url="http://bench", headers=headers, timeout=600
        ) as client:
            return await Journey(client, lambda: jobs.run_queued(own, database)).go(content, model, k, rounds)


class Journey:
    """A client with a worker beside it, and what it has measured."""

    def __init__(self, client: httpx.AsyncClient, work: Callable[[], Awaitable[int]]) -> None:
        self.client, self.work = client, work
        self.steps: list[Step] = []

    async def go(self, content: bytes, model: Model, k: int, rounds: int) -> Trip:
        """Uploads, asks for seeds in turns with pynetim, then for all the rest."""
        before = megabytes("VmRSS") if STATUS.exists() else None
        path = await self._upload(content)
        seeds: Compared[float, None] = Compared([], [], [], [])
        await self._seeds(path, k, 1, seeds)
        for what in ("authority", "hits", "communities", "bridges"):
            await self._step(what, "GET", f"{path}/{what}")
        hub = (await self.client.get(f"{path}/authority")).json()["data"][0]["node"]
        await self._step("ego", "GET", f"{path}/ego", params={"node": hub, "limit": 200})
        memory = None if before is None else megabytes("VmHWM") - before
        theirs = rivals.pynetim(model, k, EPS) if rivals.installed("pynetim") else None
        for seed in range(1, rounds + 1):
            if seed > 1:
                await self._seeds(path, k, seed, seeds)
            if theirs is not None:
                started = time.process_time()
                theirs(seed)
                seeds.theirs.append(None)
                seeds.their_seconds.append(time.process_time() - started)
        return Trip(self.steps, seeds, memory)

    async def _upload(self, content: bytes) -> str:
        made = await self.client.post("/v1/graphs", json={"name": "Bench", "kind": "mention"})
        path = f"/v1/graphs/{made.raise_for_status().json()['id']}"
        query = {"filename": "edges.txt.gz"}
        await self._step("upload and read", "POST", f"{path}/edges", params=query, content=content, once=True)
        return path

    async def _seeds(self, path: str, k: int, seed: int, into: Compared[float, None]) -> None:
        body = {"k": k, "epsilon": EPS, "model": "wc", "seed": seed}
        answer = await self._step("seeds, WC", "POST", f"{path}/influence", json=body)
        into.ours.append(float(answer["spread"]["value"]))
        into.our_seconds.append(self.steps[-1].cpu)

    async def _step(self, name: str, method: str, path: str, *, once: bool = False, **request: Any) -> Any:
        """The answer, after its job where there is one, and again from what is kept."""
        cpu, wall = time.process_time(), time.perf_counter()
        answer = await self.client.request(method, path, **request)
        if answer.raise_for_status().status_code == 202:
            await self.work()
            answer = answer if once else await self.client.request(method, path, **request)
        self.steps.append(Step(name, time.process_time() - cpu, time.perf_counter() - wall))
        if answer.raise_for_status().status_code == 202 and not once:
            raise RuntimeError(f"{path} has no answer after its job")
        return answer.json()
