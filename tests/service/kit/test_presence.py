import subprocess
import sys
from pathlib import Path

import pytest

from service.kit import presence
from service.kit.presence import Presence, TakenError, claim, find, publish

ROOT = Path(__file__).parents[3]
HERE = Presence(pid=7, url="http://127.0.0.1:1", database_url="postgresql://h/d")

HOLDER = """
import sys, time
from pathlib import Path
from service.kit.presence import Presence, claim, publish
with claim(Path(sys.argv[1])):
    publish(Path(sys.argv[1]), Presence(pid=7, url=None, database_url="postgresql://h/d"))
    print("ready", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def killed(tmp_path):
    """A home whose server was killed, so that its server.json is still there."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, tmp_path], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout.readline() == "ready\n"
        assert find(tmp_path) == Presence(pid=7, url=None, database_url="postgresql://h/d")
        with pytest.raises(TakenError, match=f"in use by process {holder.pid}"), claim(tmp_path):
            pass
        holder.kill()
    return tmp_path


def test_nobody_serves_a_home_that_is_not_there(tmp_path):
    assert find(tmp_path / "home") is None


def test_a_server_is_found_once_it_is_ready_and_until_it_ends(tmp_path):
    home = tmp_path / "home"
    with claim(home):
        assert find(home) is None
        publish(home, HERE)
        assert find(home) == HERE
        assert (home / "server.json").stat().st_mode & 0o777 == 0o600
    assert find(home) is None
    assert not (home / "server.json").exists()


def test_a_killed_server_is_not_found(killed):
    assert (killed / "server.json").exists()
    assert find(killed) is None


def test_a_killed_server_leaves_nothing_in_the_way(killed):
    with claim(killed):
        assert find(killed) is None
        publish(killed, HERE)
        assert find(killed) == HERE


def test_looking_does_not_keep_a_server_from_starting(tmp_path, monkeypatch):
    with claim(tmp_path):
        pass
    with (tmp_path / "server.lock").open("rb") as looking:
        presence._lock(looking.fileno(), tmp_path)
        monkeypatch.setattr(presence.time, "sleep", lambda _: looking.close())
        with claim(tmp_path):
            assert looking.closed
