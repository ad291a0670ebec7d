"""The reach benchmark runs to its end and finds what bitmaps find; how fast it is, no test says."""

import re

import pytest

from service.bench import run
from service.bench.audiences import choose_by_bitmaps, make
from service.settings import Settings


async def test_the_reach_benchmark_prints_ratios(capsys: pytest.CaptureFixture[str]) -> None:
    assert await run("reach", Settings.from_env({}), 30) == 0
    printed = capsys.readouterr().out
    assert "floor: pyroaring pair by pair" in printed
    assert re.search(r"^ratio .* \d+\.\d+ ", printed, re.M)
    assert re.search(r"^memory: bitmaps \d+ MB", printed, re.M)
    assert len(re.findall(r"^(uniform|hash): .*%", printed, re.M)) == 18


def test_the_floor_keeps_to_the_budget() -> None:
    made = make(20, seed=3)
    order = choose_by_bitmaps(made)
    assert 0 < len(order) == len(set(order)) < 20
    assert sum(made.costs[place] for place in order) <= made.budget
