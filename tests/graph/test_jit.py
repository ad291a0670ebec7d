"""Kernels are cached on disk where that is possible, and work where it is not."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from graph.jit import drawn, mixed, plain, stream

ROOT = Path(__file__).parents[2]
RUN = """
import time, numpy, graph.cascades as c
from graph.build import build
from graph.models import independent_cascade
print(c.simulate(independent_cascade(build([0, 1], [1, 2]), 1.0), [0], runs=2).mean)
print(sum(c._by_draws.stats.cache_hits.values()))
"""


def run(folder: Path, **options: object) -> list[str]:
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("NUMBA_CACHE_DIR", None)
    environment |= options.pop("environment", {})  # type: ignore[arg-type]
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        **options,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.split()


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "graph", tmp_path / "graph", ignore=ignored)
    return tmp_path


def test_the_second_process_compiles_nothing(copied: Path):
    assert run(copied) == ["3.0", "0"]
    assert run(copied) == ["3.0", "1"]


def test_a_folder_that_can_not_be_written_is_no_obstacle(copied: Path):
    """The cache beside the source and the user's both fail: here their places are files."""
    (copied / "graph" / "__pycache__").write_text("")
    environment = {"HOME": str(copied / "file"), "XDG_CACHE_HOME": str(copied / "file")}
    (copied / "file").write_text("")
    assert run(copied, environment=environment) == ["3.0", "0"]


def test_the_user_s_cache_serves_a_folder_that_can_not_be_written(copied: Path):
    (copied / "graph" / "__pycache__").write_text("")
    environment = {"XDG_CACHE_HOME": str(copied / "cache"), "HOME": str(copied)}
    (copied / "cache").mkdir()
    assert run(copied, environment=environment) == ["3.0", "0"]
    assert run(copied, environment=environment) == ["3.0", "1"]


def test_random_bits_are_those_of_splitmix64():
    # The reference implementation's first numbers for the seed 1234567.
    golden, state, found = 0x9E3779B97F4A7C15, 1234567, []
    for _ in range(3):
        state = (state + golden) % 2**64
        found.append(int(mixed(np.uint64(state))))
    assert found == [6457827717110365317, 3203168211198807973, 9817491932198370423]


def test_draws_are_uniform_and_streams_differ():
    draws = np.array([drawn(np.uint64(stream(np.uint64(1), number))) for number in range(20_000)]) / 2.0**53
    assert 0 <= draws.min() < draws.max() < 1
    counts = np.bincount((draws * 20).astype(int), minlength=20)
    # Chi-square with 19 degrees of freedom: 43.8 at p = .001.
    assert ((counts - 1_000) ** 2 / 1_000).sum() < 43.8
    assert stream(np.uint64(1), 5) != stream(np.uint64(2), 5)


def test_plain_copies_only_what_may_not_be_written():
    own = np.arange(3, dtype=np.int32)
    assert plain(own) is own
    read_only = np.frombuffer(own.tobytes(), dtype=np.int32)
    assert plain(read_only).flags.writeable
    assert plain(own[::-1]).tolist() == [2, 1, 0]
