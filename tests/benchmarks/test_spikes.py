"""The benchmark of spikes runs to its end; what must hold stands in tests/scoring/spikes."""

import re

import pytest

from service.bench import run
from service.bench import spikes as bench
from service.settings import Settings


async def test_the_benchmark_of_spikes_prints_each_base(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench, "WATCHED", 2)
    assert await run("spikes", settings, 6) == 0
    printed = capsys.readouterr().out
    assert re.findall(r"^(\d+) +1 ", printed, re.M) == ["5", "10", "20", "50", "100", "200"]
    assert re.search(r"^6 queries, 2 days: \d+\.\d s, \d+ ms a query$", printed, re.M)
