"""The surroundings of a node, to draw."""

from typing import TYPE_CHECKING

from msgspec import Struct

from service.discovery.computations.operations.base import Computed, Operation, Report

if TYPE_CHECKING:
    from graph.build import Graph

# Nanoseconds an arc, and a pair of nodes in the layout's 50 steps.
AN_ARC = 270
LAYOUT = 1_500


class EgoOf(Struct, frozen=True):
    """The centre's place; radius in arcs; most: nodes with the centre."""

    place: int
    radius: int
    most: int


class EgoFound(Struct, frozen=True):
    """Nodes by place, the centre first: step, x, y; arcs by ends in `places`; see graph.ego.Ego."""

    places: list[int]
    steps: list[int]
    x: list[float]
    y: list[float]
    sources: list[int]
    targets: list[int]
    weights: list[float]
    left_out: int


def compute(graph: "Graph", asked: EgoOf, report: Report) -> Computed:
    """The nearest nodes and the arcs among them, with a layout."""
    from graph.ego import ego

    found = ego(graph, graph.nodes[asked.place], radius=asked.radius, most=asked.most)
    return Computed(
        EgoFound(
            places=graph.places(found.nodes).tolist(),
            steps=found.steps.tolist(),
            x=found.x.round(5).tolist(),
            y=found.y.round(5).tolist(),
            sources=found.sources.tolist(),
            targets=found.targets.tolist(),
            weights=found.weights.tolist(),
            left_out=found.left_out,
        )
    )


def _effort(nodes: int, arcs: int, asked: EgoOf) -> float:
    return float(AN_ARC) * (nodes + arcs) + LAYOUT * asked.most**2


OPERATION = Operation("ego", EgoOf, EgoFound, compute, _effort)
