"""`elci bench influence`: seeds, cascades, PageRank and communities against what others take for the same.

CPU seconds of interleaved rounds; ratios are ours over theirs. Without a size, seeds and cascades are
measured on the research graphs in ELCI_REAL_DATA, where it is set, else on a made-up network of follows.
"""

import gzip
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from graph.authority import pagerank
from graph.build import Graph, Nodes
from graph.cascades import RUNS, simulate
from graph.communities import communities, modularity
from graph.edgelists import read
from graph.influence import EPS, maximise
from graph.models import Model, independent_cascade, weighted_cascade
from graph.warm import warm
from service.bench import rivals
from service.bench.figures import table
from service.bench.memory import peak
from service.bench.networks import ARCS, NODES, network
from service.bench.rounds import Compared, interleaved
from service.bench.through import Trip, trip
from service.settings import Settings

K = 50
ROUNDS = 3
# Fewer nodes have no room for as many seeds, nor for as many different arcs.
LEAST = 200
NETHEPT, HIGGS = "nethept_wc.inf.gz", "higgs_mention.edgelist.gz"
HEAD = ("", "ours s", "theirs s", "ratio", "least", "most", "goal", "found")


class Case(NamedTuple):
    """A model to find seeds for, and how long that may take in pynetim's times."""

    name: str
    model: Model
    goal: str


