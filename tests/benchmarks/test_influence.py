"""The influence benchmark runs to its end; how fast it is, no test says. What it compares is the same."""

import re

import networkx as nx
import numpy as np
import pytest

from graph.authority import pagerank
from graph.build import to_networkx
from service.bench import run
from service.bench.networks import ARCS, NODES, network
from service.bench.rounds import interleaved
from service.settings import Settings


async def test_the_influence_benchmark_prints_ratios(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await run("influence", settings, 3) == 0
    printed = capsys.readouterr().out
    assert "200 nodes and 1,339 arcs" in printed  # the least
    assert "floors: pynetim IMM, cynetdiff, networkx" in printed
    for name in ("seeds, WC", "10,000 cascades, WC", "PageRank", "communities"):
        assert re.search(rf"^{name} +\d+\.\d+ ", printed, re.M), name
    assert re.search(r"^seeds through the API +\d+\.\d+ ", printed, re.M)
    for step in ("upload and read", "seeds, WC", "authority", "hits", "communities", "bridges", "ego"):
        assert re.search(rf"^  {step}: \d+\.\d+, \d+\.\d+$", printed, re.M), step
    assert re.search(r"^memory of seeds, WC: ours \d+ MB", printed, re.M)


def test_pagerank_of_the_made_up_network_equals_networkx() -> None:
    made = network()
    assert (made.size, made.arcs) == (NODES, ARCS)
    theirs = nx.pagerank(to_networkx(made), tol=1e-12, max_iter=1_000)
    assert (
        float(np.abs(pagerank(made, tolerance=1e-12) - [theirs[n] for n in made.nodes.tolist()]).sum()) < 1e-8
    )


def test_made_up_networks_repeat() -> None:
    one, same, other = network(500, 3_000), network(500, 3_000), network(500, 3_000, seed=1)
    assert np.array_equal(one.indices, same.indices)
    assert not np.array_equal(one.indices, other.indices)


def test_rounds_take_turns() -> None:
    calls: list[str] = []

    def ours(seed: int) -> int:
        calls.append(f"ours {seed}")
        return seed

    def theirs(seed: int) -> int:
        calls.append(f"theirs {seed}")
        return -seed

    found = interleaved(ours, theirs, 2)
    assert calls == ["ours 1", "theirs 1", "ours 2", "theirs 2"]
    assert (found.ours, found.theirs) == ([1, 2], [-1, -2])
    assert interleaved(ours, None, 1).cells()[1:] == ("-", "-", "-", "-")
