"""How influence is said to spread, as a canonical part of parameters, and the model that it means."""

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from graph.build import Graph
    from graph.models import Model

Kind = Literal["ic", "wc", "lt"]


class Spreading(Struct, frozen=True):
    """`p`: one probability for all arcs; None: wc and lt's own, or with `weights` the arcs' weights.

    reverse: arcs lead from who hears to who is heard, and are turned round first.
    """

    kind: Kind
    p: float | None = None
    weights: bool = False
    repeated: bool = False
    reverse: bool = False


def model_of(graph: "Graph", asked: Spreading) -> "Model":
    """Raises graph.models.BadModel."""
    from graph.models import independent_cascade, linear_threshold, weighted_cascade

    heard = graph.reversed() if asked.reverse else graph
    if asked.kind == "wc":
        return weighted_cascade(heard)
    if asked.kind == "lt":
        return linear_threshold(heard, heard.weights if asked.weights else None)
    chances = heard.weights if asked.weights or asked.p is None else asked.p
    return independent_cascade(heard, chances, repeated=asked.repeated)
