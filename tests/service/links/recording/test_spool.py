"""Spool files: torn ends, dead writers, full disks."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.links.recording import frames, segments
from service.links.recording.layout import COLUMNS
from service.links.recording.spool import Spool


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


def test_a_write_that_was_cut_off_ends_a_dead_writers_file(tmp_path: Path) -> None:
    """The place behind the last frame has zeros in it, not the file's end."""
    dying, reader = Spool(tmp_path, sync=True), Spool(tmp_path, sync=True)
    dying.write([b"one"])
    dying.write([b"two"])
    [segment] = dying.open
    cut = frames.frame(b"three" * 100, 5)[:300]
    with segment.path.open("r+b") as file:
        file.seek(segment.end)
        file.write(cut)
    assert segment.path.stat().st_size == segments.LARGEST
    dying.close()
    assert reader.adopt() == 1
    assert [frame.data for frame in reader.open[0].read(segments.LARGEST)] == [b"one", b"two"]
    reader.close()


def test_what_is_synced_was_written_to_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise each sync waits for the file system's journal as well."""
    reached = [0]
    pwrite = os.pwrite

    def watched(descriptor: int, data: bytes, at: int) -> int:
        reached.append(at + len(data))
        return pwrite(descriptor, data, at)

    monkeypatch.setattr(os, "pwrite", watched)
    spool = Spool(tmp_path, sync=True)
    spool.write([b"one"])
    assert reached[1] == segments.LARGEST
    assert reached[2] < 2000
    spool.close()


def test_a_file_that_does_not_come_about_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pwrite = os.pwrite
    with monkeypatch.context() as broken:
        broken.setattr(
            os, "pwrite", lambda descriptor, data, at: pwrite(descriptor, data[: len(data) // 2 + 1], at)
        )
        with pytest.raises(OSError, match="no space"):
            Spool(tmp_path, sync=True).write([b"x"])
    assert list(tmp_path.iterdir()) == []


def test_there_is_room_until_a_new_file_is_due(tmp_path: Path) -> None:
    spool = Spool(tmp_path, sync=False)
    assert not spool.has_room([b"x"])
    spool.write([b"x"])
    [segment] = spool.open
    left = segments.LARGEST - segment.end
    assert spool.has_room([bytes(left - 1), b"x"])
    assert not spool.has_room([bytes(left), b"x"])
    spool.write([bytes(left)])
    assert spool.open == [segment]
    spool.seal()
    assert not spool.has_room([b"x"])
    spool.close()


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
