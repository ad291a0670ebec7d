"""Seeds and spreads as the API shows them."""

import msgspec

from graph.build import Graph
from graph.estimates import Estimate
from service.discovery.computations.asking import head
from service.discovery.computations.nodes import Shown
from service.discovery.computations.operations.influence import Found
from service.discovery.computations.operations.influence import Influence as Asked
from service.discovery.computations.operations.spread import Expected, Spread
from service.discovery.computations.schemas import (
    ExpectedSpread,
    Influence,
    InfluenceGuarantee,
    ResultRow,
    SeedNode,
    StoredResult,
)
from service.discovery.graphs.schemas import NodeId
from service.kit import ids

_BASIS = {kind: f"reverse_reachable_sets:{kind}" for kind in ("ic", "wc", "lt")}


def seeds_of(row: ResultRow) -> list[int]:
    """Places of the seeds of a result."""
    return [each.place for each in msgspec.convert(row.result, Found).seeds]


def influence(row: ResultRow, graph: Graph, shown: Shown) -> Influence:
    """A result of the operation influence; all of its seeds may be shown."""
    found, asked = msgspec.convert(row.result, Found), msgspec.convert(row.params, Asked)
    nodes: list[NodeId] = graph.nodes[[each.place for each in found.seeds]].tolist() if found.seeds else []
    return Influence(
        **head(row),
        seeds=[
            SeedNode(
                node=node,
                label=shown.labels[node],
                influencer_id=shown.influencer_id(node),
                name=shown.name(node),
                marginal=each.marginal,
                cumulative=each.cumulative,
                cost=each.cost,
            )
            for node, each in zip(nodes, found.seeds, strict=True)
        ],
        spread=Estimate(found.value, found.low, found.high, found.sets, _BASIS[asked.spreading.kind]),
        of=found.total,
        upper_bound=found.upper_bound,
        guarantee=_guarantee(found, asked),
        total_cost=found.total_cost,
        currency=asked.currency,
        memory_limit_reached=found.memory_ended,
    )


def _guarantee(found: Found, asked: Asked) -> InfluenceGuarantee:
    return InfluenceGuarantee(
        ratio=found.ratio,
        promised=found.promised,
        kept=found.kept,
        confidence=1.0 - asked.delta,
        epsilon=asked.epsilon,
        lower_bound=found.lower_bound,
        upper_bound=found.upper_bound,
        rr_sets=found.sets,
    )


def spread(row: ResultRow) -> ExpectedSpread:
    """A result of the operation spread."""
    found, asked = msgspec.convert(row.result, Expected), msgspec.convert(row.params, Spread)
    basis = f"cascades:{asked.spreading.kind}"
    return ExpectedSpread(
        **head(row),
        seeds=len(asked.seeds),
        spread=Estimate(found.value, found.low, found.high, found.runs, basis),
        error=found.error,
        runs=found.runs,
    )


def stored(row: ResultRow) -> StoredResult:
    """What every stored result has."""
    return StoredResult(
        id=ids.show("gcr", row.id),
        graph_id=ids.show("gra", row.graph_id),
        version=row.version,
        operation=row.operation,
        params=row.params,
        computed_at=row.computed_at or row.created_at,
        seconds=row.seconds or 0.0,
    )
