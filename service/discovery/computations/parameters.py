"""From a request to an operation's parameters: pure. Equal questions have one spelling; all faults are said.

Nodes were looked up before: `known` has the places of each text that is a node or an influencer in the graph.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Protocol

from service.discovery.computations.operations.influence import Influence
from service.discovery.computations.operations.models import Kind, Spreading
from service.discovery.computations.operations.spread import Spread
from service.discovery.computations.problems import UnfitParameters
from service.discovery.computations.schemas import (
    InfluenceRequest,
    NodeCost,
    NodeWeight,
    SpreadRequest,
)
from service.discovery.graphs.schemas import GraphRow
from service.kit.money import Price

Known = Mapping[str, Sequence[int]]
# What greedy reaches of the optimum where chances are known exactly: by number, and by cost.
SHARES = {"k": 0.632, "budget": 0.316}


def refs(asked: InfluenceRequest | SpreadRequest) -> list[str | int]:
    """All nodes and influencers that a request names."""
    listed: list[Any] = [*asked.targets, *(_who(each) for each in asked.target_weights)]
    if isinstance(asked, SpreadRequest):
        return [each for each in [*listed, *asked.seeds] if each is not None]
    listed += [*(asked.candidates or []), *asked.exclude, *asked.must_include, *map(_who, asked.costs)]
    return [each for each in listed if each is not None]


class AskedModel(Protocol):
    """How influence is said to spread."""

    @property
    def model(self) -> Kind: ...
    @property
    def p(self) -> float | Literal["weights"] | None: ...
    @property
    def repeated(self) -> bool: ...
    @property
    def reverse(self) -> bool | None: ...


class Checks:
    """What is wrong with a request, all of it; `unknown` has the nodes that are not there."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.errors: list[dict[str, str]] = []
        self.unknown: dict[str, None] = {}

    def add(self, path: str, message: str) -> None:
        self.errors.append({"path": path, "message": message})

    def places(self, path: str, asked: Sequence[str | int]) -> list[int]:
        """Places of nodes, rising, each once."""
        found: set[int] = set()
        for at, each in enumerate(asked):
            found.update(self.places_of(f"{path}[{at}]", each))
        return sorted(found)

    def places_of(self, path: str, ref: str | int) -> Sequence[int]:
        where = self.known.get(str(ref), ())
        if not where:
            self.unknown[str(ref)] = None
            self.add(path, "is no node of the graph, nor an influencer who is in it")
        return where

    def columns(
        self, path: str, rows: Sequence[NodeCost | NodeWeight], values: list[float]
    ) -> dict[int, float]:
        """Values by place; a node that is named twice with different values is an error."""
        made: dict[int, float] = {}
        for at, (row, value) in enumerate(zip(rows, values, strict=True)):
            ref = _who(row)
            if ref is None:
                self.add(f"{path}[{at}]", "needs exactly one of node and influencer_id")
                continue
            for place in self.places_of(f"{path}[{at}]", ref):
                if made.setdefault(place, value) != value:
                    self.add(f"{path}[{at}]", "names a node again, with another value")
        return dict(sorted(made.items()))

    def end(self) -> None:
        """Raises UnfitParameters where something is wrong."""
        if not self.errors:
            return
        named = ", ".join(error["path"] for error in self.errors[:3])
        more: dict[str, Any] = {"unknown": list(self.unknown)} if self.unknown else {}
        detail = f"{len(self.errors)} parameter(s) do not fit the graph or each other: {named}"
        raise UnfitParameters(detail, errors=self.errors, **more)


def influence(asked: InfluenceRequest, row: GraphRow, known: Known, heaviest: float) -> Influence:
    """Canonical parameters; `heaviest`: the graph's largest weight. Raises UnfitParameters."""
    checks = Checks(known)
    _goal(asked, row, checks)
    spread_by = spreading(asked, row.reverse, heaviest, checks)
    prices = checks.columns("costs", asked.costs, [_amount(each.cost) for each in asked.costs])
    valued = _worth(asked, checks)
    allowed = None if asked.candidates is None else checks.places("candidates", asked.candidates)
    barred = checks.places("exclude", asked.exclude)
    must = checks.places("must_include", asked.must_include)
    if both := sorted(set(must) & set(barred)):
        checks.add("must_include", f"and exclude both name {len(both)} node(s)")
    budget = None if asked.budget is None else _amount(asked.budget)
    default = None if asked.default_cost is None else _amount(asked.default_cost)
    _payable(asked, budget, default, prices, must, checks)
    checks.end()
    return Influence(
        spreading=spread_by,
        epsilon=asked.epsilon,
        delta=asked.delta,
        quality=asked.quality,
        seed=asked.seed,
        k=asked.k,
        budget=budget,
        currency=asked.budget.currency if isinstance(asked.budget, Price) else None,
        default_cost=default,
        priced=list(prices),
        prices=list(prices.values()),
        valued=list(valued),
        values=list(valued.values()),
        allowed=allowed,
        barred=barred,
        must=must,
    )


