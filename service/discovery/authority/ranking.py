"""From members and arcs to PageRank by topic: pure.

An account is ranked as seen from the accounts of its platform and its influencer's first category, where
these are enough; else as seen from all of the platform. Both are divided by the mean of those accounts, so
that a figure of 2 says the same in a small field and a large one.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from graph.build import Graph, build
from service.discovery.authority.schemas import Arcs, MemberGroup, Rank
from service.kit.text import fold_tr

# As seen from fewer, a rank is more about them than about their field.
LEAST_MEMBERS = 20
EVERYBODY = ""

Places = NDArray[np.int64]
Home = tuple[str, str]
"""A platform and a topic."""


@dataclass(frozen=True, slots=True)
class Members:
    """Accounts, and where they stand among the graph's nodes."""

    account_ids: list[UUID]
    places: Places


@dataclass(frozen=True, slots=True)
class Network:
    """The graph, and its members by platform and topic: accounts of platforms of which edges are known."""

    graph: Graph
    members: Mapping[Home, Members]

    @property
    def topics(self) -> list[str]:
        """Topics that are ranked by themselves, on one platform at least."""
        return sorted({topic for _, topic in self.members if topic != EVERYBODY})

    def home(self, platform: str, topic: str) -> Places:
        """Whence a topic's accounts are seen: from each other, or from everybody on the platform."""
        if topic != EVERYBODY:
            return self.members[platform, topic].places
        return np.concatenate([one.places for (on, _), one in self.members.items() if on == platform])


def network(groups: Sequence[MemberGroup], arcs: Arcs, platforms: Set[str]) -> Network:
    """The graph of the arcs and of all accounts on these platforms, mentioned by somebody or not."""
    inside = [group for group in groups if group.platform in platforms]
    numbers = [_numbers(group, at) for at, group in enumerate(inside)]
    sources, targets = (np.array(column, dtype=np.int64) for column in (arcs.sources, arcs.targets))
    graph = build(sources, targets, arcs.weights, nodes=np.concatenate([sources, targets, *numbers]))
    named = _homes(inside)
    ids: dict[Home, list[UUID]] = defaultdict(list)
    places: dict[Home, list[Places]] = defaultdict(list)
    for group, home, nodes in zip(inside, named, numbers, strict=True):
        ids[home] += group.account_ids
        places[home].append(graph.places(nodes).astype(np.int64))
    return Network(graph, {home: Members(ids[home], np.concatenate(places[home])) for home in ids})


def ranks(made: Network) -> list[Rank]:
    """The standing of every member in its topic."""
    from graph.authority import Transitions, pagerank  # with numba, which only the job that ranks needs

    steps = Transitions.of(made.graph) if made.members else None
    found: list[Rank] = []
    for (platform, topic), members in made.members.items():
        home = made.home(platform, topic)
        teleport = np.zeros(made.graph.size)
        teleport[home] = 1.0
        values = pagerank(made.graph, teleport=teleport, transitions=steps)
        # Walks begin in every account of the home, so its mean is never 0.
        relative = np.round(values[members.places] / values[home].mean(), 6).tolist()
        found += map(Rank, members.account_ids, [topic] * len(relative), relative)
    return found


def _homes(groups: Sequence[MemberGroup]) -> list[Home]:
    """The home of each group: its topic's, where that has enough accounts on the platform."""
    asked = [(group.platform, fold_tr(group.category or "")) for group in groups]
    sizes: dict[Home, int] = defaultdict(int)
    for home, group in zip(asked, groups, strict=True):
        sizes[home] += len(group.account_ids)
    return [home if sizes[home] >= LEAST_MEMBERS else (home[0], EVERYBODY) for home in asked]


def _numbers(group: MemberGroup, at: int) -> Places:
    """The node of each account; one that no edge knows takes a number below 0, which no node has."""
    below = -(at * 2**32)
    return np.array(
        [below - place if node is None else node for place, node in enumerate(group.nodes, 1)], dtype=np.int64
    )
