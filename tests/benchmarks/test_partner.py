"""The benchmark of a partner's figures runs to its end; how fast it is, no test says."""

import re

import pytest

from service.bench import partner, partners, run
from service.settings import Settings


async def test_the_partner_benchmark_prints_ratios(
    settings: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partner, "ROUNDS", 1)
    monkeypatch.setattr(partners, "OTHERS", 2)
    assert await run("partner", settings, 2_000) == 0
    printed = capsys.readouterr().out
    assert "a partner with 2,000 clicks and 40 conversions" in printed
    assert re.search(r"^roll-up rows alone \(floor\) .* 1\.00$", printed, re.M)
    assert len(re.findall(r"^by \w+, dated by \w+ ", printed, re.M)) == 11