def spread(asked: SpreadRequest, row: GraphRow, known: Known, heaviest: float) -> Spread:
    """Canonical parameters. Raises UnfitParameters."""
    checks = Checks(known)
    spread_by = spreading(asked, row.reverse, heaviest, checks)
    seeds, valued = checks.places("seeds", asked.seeds), _worth(asked, checks)
    checks.end()
    return Spread(spread_by, seeds, asked.runs, asked.seed, list(valued), list(valued.values()))


def _goal(asked: InfluenceRequest, row: GraphRow, checks: Checks) -> None:
    if (asked.k is None) == (asked.budget is None):
        checks.add("k", "give exactly one of k and budget")
        return
    share = SHARES["k" if asked.k is not None else "budget"]
    if asked.epsilon >= share:
        checks.add("epsilon", f"is to be below {share}, or nothing is promised")
    if asked.k is not None and asked.k > row.nodes:
        checks.add("k", f"is more than the graph's {row.nodes} nodes")
    if asked.k is not None and (asked.costs or asked.default_cost is not None):
        checks.add("costs", "go with a budget, not with k")
    if asked.budget is not None and not asked.costs and asked.default_cost is None:
        checks.add("costs", "a budget needs costs, or a default_cost")


def spreading(asked: AskedModel, reverse: bool, heaviest: float, checks: Checks) -> Spreading:
    """The model; what does not fit stands in `checks`.

    reverse, heaviest: the graph's orientation, and its largest weight.
    """
    weights = asked.p == "weights"
    p = asked.p if isinstance(asked.p, int | float) else None
    if asked.model == "ic" and asked.p is None:
        checks.add("p", 'independent cascade needs p: a chance, or "weights"')
    if asked.model == "ic" and weights and heaviest > 1:
        checks.add("p", f"the arcs' weights are no chances: the largest is {heaviest:g}")
    if asked.model == "wc" and asked.p is not None:
        checks.add("p", "weighted cascade has chances of its own")
    if asked.model == "lt" and p is not None:
        checks.add("p", 'linear threshold takes "weights", or nothing')
    if asked.repeated and (asked.model != "ic" or weights):
        checks.add("repeated", "goes with model ic and a chance p")
    turned = reverse if asked.reverse is None else asked.reverse
    return Spreading(asked.model, None if p is None else float(p), weights, asked.repeated, turned)


def _worth(asked: InfluenceRequest | SpreadRequest, checks: Checks) -> dict[int, float]:
    if asked.targets and asked.target_weights:
        checks.add("targets", "give targets or target_weights, not both")
        return {}
    if asked.targets:
        return dict.fromkeys(checks.places("targets", asked.targets), 1.0)
    return checks.columns(
        "target_weights", asked.target_weights, [each.weight for each in asked.target_weights]
    )


def _payable(
    asked: InfluenceRequest,
    budget: float | None,
    default: float | None,
    prices: Mapping[int, float],
    must: Sequence[int],
    checks: Checks,
) -> None:
    """Currencies are one, costs are above 0, and the budget buys those that must be in."""
    if asked.k is not None and len(must) > asked.k:
        checks.add("must_include", f"has {len(must)} nodes, more than k")
    if budget is None:
        return
    told = [("default_cost", asked.default_cost)] if asked.default_cost is not None else []
    told += [(f"costs[{at}].cost", each.cost) for at, each in enumerate(asked.costs)]
    for path, cost in told:
        if _currency(cost) != _currency(asked.budget):
            checks.add(path, f"is in {_currency(cost) or 'no currency'}, the budget is not")
        if not _amount(cost) > 0:
            checks.add(path, "is to be above 0")
    costs = [prices.get(place, default) for place in must]
    if None in costs:
        checks.add("must_include", "has nodes without a cost")
    elif sum(each for each in costs if each is not None) > budget:
        checks.add("must_include", "costs more than the budget")
    elif (
        not must and min([*prices.values(), *([default] if default is not None else [])], default=0) > budget
    ):
        checks.add("budget", "buys no node")


def _amount(cost: Any) -> float:
    return float(cost.amount if isinstance(cost, Price) else cost)


def _currency(cost: Any) -> str | None:
    return cost.currency if isinstance(cost, Price) else None


def _who(row: NodeCost | NodeWeight) -> str | int | None:
    """The one that is named; None unless exactly one is."""
    named = [each for each in (row.node, row.influencer_id) if each is not None]
    return named[0] if len(named) == 1 else None
