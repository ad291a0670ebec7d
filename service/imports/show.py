"""Imports as the API shows them."""

from service.imports.schemas import Counts, Import, ImportRow, RejectedRow, RejectRow
from service.kit import ids
from service.kit.jobs import Progress

_COUNTS = Counts.__struct_fields__
_SAME = tuple(name for name in Import.__struct_fields__ if name in ImportRow.__struct_fields__)


def one(row: ImportRow) -> Import:
    """An import."""
    same = {name: getattr(row, name) for name in _SAME}
    return Import(
        **{
            **same,
            "id": ids.show("imp", row.id),
            "job_id": ids.show("job", row.job_id),
            "progress": Progress(row.done, row.total),
            "counts": Counts(*(getattr(row, name) for name in _COUNTS)),
            "bytes": row.size,
            "sha256": row.sha256.hex(),
        }
    )


def rejected(row: RejectRow) -> RejectedRow:
    """A row that was not imported."""
    return RejectedRow(**{name: getattr(row, name) for name in RejectedRow.__struct_fields__})
