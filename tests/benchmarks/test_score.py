"""The score benchmark runs to its end, with every score known; how fast it is, no test says."""

import re

import numpy as np
import pytest

from service.bench import run
from service.bench import score as bench
from service.settings import Settings


async def test_the_score_benchmark_prints_ratios(
    settings: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "ROUNDS", 2)
    monkeypatch.setattr(bench, "CALLS", 1)
    assert await run("score", settings, 400) == 0
    printed = capsys.readouterr().out
    assert re.search(r"^ratio +\d+\.\d+ \(goal 2", printed, re.M)
    assert re.search(r"through the API \d", printed)
    known = dict(re.findall(r"(\w+) (\d+)", printed.split("on the first page of 50:")[1].splitlines()[0]))
    assert all(int(known[name]) for name in ("fit", "content", "audience", "engagement", "authenticity"))


async def test_the_floor_is_the_same_ranking(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is compared must be the same work: the straight formulas find the same best."""
    seen = {}
    ranked, plain = bench.rank, bench.best
    monkeypatch.setattr(bench, "ROUNDS", 1)
    monkeypatch.setattr(bench, "CALLS", 1)
    monkeypatch.setattr(bench, "rank", lambda *given: seen.setdefault("ours", ranked(*given)))
    monkeypatch.setattr(bench, "best", lambda *given: seen.setdefault("floor", plain(*given)))
    assert await run("score", settings, 300) == 0
    ours, floor = seen["ours"], seen["floor"]
    fits = np.nan_to_num(ours.fit.score, nan=-1.0)
    assert fits[floor].round(2).tolist() == np.sort(fits)[::-1][: len(floor)].round(2).tolist()
