"""Cells of a matrix as bytes (pure)."""

import io

import numpy as np

from service.discovery.reach.overlaps.counting import Shared

_PARTS = ("value", "low", "high")


def pack(shared: Shared) -> bytes:
    """Ends that are the values themselves are written once.

    >>> cells = np.array([[3.0, 1.0], [1.0, 2.0]])
    >>> unpack(pack(Shared(cells, cells, cells))).high.tolist()
    [[3.0, 1.0], [1.0, 2.0]]
    """
    parts = {name: getattr(shared, name) for name in _PARTS}
    kept = {
        name: cells
        for name, cells in parts.items()
        if name == "value" or not np.array_equal(cells, shared.value, equal_nan=True)
    }
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **kept)
    return buffer.getvalue()


def unpack(data: bytes) -> Shared:
    """What was packed."""
    with np.load(io.BytesIO(data)) as kept:
        value = kept["value"]
        return Shared(*(kept[name] if name in kept.files else value for name in _PARTS))
