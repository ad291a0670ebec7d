"""Spool files: torn ends, dead writers, full disks; and groups that are told when they are safe."""

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.links.recording import frames, segments
from service.links.recording.layout import COLUMNS
from service.links.recording.spool import GroupCommit, Spool


@given(st.lists(st.binary(min_size=1, max_size=40), min_size=1, max_size=5), st.integers(0, 200))
def test_a_file_may_end_anywhere(bodies: list[bytes], cut: int) -> None:
    whole = b"".join(frames.frame(body, 1) for body in bodies)
    kept = [frame.data for frame in frames.read(whole[: max(0, len(whole) - cut)])]
    assert kept == bodies[: len(kept)]
    assert len(kept) == len(bodies) or cut
    assert [frame.data for frame in frames.read(whole + bytes(500))] == bodies


@given(st.integers(0, 10_000), st.integers(0, 7))
def test_a_bit_that_was_flipped_ends_what_is_read(at: int, bit: int) -> None:
    whole = bytearray(b"".join(frames.frame(bytes([number]) * 20, number) for number in range(1, 6)))
    at %= len(whole)
    whole[at] ^= 1 << bit
    assert [frame.rows for frame in frames.read(bytes(whole))] == list(range(1, 1 + at // 32))


def test_heads_tell_their_columns_or_that_they_are_none() -> None:
    head = frames.head(COLUMNS)
    assert frames.read_head(head + b"more") == (COLUMNS, len(head))
    assert frames.read_head(head[:20]) is None
    with pytest.raises(frames.Unreadable):
        frames.read_head(b"something else entirely")


def test_only_files_of_the_dead_are_taken_up(tmp_path: Path) -> None:
    living, reader = Spool(tmp_path, sync=True), Spool(tmp_path, sync=True)
    living.write([b"one", b"two"])
    assert reader.adopt() == 0
    living.close()
    assert reader.adopt() == 1
    [segment] = reader.open
    [frame] = segment.read(1000)
    assert (frame.data, frame.rows) == (b"onetwo", 2)
    segment.loaded = frame.end
    # What lies behind the last frame is place that was never used.
    assert segment.read(1000) == []
    reader.remove(segment)
    assert list(tmp_path.iterdir()) == []


def test_what_no_version_reads_is_put_aside(tmp_path: Path) -> None:
    (tmp_path / "seg_x.clicks").write_bytes(b"not ours" * 10)
    (tmp_path / "seg_y.clicks").write_bytes(frames.head(COLUMNS)[:9])
    assert Spool(tmp_path, sync=True).adopt() == 0
    assert [path.name for path in tmp_path.iterdir()] == ["seg_x.unreadable"]


@pytest.mark.parametrize("call", ["fdatasync", "pwrite"])
def test_a_failed_write_leaves_nothing_and_ends_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    spool = Spool(tmp_path, sync=True)
    spool.write([b"safe"])
    [segment] = spool.open

    def fail(*_: object) -> int:
        raise OSError(28, "full")

    with monkeypatch.context() as broken:
        broken.setattr(os, call, fail)
        with pytest.raises(OSError, match="full"):
            spool.write([b"lost"])
    assert segment.sealed
    assert [frame.data for frame in segment.read(1000)] == [b"safe"]
    spool.write([b"next"])
    assert len(spool.open) == 2
    spool.close()


def test_a_full_disk_is_not_asked_at_each_click(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def full(*_: object) -> None:
        asked.append(1)
        raise OSError(28, "full")

    spool = Spool(tmp_path, sync=True)
    monkeypatch.setattr(os, "posix_fallocate", full)
    for _ in range(20):
        with pytest.raises(OSError, match="full"):
            spool.write([b"x"])
    assert len(asked) == 1
    assert list(tmp_path.iterdir()) == []


def test_no_more_files_stay_open_than_can_be_worked_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segments, "LARGEST", 500)
    spool = Spool(tmp_path, sync=False)
    for _ in range(50):
        spool.write([b"x" * 400])
    spool.let_go()
    assert len(spool.open) <= 34
    other = Spool(tmp_path, sync=False)
    assert other.adopt() == 50 - len(spool.open)


@pytest.mark.parametrize("threaded", [True, False])
async def test_groups_are_written_together_and_told_apart(threaded: bool) -> None:
    groups: list[list[bytes]] = []

    def write(rows: Sequence[bytes]) -> None:
        groups.append(list(rows))
        if b"bad" in rows:
            raise OSError(28, "full")

    commit = GroupCommit(write, threaded=threaded)
    told: dict[bytes, bool] = {}

    async def add(row: bytes) -> None:
        done = asyncio.Event()

        def tell(written: bool) -> None:
            told[row] = written
            done.set()

        commit.add(row, tell)
        await done.wait()

    await asyncio.gather(*(add(b"%d" % at) for at in range(100)))
    assert len(groups) < 10
    assert sum(map(len, groups)) == 100
    assert set(told.values()) == {True}
    await add(b"bad")
    assert told[b"bad"] is False
    await add(b"good")
    assert told[b"good"] is True
    commit.close()
