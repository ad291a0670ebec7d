"""Rows of a stored result, read from the middle of its columns."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from service.discovery.computations import store
from service.discovery.computations.problems import PageGone
from service.kit.db import Connection

Columns = dict[str, NDArray[Any]]
PLACES = {"places": "<i4"}


async def rows(
    db: Connection, workspace_id: UUID, result_id: UUID, kinds: Mapping[str, str], first: int, count: int
) -> Columns:
    """`count` values of each column from the row `first` on; fewer at the end. Raises PageGone."""
    made: Columns = {}
    for name, kind in kinds.items():
        size = np.dtype(kind).itemsize
        data = await store.read_column(db, workspace_id, result_id, name, first * size, count * size)
        if data is None:
            raise PageGone("begin with the first page")
        made[name] = np.frombuffer(data, dtype=kind)
    return made


async def whole(db: Connection, workspace_id: UUID, result_id: UUID, name: str, kind: str) -> NDArray[Any]:
    """All values of a column. Raises PageGone."""
    data = await store.whole_column(db, workspace_id, result_id, name)
    if data is None:
        raise PageGone("begin with the first page")
    return np.frombuffer(data, dtype=kind)
