"""Taking files of reviews in, as any other."""

from collections.abc import Sequence
from uuid import UUID

from service.advocacy.reviews.files.rows import ReviewFileRow
from service.advocacy.reviews.taking import take
from service.advocacy.reviews.told import SOURCE, Told, Words, told
from service.imports.outcomes import Origin, Outcome
from service.kit import clock, ids
from service.kit.db import Connection
from service.mentions.filing import source_of


async def take_in(db: Connection, origin: Origin, rows: Sequence[ReviewFileRow]) -> Sequence[Outcome]:
    """Takes the reviews of a batch in: an outcome for each row."""
    outcomes: list[Outcome | None] = [
        None if row.occurred_at is None or clock.is_usual(row.occurred_at) else _unusual() for row in rows
    ]
    good = [row for row, bad in zip(rows, outcomes, strict=True) if bad is None]
    read = [_told(origin.workspace_id, row, origin) for row in good]
    by = ids.show("imp", origin.import_id)
    taken = iter(await take(db, origin.settings, origin.workspace_id, read, by))
    return [each or Outcome(next(taken).status) for each in outcomes]


def _told(workspace_id: UUID, row: ReviewFileRow, origin: Origin) -> Told:
    """A row as a review. One without a time is of the file's day."""
    source = source_of(row.source, origin.source)
    words = Words(
        external_id=row.external_id,
        rating=row.rating,
        title=row.title,
        text=row.text or "",
        language=row.language,
        product_id=row.product_id,
        product_name=row.product_name,
        order_id=row.order_id,
        customer_id=row.customer_id,
        email=row.email,
        author_name=None if row.author_name is None else row.author_name[:200],
        occurred_at=row.occurred_at or origin.as_of,
        undated=row.occurred_at is None,
        # As the API calls what it isn't told: the same review from both is one.
        source=SOURCE if source == "file" else source,
        shop=origin.shop.strip(),
        media=row.media,
        status=row.status,
        incentivized=row.incentivized,
    )
    return told(workspace_id, words)


def _unusual() -> Outcome:
    return Outcome("rejected", "not_a_date", f"occurred_at: {clock.OUTSIDE}")
