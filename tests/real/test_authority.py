"""PageRank on a real graph of mentions."""

import gzip
from hashlib import sha256
from pathlib import Path
from time import perf_counter

import networkx as nx
import numpy as np
import pytest

from graph.authority import pagerank
from graph.build import Graph, build, to_networkx


@pytest.fixture(scope="module")
def mentions(real_data: Path) -> Graph:
    """Who mentioned whom, and how often; source and number of arcs pin the file."""
    packed = (real_data / "graphs" / "higgs_mention.edgelist.gz").read_bytes()
    rows = np.loadtxt(gzip.decompress(packed).decode().splitlines(), dtype=np.int64)
    assert rows.shape == (150_818, 3), sha256(packed).hexdigest()
    return build(rows[:, 0], rows[:, 1], rows[:, 2])


def test_mentions_rank_as_networkx_ranks_them(mentions: Graph):
    interface = to_networkx(mentions)
    began = perf_counter()
    ours = pagerank(mentions)
    between = perf_counter()
    theirs = nx.pagerank(interface, tol=1e-12, max_iter=1000)
    print(f"{(perf_counter() - between) / (between - began):.0f} times networkx")
    assert np.abs(ours - [theirs[node] for node in mentions.nodes.tolist()]).sum() < 1e-8


def test_mentions_rank_as_networkx_ranks_them_as_seen_from_some(mentions: Graph):
    some = dict.fromkeys(mentions.nodes[::97].tolist(), 1.0)
    ours = pagerank(mentions, teleport=some)
    theirs = nx.pagerank(to_networkx(mentions), tol=1e-12, max_iter=1000, personalization=some)
    assert np.abs(ours - [theirs[node] for node in mentions.nodes.tolist()]).sum() < 1e-8
