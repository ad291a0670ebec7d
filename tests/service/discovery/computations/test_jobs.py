"""A computation as a job: progress, cancel, an answer that comes too late."""

import asyncio
import threading
import time
from typing import Any

import numpy as np
import pytest

import service.discovery.computations.jobs as computation_jobs
from graph.build import build
from graph.influence import maximise
from graph.models import independent_cascade
from service.kit.jobs.registry import PREPARATIONS
from service.kit.jobs.worker import _prepare
from tests.service.discovery.computations.conftest import Json, Net


def large() -> Any:
    draw = np.random.default_rng(1)
    return build(draw.integers(0, 20_000, 100_000), draw.integers(0, 20_000, 100_000))


async def until(net: Net, job: Json, reached: Any) -> Json:
    """The job's first state that is as wanted."""
    for _ in range(500):
        now: Json = (await net.client.get(f"/v1/jobs/{job['id']}")).json()
        if reached(now):
            return now
        await asyncio.sleep(0.02)
    raise AssertionError(now)


async def cancelled_within(net: Net, job: Json) -> float:
    """Seconds from the request to cancel until the job has ended so."""
    asked = time.monotonic()
    assert (await net.client.delete(f"/v1/jobs/{job['id']}")).status_code < 300
    ended = await until(net, job, lambda now: now["finished_at"] is not None)
    assert ended["status"] == "cancelled", ended
    return time.monotonic() - asked


async def test_a_job_says_how_far_it_is_and_ends_when_it_is_cancelled(
    net: Net, monkeypatch: pytest.MonkeyPatch
):
    # So little chance is wanted that the sets take far longer than the test.
    monkeypatch.setattr("service.discovery.computations.operations.influence.NOISE", {"high": 1e-9})
    graph_id = await net.put(large())
    job = await net.post(graph_id, "influence", 202, k=50)
    running = asyncio.create_task(net.drain())
    far = await until(net, job, lambda now: now["progress"]["done"] > 0)
    assert far["progress"]["total"] > far["progress"]["done"]
    assert await cancelled_within(net, job) < 2.5
    await running
    # Whoever asks again starts anew.
    again = await net.post(graph_id, "influence", 202, k=50)
    assert again["id"] != job["id"]


async def test_nobody_waits_for_a_thread_that_does_not_look(net: Net, monkeypatch: pytest.MonkeyPatch):
    go_on = threading.Event()
    monkeypatch.setattr(computation_jobs, "run", lambda *asked: go_on.wait(20))
    graph_id = await net.put(large())
    job = await net.post(graph_id, "influence", 202, k=1)
    running = asyncio.create_task(net.drain())
    await until(net, job, lambda now: now["status"] == "running")
    assert await cancelled_within(net, job) < 2.5
    await running
    go_on.set()


async def test_what_was_computed_of_an_older_version_is_not_kept(net: Net, monkeypatch: pytest.MonkeyPatch):
    graph_id = await net.put(build(["a"], ["b"]))
    job = await net.post(graph_id, "influence", 202, k=1)
    run, begun, go_on = computation_jobs.run, threading.Event(), threading.Event()

    def slow(*asked: Any) -> Any:
        begun.set()
        go_on.wait(20)
        return run(*asked)

    monkeypatch.setattr(computation_jobs, "run", slow)
    running = asyncio.create_task(net.drain())
    assert await asyncio.to_thread(begun.wait, 20)
    await net.put(build(["a"], ["c"]), graph_id)
    go_on.set()
    await running
    ended = (await net.client.get(f"/v1/jobs/{job['id']}")).json()
    assert (ended["status"], ended["error"]["type"]) == ("failed", "/problems/graph-result-gone")
    assert await net.results() == 0


async def test_nobody_computes_on_for_a_graph_that_is_gone(net: Net, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(computation_jobs, "WANTED_S", 0.2)
    ended = threading.Event()

    def endless(operation: str, graph: Any, params: Any, report: Any) -> Any:
        try:
            for done in range(2_000):
                report(done, None)
                time.sleep(0.01)
        finally:
            ended.set()

    monkeypatch.setattr(computation_jobs, "run", endless)
    graph_id = await net.put(build(["a"], ["b"]))
    job = await net.post(graph_id, "influence", 202, k=1)
    running = asyncio.create_task(net.drain())
    await until(net, job, lambda now: now["progress"]["done"] > 0)
    begun = time.monotonic()
    assert (await net.client.delete(f"/v1/graphs/{graph_id}")).status_code == 204
    await running
    assert await asyncio.to_thread(ended.wait, 5)
    assert time.monotonic() - begun < 5
    shown = (await net.client.get(f"/v1/jobs/{job['id']}")).json()
    assert (shown["status"], shown["error"]["type"]) == ("failed", "/problems/graph-result-gone")


async def test_a_deleted_graph_takes_its_results_along(net: Net):
    graph_id = await net.put(build(["a"], ["b"]))
    await net.get(graph_id, "authority")
    job = await net.post(graph_id, "influence", 202, k=1)
    async with net.database.transaction(await net.workspace()) as db:
        await db.execute("delete from graphs")
    assert await net.results() == 0
    await net.drain()
    assert (await net.client.get(f"/v1/jobs/{job['id']}")).json()["status"] == "failed"


async def test_the_loop_lives_while_kernels_compute():
    """A worker whose loop is blocked misses its heartbeat: kernels run without the interpreter's lock."""
    graph, gaps = large(), [0.0]

    async def tick() -> None:
        last = time.perf_counter()
        while True:
            await asyncio.sleep(0.01)
            now = time.perf_counter()
            gaps.append(now - last)
            last = now

    ticking = asyncio.create_task(tick())
    await asyncio.to_thread(maximise, independent_cascade(graph, 0.05), 50)
    ticking.cancel()
    assert max(gaps) < 1.0


async def test_a_worker_prepares_itself_and_goes_on_without(monkeypatch: pytest.MonkeyPatch):
    assert computation_jobs.warm_kernels in PREPARATIONS
    done: list[str] = []

    def broken() -> None:
        raise OSError("no room for machine code")

    preparations = [broken, lambda: done.append(threading.current_thread().name)]
    monkeypatch.setattr("service.kit.jobs.worker.PREPARATIONS", preparations)
    await _prepare()
    assert len(done) == 1
    assert done != [threading.main_thread().name]
