"""`./elci serve` as people start it: one tree of processes, whole again after every way to end."""

import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from itertools import chain
from pathlib import Path

import httpx
import pytest

from tests.e2e.conftest import ROOT, gone, until

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as another user: run as root")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_answers_and_stops_without_a_trace(serve, home, number):
    server = serve(home)
    assert server.get("/healthz").json() == {"status": "ok"}
    assert server.get("/readyz").status_code == 200
    assert (home / "server.json").stat().st_mode & 0o777 == 0o600
    tree = server.children()
    assert {kind: len(pids) for kind, pids in tree.items()} == {"api": 1, "worker": 1, "postgres": 1}
    began = time.monotonic()
    assert server.stop(number) == 0, server.said()
    assert time.monotonic() - began < 30
    assert all(gone(pid) for pids in tree.values() for pid in pids)
    assert not (home / "server.json").exists()


def test_a_second_start_says_who_serves_already(serve, home):
    server = serve(home)
    second = serve(home, wait=False)
    assert second.process.wait(20) == 1
    assert f"in use by process {server.process.pid}" in second.said()
    assert server.get("/readyz").status_code == 200
    assert server.stop() == 0


def test_kill_9_of_everything_and_the_next_start(serve, home):
    server = serve(home)
    server.query("create table kept as select 7 as n")
    for pid in [server.process.pid, *chain(*server.children().values())]:
        os.kill(pid, signal.SIGKILL)
    server.process.wait()
    server = serve(home)
    assert server.query("select n from kept") == 7
    assert server.get("/readyz").status_code == 200
    assert server.stop() == 0


def test_kill_9_of_the_parent_takes_the_children_along(serve, home):
    server = serve(home)
    tree = server.children()
    server.kill()
    until(lambda: all(gone(pid) for pid in tree["api"] + tree["worker"]))
    server = serve(home)
    assert gone(tree["postgres"][0])
    assert server.get("/readyz").status_code == 200
    assert server.stop() == 0


@pytest.mark.parametrize("kind", ["api", "worker", "postgres"])
def test_a_killed_part_is_started_again(serve, home, kind):
    server = serve(home)
    [pid] = server.children()[kind]
    os.kill(pid, signal.SIGKILL)
    until(lambda: server.children()[kind] not in ([], [pid]))
    until(server.is_ready)
    assert server.stop() == 0


def test_several_api_processes_share_the_port(serve, home):
    server = serve(home, "--no-worker", ELCI_WORKERS="3")
    tree = server.children()
    assert (len(tree["api"]), tree["worker"]) == (3, [])
    os.kill(tree["api"][0], signal.SIGKILL)
    # Nobody is refused: the port stays open, and the others answer.
    assert all(server.get("/healthz").status_code == 200 for _ in range(50))
    assert server.stop() == 0


def test_a_port_that_is_taken_is_said_at_once(serve, home):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        server = serve(home, "--port", port, wait=False)
        assert server.process.wait(20) == 1
    assert f"cannot listen on 127.0.0.1 port {port}" in server.said()


def test_other_verbs_attach_to_the_server_or_bring_their_own(serve, home):
    def workspace(name: str) -> dict:
        command = [ROOT / "elci", "workspace", "create", name, "--json"]
        env = {"PATH": os.environ["PATH"], "ELCI_HOME": str(home)}
        done = subprocess.run(command, env=env, cwd=home.parent, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    alone = workspace("Before")
    server = serve(home)
    beside = workspace("During")
    for made in (alone, beside):
        answer = server.get("/v1/workspace", headers={"Authorization": f"Bearer {made['api_key']}"})
        assert answer.status_code == 200, answer.text
        assert answer.json()["id"] == made["workspace_id"]
    assert server.stop() == 0


@as_root
def test_root_in_a_closed_folder(serve, home):
    home.mkdir(mode=0o700)
    server = serve(home / ".elci")
    base = (home / ".elci" / "postgres").resolve()
    assert base.parent == Path("/var/lib/elci")
    assert (base / "data").stat().st_uid != 0
    try:
        assert server.get("/readyz").status_code == 200
        assert server.stop() == 0
    finally:
        shutil.rmtree(base)


@as_root
def test_an_ordinary_user_with_an_environment_elsewhere(serve, home):
    nobody = pwd.getpwnam("nobody")
    home.mkdir()
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    if not os.access("/usr/bin/python3", os.X_OK):
        pytest.skip("no Python that an ordinary user may run")
    site = next((ROOT / ".venv" / "lib").glob("python3*/site-packages"))
    # The environment of this checkout may be of a Python that only root can run: the packages are the same.
    code = "import sys; from service.cli import main; main()"
    command = ["/usr/bin/python3", "-c", code, "serve", "--port", "0"]
    env = {"PATH": "/usr/bin:/bin", "ELCI_HOME": str(home), "PYTHONPATH": f"{ROOT}:{site}"}
    identity = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    with subprocess.Popen(command, env=env, cwd="/", **identity) as process:
        until(lambda: (home / "server.json").exists() or process.poll() is not None)
        found = json.loads((home / "server.json").read_text())
        assert httpx.get(found["url"] + "/readyz").status_code == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
