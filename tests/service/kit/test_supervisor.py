import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from service.kit import supervisor
from service.kit.supervisor import Command, children

ROOT = Path(__file__).parents[3]


def command(name: str, code: str, *arguments: Path) -> Command:
    return Command(name, [sys.executable, "-c", code, *map(str, arguments)], {"PYTHONPATH": str(ROOT)})


async def until(true, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.02)


def lives(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


WAITS = """
import os, signal, sys, time
open(sys.argv[1], "a").write(f"{os.getpid()}\\n")
time.sleep(600)
"""
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)" + WAITS
ORDERLY = (
    """
import signal, sys
def end(*_):
    open(sys.argv[1], "a").write("stopped\\n")
    sys.exit()
signal.signal(signal.SIGTERM, end)
"""
    + WAITS
)
FOLLOWS = (
    """
import sys, threading
from service.kit.supervisor import follow
follow(int(sys.argv[-1]))
"""
    + WAITS
)
PARENT = """
import asyncio, sys
from service.kit.supervisor import Command, children
async def main():
    command = Command("child", [sys.executable, "-c", sys.argv[1], sys.argv[2]], {"PYTHONPATH": sys.argv[3]})
    async with children([command]):
        await asyncio.sleep(600)
asyncio.run(main())
"""


async def test_children_are_asked_to_stop_together(tmp_path):
    files = [tmp_path / "a", tmp_path / "b"]
    async with children([command(file.name, ORDERLY, file) for file in files]) as deaths:
        await until(lambda: all(file.exists() and file.read_text() for file in files))
    for file in files:
        pid, said = file.read_text().split()
        assert said == "stopped"
        assert not lives(int(pid))
    assert deaths.seen == 0


async def test_a_child_that_died_is_started_again(tmp_path, monkeypatch):
    monkeypatch.setattr(supervisor, "_FIRST_WAIT_S", 0.01)
    file = tmp_path / "pids"
    async with children([command("a", WAITS, file)]) as deaths:
        for number in (1, 2, 3):
            await until(lambda n=number: file.exists() and len(file.read_text().split()) == n)
            os.kill(int(file.read_text().split()[-1]), signal.SIGKILL)
        await until(lambda: deaths.seen == 3)


async def test_each_wait_is_longer_than_the_one_before(tmp_path, monkeypatch):
    waits = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(supervisor, "_LONGEST_WAIT_S", 4)
    sleeps = asyncio.sleep
    async with children([command("a", "raise SystemExit(1)")]):
        monkeypatch.setattr(supervisor.asyncio, "sleep", sleep)
        while len(waits) < 6:
            await sleeps(0.02)
        monkeypatch.undo()
    assert waits[:6] == [0.5, 1, 2, 4, 4, 4]


async def test_a_child_that_does_not_stop_is_killed(tmp_path, monkeypatch):
    monkeypatch.setattr(supervisor, "PATIENCE_S", 0.2)
    file = tmp_path / "pid"
    async with children([command("a", STUBBORN, file)]):
        await until(lambda: file.exists() and file.read_text())
    assert not lives(int(file.read_text()))


def killed_parent(file: Path) -> None:
    arguments = [sys.executable, "-c", PARENT, FOLLOWS, file, ROOT]
    with subprocess.Popen(arguments, cwd=ROOT) as parent:
        while not (file.exists() and file.read_text()):
            assert parent.poll() is None
            time.sleep(0.02)
        parent.kill()


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
async def test_children_end_when_their_parent_was_killed(tmp_path):
    killed_parent(tmp_path / "pid")
    child = int((tmp_path / "pid").read_text())
    await until(lambda: not lives(child))