async def run(settings: Settings, size: int | None = None) -> int:
    """Measures and prints a table; what goes through the service does so on a scratch database."""
    nodes = max(LEAST, size or NODES)
    made = network(nodes, max(1, nodes * ARCS // NODES))
    folder = os.environ.get("ELCI_REAL_DATA") if size is None else None
    cases = _real(Path(folder) / "graphs") if folder else _made_up(made)
    warm()
    rows = [row for case in cases for row in _spreading(case)]
    rows += [_ranking(made), _grouping(made)]
    memory = [_memory(case) for case in cases]
    name, content = ("Higgs", _read(Path(folder))) if folder else ("the made-up network", _written(made))
    travelled = trip(settings, content, cases[-1].model if folder else _heard(made), K, ROUNDS)
    rows.append(_row("seeds through the API", travelled.seeds, "", f"{name}; CPU of API and worker"))
    told = [_title(made, folder is not None), table(HEAD, rows), *memory, *_told(name, travelled)]
    print("\n".join(told))
    return 0


def _read(folder: Path) -> bytes:
    return (folder / "graphs" / HIGGS).read_bytes()


def _written(made: Graph) -> bytes:
    """An edge list as a client sends it."""
    ends = zip(made.sources().tolist(), made.indices.tolist(), strict=True)
    return gzip.compress("".join(f"{source} {target}\n" for source, target in ends).encode())


def _heard(made: Graph) -> Model:
    """As the service takes mentions: who mentions hears whom it mentions."""
    return weighted_cascade(made.reversed())


def _told(name: str, travelled: Trip) -> Iterator[str]:
    yield f"{name} through the service, API and worker in one process; CPU s, s on the clock:"
    for step in travelled.steps:
        yield f"  {step.name}: {step.cpu:.3f}, {step.wall:.3f}"
    if travelled.memory is not None:
        yield f"  memory of upload and all of these: {travelled.memory:.0f} MB over what was there before"


def _title(made: Graph, real: bool) -> str:
    where = "research graphs" if real else "a made-up network"
    return (
        f"{ROUNDS} interleaved rounds, CPU seconds; seeds and cascades on {where}, the rest on a made-up"
        f" network of {made.size:,} nodes and {made.arcs:,} arcs; floors: pynetim IMM, cynetdiff, networkx"
    )


def _real(folder: Path) -> list[Case]:
    nethept = read([(folder / NETHEPT).read_bytes()]).graph
    # Who mentions hears whom it mentions.
    higgs = read([(folder / HIGGS).read_bytes()]).graph.reversed()
    return [
        Case("NetHEPT WC", weighted_cascade(nethept), "<= 0.2"),
        Case("NetHEPT p=.1", independent_cascade(nethept, 0.1), "<= 0.2"),
        Case("NetHEPT p=.01", independent_cascade(nethept, 0.01), ""),
        Case("Higgs WC", weighted_cascade(higgs), ""),
    ]


def _made_up(made: Graph) -> list[Case]:
    return [Case("WC", weighted_cascade(made), "<= 0.2"), Case("p=.01", independent_cascade(made, 0.01), "")]


def _spreading(case: Case) -> Iterator[tuple[str, ...]]:
    """Seeds against pynetim, where it is; and cascades of these seeds against cynetdiff."""
    theirs = rivals.pynetim(case.model, K, EPS) if rivals.installed("pynetim") else None
    seeds = interleaved(lambda seed: maximise(case.model, K, eps=EPS, seed=seed), theirs, ROUNDS)
    ours = [_spread(case.model, each.ids) for each in seeds.ours]
    others = [_spread(case.model, each) for each in seeds.theirs]
    proven = min(each.guarantee.ratio for each in seeds.ours)
    said = f"spread {np.mean(ours):.1f}, proven >= {proven:.0%} of the optimum"
    said += f"; theirs {np.mean(others):.1f}" if others else "; pynetim is not installed"
    yield _row(f"seeds, {case.name}", seeds, case.goal, said)
    yield _cascades(case, seeds.ours[0].ids)


def _spread(model: Model, ids: Nodes) -> float:
    """By cascades of other random numbers than any seeds were found with."""
    return simulate(model, ids, seed=-1).mean


def _cascades(case: Case, ids: Nodes) -> tuple[str, ...]:
    theirs = rivals.cynetdiff(case.model, ids, RUNS) if rivals.installed("cynetdiff") else None
    runs = interleaved(lambda seed: simulate(case.model, ids, seed=seed), theirs, ROUNDS)
    if not runs.theirs:
        return _row(f"cascades, {case.name}", runs, "<= 1", "cynetdiff is not installed")
    mean, other = float(np.mean([each.mean for each in runs.ours])), float(np.mean(runs.theirs))
    # The standard error of the difference of two means over all rounds.
    apart = abs(mean - other) / (runs.ours[0].error * np.sqrt(2.0 / ROUNDS))
    said = f"mean {mean:.1f}; theirs {other:.1f}, {apart:.1f} standard errors apart"
    return _row(f"{RUNS:,} cascades, {case.name}", runs, "<= 1", said)


def _ranking(made: Graph) -> tuple[str, ...]:
    ranks = interleaved(lambda seed: pagerank(made), rivals.pagerank(made), ROUNDS)
    apart = float(np.abs(ranks.ours[0] - ranks.theirs[0]).sum())
    return _row("PageRank", ranks, "<= 0.033", f"L1 distance {apart:.0e}")


def _grouping(made: Graph) -> tuple[str, ...]:
    groups = interleaved(lambda seed: communities(made), rivals.louvain(made), ROUNDS)
    codes = np.zeros(made.size, dtype=np.int64)
    quality = []
    for found in groups.theirs:
        for code, members in enumerate(found):
            codes[list(members)] = code
        quality.append(modularity(made, codes))
    said = f"modularity {groups.ours[0].modularity:.4f}; theirs {max(quality):.4f} at best"
    return _row("communities", groups, "<= 0.077", said)


def _row(name: str, compared: "Compared[object, object]", goal: str, found: str) -> tuple[str, ...]:
    return (name, *compared.cells(), goal, found)


def _memory(case: Case) -> str:
    ways = ["ours", *(["pynetim"] if rivals.installed("pynetim") else [])]
    peaks = [(way, peak(way, case.model, K)) for way in ways]
    said = ", ".join(f"{way} {each:.0f} MB" if each is not None else f"{way} unknown" for way, each in peaks)
    return f"memory of seeds, {case.name}: {said} over what the process had before"
