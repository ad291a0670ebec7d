"""What can be computed of a graph: one module each, and the registry that jobs and requests look into."""

from service.discovery.computations.operations import authority, bridges, communities, ego, influence, spread
from service.discovery.computations.operations.base import Operation

OPERATIONS: dict[str, Operation] = {
    each.name: each
    for each in (
        influence.OPERATION,
        spread.OPERATION,
        authority.AUTHORITY,
        authority.HITS,
        communities.OPERATION,
        bridges.OPERATION,
        ego.OPERATION,
    )
}
