"""kill -9 in the middle of an import: nothing is half-written, and the import comes to its end by itself.

The tests of this file were seen red with the rows of each batch committed on their own: after the kill a part
of them is there, and the second attempt finds them "unchanged" instead of making them.
"""

import json
import os
import signal
import subprocess
from itertools import chain

import httpx
import pytest

from service.bench.files import WRONG_EVERY, influencers
from tests.e2e.conftest import ROOT, gone, home, serve, until

__all__ = ["home", "serve"]

ROWS = 12_000
GOOD = ROWS - ROWS // WRONG_EVERY
# A killed worker's job is taken up by another after its heartbeat's 30 s.
PATIENCE_S = 150


class Brand:
    """A workspace on a running server."""

    def __init__(self, server):
        command = [ROOT / "elci", "workspace", "create", "Brand", "--json"]
        env = {"PATH": os.environ["PATH"], "ELCI_HOME": str(server.home)}
        done = subprocess.run(
            command, env=env, cwd=server.home.parent, capture_output=True, text=True, check=True
        )
        self.server = server
        self.key = json.loads(done.stdout)["api_key"]

    def _call(self, method, path, **more):
        headers = {"Authorization": f"Bearer {self.key}"}
        return httpx.request(method, self.server.url + path, headers=headers, timeout=60, **more)

    def send(self):
        """Uploads the file; the import's id."""
        params = {"kind": "influencers", "filename": "many.csv"}
        answer = self._call("POST", "/v1/imports", params=params, content=influencers(ROWS, 1))
        assert answer.status_code == 202, answer.text
        return answer.json()["id"]

    def find(self, import_id):
        """The import, None while nobody answers."""
        try:
            answer = self._call("GET", f"/v1/imports/{import_id}")
        except httpx.HTTPError:
            return None
        return answer.json() if answer.status_code == 200 else None

    def rows_are_going_in(self, import_id):
        """Whether it is in the middle."""
        found = self.find(import_id)
        assert found is None or found["status"] in ("queued", "running"), "it was faster than the test"
        return found is not None and found["progress"]["done"] > 0

    def ended(self, import_id):
        found = self.find(import_id)
        return found is not None and found["status"] in ("succeeded", "failed")


def _counts(server):
    tables = ("influencers", "influencer_accounts", "influencer_snapshots", "influencer_search")
    return {server.query(f"select count(*) from {table}") for table in tables}


def _completed(brand, import_id):
    """Resumed and whole, or failed and empty; then the same file completes it."""
    server = brand.server
    until(lambda: brand.ended(import_id), PATIENCE_S)
    first = brand.find(import_id)
    resumed = first["status"] == "succeeded"
    assert _counts(server) == {GOOD if resumed else 0}
    if resumed:
        assert (first["counts"]["created"], first["counts"]["rejected"]) == (GOOD, ROWS - GOOD)
    again = brand.send()
    until(lambda: brand.ended(again), PATIENCE_S)
    second = brand.find(again)
    assert second["status"] == "succeeded", second["error"]
    assert second["counts"]["unchanged" if resumed else "created"] == GOOD
    assert _counts(server) == {GOOD}
    assert server.query("select count(*) from import_chunks") == 0


def _kill(pids):
    for pid in pids:
        os.kill(pid, signal.SIGKILL)


@pytest.mark.long
@pytest.mark.parametrize("part", ["postgres", "worker"])
def test_a_part_is_killed(serve, home, part):
    server = serve(home)
    brand = Brand(server)
    import_id = brand.send()
    until(lambda: brand.rows_are_going_in(import_id), 60)
    _kill(server.children()[part])
    if part == "worker":
        # What it had written is not there for anybody, while nobody works on it.
        assert _counts(server) == {0}
    until(server.is_ready, 60)
    _completed(brand, import_id)
    assert server.stop() == 0


def test_everything_is_killed(serve, home):
    server = serve(home)
    brand = Brand(server)
    import_id = brand.send()
    until(lambda: brand.rows_are_going_in(import_id), 60)
    tree = server.children()
    _kill([server.process.pid, *chain(*tree.values())])
    server.process.wait()
    until(lambda: all(gone(pid) for pid in tree["api"] + tree["worker"]))
    brand.server = server = serve(home)
    assert _counts(server) == {0}
    _completed(brand, import_id)
    assert server.stop() == 0


@pytest.mark.long
def test_the_api_is_killed_in_the_middle_of_an_upload(serve, home):
    server = serve(home)
    brand = Brand(server)
    content = influencers(ROWS, 1)

    def body():
        yield content[: len(content) // 2]
        until(lambda: server.query("select count(*) from import_chunks") > 0)
        _kill(server.children()["api"])
        yield content[len(content) // 2 :]

    with pytest.raises(httpx.HTTPError):
        brand._call("POST", "/v1/imports?kind=influencers", content=body())
    until(server.is_ready, 60)
    # Nobody sees it, and the hourly sweep takes it away.
    assert brand._call("GET", "/v1/imports").json()["data"] == []
    server.query("update imports set created_at = created_at - interval '7 hours'")
    server.query("select entry.sweep_imports()")
    assert server.query("select count(*) from import_chunks") == 0
    import_id = brand.send()
    _completed(brand, import_id)
    assert server.stop() == 0
