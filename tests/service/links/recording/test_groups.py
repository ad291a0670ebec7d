"""Groups of rows: told when they are safe, and written where the loop is not kept from its work."""

import asyncio
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from service.links.recording import segments
from service.links.recording.groups import GroupCommit
from service.links.recording.spool import Spool


def always(_: Sequence[bytes]) -> bool:
    return True


async def add(commit: GroupCommit, row: bytes) -> bool:
    told: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
    commit.add(row, told.set_result)
    return await told


class Disk:
    """Takes `takes` seconds. Of each write: whether the loop made it, and how many rows it had."""

    def __init__(self) -> None:
        self.takes = 0.0
        self.on_loop: list[bool] = []
        self.sizes: list[int] = []
        self._loop = threading.get_ident()

    def write(self, rows: Sequence[bytes]) -> None:
        self.on_loop.append(threading.get_ident() == self._loop)
        self.sizes.append(len(rows))
        if self.takes:
            time.sleep(self.takes)


async def written_on_the_loop(commit: GroupCommit, disk: Disk) -> bool:
    """Brings rows until the loop writes one."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        await add(commit, b"x")
        if disk.on_loop[-1]:
            return True
    return False


@pytest.mark.parametrize("waiting", [True, False])
async def test_groups_are_written_together_and_told_apart(waiting: bool) -> None:
    groups: list[list[bytes]] = []

    def write(rows: Sequence[bytes]) -> None:
        groups.append(list(rows))
        if b"bad" in rows:
            raise OSError(28, "full")

    commit = GroupCommit(write, always, waiting=waiting)
    for _ in range(2):
        groups.clear()
        assert all(await asyncio.gather(*(add(commit, b"%d" % at) for at in range(100))))
        assert len(groups) < 10
        assert sorted(row for group in groups for row in group) == sorted(b"%d" % at for at in range(100))
    assert not await add(commit, b"bad")
    assert await add(commit, b"good")
    commit.close()


async def test_a_slow_disk_is_waited_for_in_a_thread_until_it_is_quick() -> None:
    disk = Disk()
    commit = GroupCommit(disk.write, always, waiting=True)
    await add(commit, b"x")
    # Of a disk that nothing is known of, a thread makes the acquaintance.
    assert disk.on_loop == [False]
    assert await written_on_the_loop(commit, disk)
    disk.takes = 0.1
    await add(commit, b"x")
    disk.on_loop.clear()
    turns = 0
    waiting = asyncio.gather(*(add(commit, b"x") for _ in range(50)))
    while not waiting.done():
        await asyncio.sleep(0.001)
        turns += 1
    for _ in range(4):
        await add(commit, b"x")
    assert not any(disk.on_loop)
    assert turns > 20
    disk.takes = 0.0
    assert await written_on_the_loop(commit, disk)
    commit.close()


async def test_a_write_that_waits_for_nothing_is_always_the_loops() -> None:
    disk = Disk()
    disk.takes = 0.06
    commit = GroupCommit(disk.write, always, waiting=False)
    for _ in range(4):
        await add(commit, b"x")
    assert disk.on_loop == [True] * 4
    commit.close()


@pytest.mark.parametrize("sync", [True, False])
async def test_files_are_made_in_the_thread_and_no_row_is_between_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sync: bool
) -> None:
    monkeypatch.setattr(segments, "LARGEST", 2000)
    loop, made_by, create = threading.get_ident(), [], segments.create

    def watched(*arguments: object) -> segments.Segment:
        made_by.append(threading.get_ident())
        return create(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(segments, "create", watched)
    spool = Spool(tmp_path, sync=sync)
    commit = GroupCommit(spool.write, spool.has_room, waiting=sync)
    rows = [b"%03d" % at + bytes(150) for at in range(100)]
    for at in range(0, 100, 4):
        assert all(await asyncio.gather(*(add(commit, row) for row in rows[at : at + 4])))
    commit.close()
    assert len(made_by) >= 10
    assert loop not in made_by
    stored = [frame for segment in spool.open for frame in segment.read(10_000)]
    assert b"".join(frame.data for frame in stored) == b"".join(rows)
    assert sum(frame.rows for frame in stored) == 100
    spool.close()


async def test_more_rows_than_one_write_takes_are_all_written() -> None:
    disk = Disk()
    commit = GroupCommit(disk.write, always, waiting=True)
    assert await written_on_the_loop(commit, disk)
    disk.sizes.clear()
    assert all(await asyncio.gather(*(add(commit, b"x") for _ in range(2500))))
    assert sum(disk.sizes) == 2500
    assert max(disk.sizes) <= 1000
    commit.close()
