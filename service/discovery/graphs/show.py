"""Reach graphs as the API shows them."""

from collections import Counter

from service.discovery.graphs.schemas import Graph, GraphRow
from service.kit import ids

_SAME = tuple(name for name in Graph.__struct_fields__ if name in GraphRow.__struct_fields__)


def graph(row: GraphRow) -> Graph:
    """A graph."""
    same = {name: getattr(row, name) for name in _SAME}
    refused: Counter[str] = Counter()
    for source in row.sources:
        refused.update(source.refused)
    return Graph(
        **{
            **same,
            "id": ids.show("gra", row.id),
            "job_id": ids.show_or_none("job", row.job_id),
            "orientation": "hearer_to_heard" if row.reverse else "heard_to_hearer",
            "refused": dict(refused),
        }
    )
