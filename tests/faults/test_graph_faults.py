"""Files of edges of a size that hurts, and workers that die while they read one.

The memory of the worker and of the API is what the kernel says was their highest (VmHWM).
"""

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import numpy as np
import pytest

from tests.e2e.conftest import ROOT, home, serve, until

__all__ = ["home", "serve"]

MB = 1024
# A killed worker's job is taken up by another after its heartbeat's 30 s.
PATIENCE_S = 150


class Reach:
    """A workspace on a running server, with a graph."""

    def __init__(self, server):
        command = [ROOT / "elci", "workspace", "create", "Brand", "--json"]
        env = {"PATH": os.environ["PATH"], "ELCI_HOME": str(server.home)}
        done = subprocess.run(
            command, env=env, cwd=server.home.parent, capture_output=True, text=True, check=True
        )
        self.server = server
        self.headers = {"Authorization": f"Bearer {json.loads(done.stdout)['api_key']}"}
        self.graph = self.call("POST", "/v1/graphs", json={"name": "Ağ", "kind": "other"}).json()["id"]

    def call(self, method, path, **more):
        return httpx.request(method, self.server.url + path, headers=self.headers, timeout=120, **more)

    def send(self, content):
        """Uploads edges; the job's path."""
        answer = self.call("POST", f"/v1/graphs/{self.graph}/edges", content=content)
        assert answer.status_code == 202, answer.text
        return answer.headers["location"]

    def find(self, path):
        """What stands there, None while nobody answers."""
        try:
            answer = self.call("GET", path)
        except httpx.HTTPError:
            return None
        return answer.json() if answer.status_code == 200 else None

    def ended(self, job):
        found = self.find(job)
        return found is not None and found["status"] in ("succeeded", "failed", "cancelled")

    def is_running(self, job):
        """Whether it is in the middle."""
        found = self.find(job)
        assert found is None or found["status"] in ("queued", "running"), "it was faster than the test"
        return found is not None and found["progress"]["done"] > 0

    def peak(self, part):
        """The highest memory that a process of this kind had, in MB."""
        status = (Path(f"/proc/{pid}/status").read_text() for pid in self.server.children()[part])
        return max(int(text.partition("VmHWM:")[2].split()[0]) // MB for text in status)


def edges(lines: int, nodes: int, piece: int = 200_000) -> Iterator[bytes]:
    """A generated edge list: tabs, whole numbers, no two lines alike in any regular way."""
    rng = np.random.default_rng(7)
    for begin in range(0, lines, piece):
        ends = rng.integers(0, nodes, (min(piece, lines - begin), 2))
        yield "".join(f"{a}\t{b}\n" for a, b in ends.tolist()).encode()


def texts(lines: int, nodes: int) -> Iterator[bytes]:
    """The same with handles for ids, of which none is a number."""
    for piece in edges(lines, nodes):
        yield b"".join(b"hesap_" + b"\thesap_".join(line.split(b"\t")) + b"\n" for line in piece.splitlines())


def measured(reach: Reach, content: Iterator[bytes], patience: float) -> dict:
    begun = time.monotonic()
    job = reach.send(content)
    sent = time.monotonic()
    until(lambda: reach.ended(job), patience)
    ended = time.monotonic()
    found = reach.find(job)
    assert found["status"] == "succeeded", found["error"]
    print(
        f"{found['result']['lines']:,} lines: sent in {sent - begun:.1f} s, read in {ended - sent:.1f} s; "
        f"worker {reach.peak('worker')} MB, API {reach.peak('api')} MB"
    )
    return found["result"]


@pytest.mark.long
def test_a_million_lines(serve, home):
    reach = Reach(serve(home))
    result = measured(reach, edges(1_000_000, 100_000), 60)
    assert (result["lines"], result["refused"], result["nodes"]) == (1_000_000, {}, 100_000)
    assert result["arcs"] + result["parallel"] + result["loops"] == 1_000_000
    # A worker that compiles its kernels for the first time takes twice as much as others.
    assert reach.peak("worker") < 600
    assert reach.peak("api") < 400
    assert reach.server.stop() == 0


@pytest.mark.long
@pytest.mark.parametrize("nodes", [1_000_000, 1_000_000_000])
def test_ten_million_lines(serve, home, nodes):
    """Of the one file nearly every node is met twenty times, of the other once."""
    reach = Reach(serve(home))
    result = measured(reach, edges(10_000_000, nodes), 300)
    assert (result["lines"], result["refused"]) == (10_000_000, {})
    assert result["arcs"] + result["parallel"] + result["loops"] == 10_000_000
    assert reach.peak("worker") < 1_500
    assert reach.peak("api") < 400
    page = reach.find(f"/v1/graphs/{reach.graph}/nodes?limit=2&sort=in_degree")
    assert len(page["data"]) == 2
    assert reach.server.stop() == 0


@pytest.mark.long
def test_ten_million_lines_of_handles(serve, home):
    reach = Reach(serve(home))
    result = measured(reach, texts(10_000_000, 1_000_000), 300)
    assert (result["lines"], result["refused"]) == (10_000_000, {})
    assert reach.peak("worker") < 1_500
    assert reach.server.stop() == 0


@pytest.mark.long
def test_more_handles_than_are_held(serve, home):
    """They end in an error, not in a full memory."""
    reach = Reach(serve(home))
    job = reach.send(texts(4_000_000, 1_000_000_000))
    until(lambda: reach.ended(job), 300)
    assert reach.find(job)["error"]["type"] == "/problems/graph-too-large"
    assert reach.peak("worker") < 1_500
    assert reach.find(f"/v1/graphs/{reach.graph}")["status"] == "failed"
    assert reach.server.stop() == 0


@pytest.mark.long
@pytest.mark.parametrize("part", ["postgres", "worker"])
def test_a_part_is_killed(serve, home, part):
    server = serve(home)
    reach = Reach(server)
    job = reach.send(texts(3_000_000, 100_000))
    until(lambda: reach.is_running(job), 60)
    for pid in server.children()[part]:
        os.kill(pid, signal.SIGKILL)
    until(server.is_ready, 60)
    until(lambda: reach.ended(job), PATIENCE_S)
    found = reach.find(job)
    assert found["status"] == "succeeded", found["error"]
    assert found["result"]["lines"] == 3_000_000
    shown = reach.find(f"/v1/graphs/{reach.graph}")
    assert (shown["version"], shown["arcs"]) == (1, found["result"]["arcs"])
    assert server.query("select count(distinct version) from graph_arrays") == 1
    assert server.query("select count(*) from graph_chunks") == 0
    assert server.stop() == 0
