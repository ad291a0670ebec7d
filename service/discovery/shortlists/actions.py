"""What every change of a list begins with, and how a list is shown."""

from collections.abc import Sequence
from uuid import UUID

from service.discovery.shortlists import store
from service.discovery.shortlists.problems import ShortlistArchived
from service.discovery.shortlists.schemas import Shortlist, ShortlistRow, StatusCounts
from service.kit import etag, ids
from service.kit.db import Connection


async def locked(
    db: Connection, workspace_id: UUID, text: str, if_match: str | None, *, required: bool = False
) -> ShortlistRow:
    """The list that is changed, held until the end of the transaction.

    Raises UnknownShortlist, PreconditionFailed, PreconditionRequired, ShortlistArchived.
    """
    row = await store.lock_shortlist(db, workspace_id, ids.read("sho", text))
    etag.match(if_match, row.version, required=required)
    if row.archived_at is not None:
        raise ShortlistArchived("restore it first")
    return row


async def shown(db: Connection, workspace_id: UUID, rows: Sequence[ShortlistRow]) -> list[Shortlist]:
    """Lists as the API shows them."""
    counts: dict[UUID, dict[str, int]] = {row.id: {} for row in rows}
    for each in await store.counts_of(db, workspace_id, list(counts)):
        counts[each.shortlist_id][each.status] = each.items
    return [_shown(row, counts[row.id]) for row in rows]


def outer(row: ShortlistRow) -> str:
    return ids.show("sho", row.id)


def _shown(row: ShortlistRow, counts: dict[str, int]) -> Shortlist:
    return Shortlist(
        id=outer(row),
        name=row.name,
        brief_id=ids.show_or_none("bri", row.brief_id),
        notes=row.notes,
        items=sum(counts.values()),
        counts=StatusCounts(**counts),
        archived_at=row.archived_at,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
