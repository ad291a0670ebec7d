"""The leaderboard, of all time or of a span, without counting every referral."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from service.advocacy.board import store
from service.advocacy.board.store import BestRow
from service.advocacy.members.schemas import BoardRow
from service.kit.db import Connection, plan_for_values
from service.kit.problems import InvalidInput

# So many referrals of a span are counted one by one; of more, those of the advocates who lead of all time.
MANY = 20_000
FIRST, TIMES, ALL = 400, 8, 10_000_000


async def board(
    db: Connection,
    workspace_id: UUID,
    program_id: UUID,
    since: datetime | None,
    until: datetime | None,
    places: int,
) -> list[BoardRow]:
    """Who brought the most friends who bought, the first places; equal ones share a rank. Raises
    InvalidInput."""
    if found := faults(since, until):
        errors = [{"path": path, "message": message} for path, message in found]
        raise InvalidInput("a span that can't be", errors=errors)
    if since is None and until is None:
        return await store.board(db, workspace_id, program_id, places)
    await plan_for_values(db)
    span = (workspace_id, program_id, since, until)
    if await store.qualified_in_span(db, *span, MANY + 1) <= MANY:
        rows = await store.board_of_span(db, *span, places)
    else:
        rows = await _of_best(db, span, places)
    if len(rows) < places:
        rows += await store.board_without(db, *span, len(rows) + 1, places - len(rows))
    return rows


def faults(since: datetime | None, until: datetime | None) -> list[tuple[str, str]]:
    """What is wrong with a span.

    >>> faults(datetime(2026, 1, 1), None)
    [('from', 'has no offset')]
    """
    named = (("from", since), ("to", until))
    found = [(name, "has no offset") for name, at in named if at is not None and at.tzinfo is None]
    if not found and since is not None and until is not None and since >= until:
        found.append(("from", "is not before `to`"))
    return found


async def _of_best(
    db: Connection, span: tuple[UUID, UUID, datetime | None, datetime | None], places: int
) -> list[BoardRow]:
    most = max(FIRST, 20 * places)
    while not enough(found := await store.board_of_best(db, *span, places, most), places) and most < ALL:
        most *= TIMES
    return [BoardRow(row.rank, row.name, row.tier, row.qualified) for row in found]


def enough(found: Sequence[BestRow], places: int) -> bool:
    """Whether nobody who was not looked at can be among the first places: they brought fewer of all time than
    the last of these in the span.

    >>> row = BestRow(1, "A.", None, 5, least=5)
    >>> enough([row], 1), enough([BestRow(1, "A.", None, 5, least=4)], 1), enough([row], 2)
    (False, True, False)
    """
    if not found or not found[0].least:
        return bool(found)
    return len(found) >= places and found[-1].qualified > found[-1].least
