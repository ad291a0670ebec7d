"""The benchmark of conversions runs to its end, with models that agree; how fast it is, no test says."""

import re

import pytest

from service.bench import conversions as bench
from service.bench import run
from service.conversions.attribution.comparing import keeping
from service.settings import Settings


async def test_the_benchmark_of_conversions_prints_ratios(
    settings: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "ROUNDS", 1)
    monkeypatch.setattr(bench.orders, "PARTNERS", 5)
    monkeypatch.setattr(keeping, "MOST_AT_ONCE", 10)
    assert await run("conversions", settings, 20) == 0
    printed = capsys.readouterr().out
    assert re.search(r"^taken and settled one by one +[\d,]+ +\d+\.\d+$", printed, re.M)
    assert re.search(r"^taken in bulk and settled +[\d,]+ +\d+\.\d+$", printed, re.M)
    # 20 each way, and those filled in.
    assert "compare, 90 days, 80 conversions, 7 models" in printed
