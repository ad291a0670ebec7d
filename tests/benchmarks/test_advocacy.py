"""The benchmark of advocacy runs to its end, and marks what misses its goal; how fast it is, no test says."""

import re

import pytest

from service.bench import run
from service.bench.advocacy import bench
from service.bench.advocacy.bench import Measured
from service.settings import Settings


async def test_the_advocacy_benchmark_prints_times(
    settings: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "ROUNDS", 1)
    monkeypatch.setattr(bench, "GOAL_S", 600.0)
    assert await run("advocacy", settings, 400) == 0
    printed = capsys.readouterr().out
    assert re.search(
        r"^400 referrals, 133 reviews: filled in [\d.]+ s, trees summed up in [\d.]+ s; 1 rounds",
        printed,
        re.M,
    )
    for name in (
        "tree of the first",
        "trees of the program",
        "leaderboard",
        "obligations",
        "loyalty of a year",
    ):
        assert re.search(rf"^{name} .*\d", printed, re.M)
    assert (
        len(re.findall(r"^an order is (?:followed to its rewards|added to the trees) ", printed, re.M)) == 2
    )


def test_what_misses_the_goal_is_marked() -> None:
    calls = {"quick": [0.01], "slow": [0.01, 0.4], "loyalty of a year": [2.0]}
    text = bench.report(10, Measured(1.0, 3, 2.0, [0.5, 0.5], calls))
    marks = [line.rstrip().rpartition("  ")[2].strip() for line in text.splitlines()[-3:]]
    assert marks[1:] == ["missed", "no goal"]
    assert marks[0] not in ("missed", "no goal")
