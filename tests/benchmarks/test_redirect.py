"""The redirect's benchmark runs to its end, with every click stored; how fast it is, no test says."""

import re

import pytest

from service.bench import redirect as bench
from service.bench import run
from service.settings import Settings


async def test_the_redirect_benchmark_counts_every_click(
    settings: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "ROUNDS", 1)
    monkeypatch.setattr(bench, "LEVELS", ("disk",))
    assert await run("redirect", settings, 300) == 0
    printed = capsys.readouterr().out
    assert re.search(r"^bare ASGI .* 1\.00 \(1\.00-1\.00\)", printed, re.M)
    assert re.search(r"^elci, disk .* all *$", printed, re.M)
    assert re.search(r"^Litestar, INSERT .* all *$", printed, re.M)


def test_a_click_that_is_missing_is_told() -> None:
    result = bench.Result(1.0, 0.1, 300, 0, 1.0, 2.0)
    assert bench._whole(bench.Turn(result, 0.1, 300))
    assert not bench._whole(bench.Turn(result, 0.1, 299))
    assert not bench._whole(bench.Turn(bench.Result(1.0, 0.1, 300, 1, 1.0, 2.0), 0.1, None))
