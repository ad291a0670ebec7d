"""Benchmarks by name. Each prints its figures as ratios to a named floor of the same run.

A benchmark is `async def run(settings, size) -> int` in the module of its name; `size` None is its default.
"""

import importlib

from service.settings import Settings

NAMES = (
    "advocacy",
    "conversions",
    "import",
    "influence",
    "listening",
    "partner",
    "reach",
    "redirect",
    "score",
    "search",
    "spikes",
)
_MODULES = {"advocacy": "service.bench.advocacy.bench", "import": "service.bench.imports"}


class UnknownBenchmark(ValueError):
    """There is no benchmark of this name."""


async def run(name: str, settings: Settings, size: int | None = None) -> int:
    """Runs a benchmark; the exit code. Raises UnknownBenchmark."""
    if name not in NAMES:
        raise UnknownBenchmark(f"there is no benchmark {name!r}: expected one of {', '.join(NAMES)}")
    module = importlib.import_module(_MODULES.get(name, f"service.bench.{name}"))
    return int(await module.run(settings, size))
