"""Finding the accounts that rows of audiences and posts are about."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from service.influencers.bulk import store
from service.influencers.bulk.schemas import SUPPRESSED, UNKNOWN, Intake, Outcome, taken
from service.influencers.bulk.suppression import suppressed
from service.influencers.identity import Identity, identity
from service.influencers.intake.rows import AccountRow
from service.kit import ids
from service.kit.db import Connection


class Found(msgspec.Struct, frozen=True):
    """An account and whose it is."""

    account_id: UUID
    influencer_id: UUID


async def find(db: Connection, intake: Intake, rows: Sequence[AccountRow]) -> list[Found | Outcome]:
    """The account of each row, or why there is none."""
    who = [identity(row.platform, row.platform_id, row.handle, row.name, intake.source) for row in rows]
    gone = await suppressed(db, intake, who)
    distinct = list(dict.fromkeys(who))
    matches = {one.n: one for one in await store.match(db, intake.workspace_id, *_columns(distinct))}
    known = {one: _found(matches.get(n)) for n, one in enumerate(distinct, start=1)}
    return [SUPPRESSED if at in gone else known[one] for at, one in enumerate(who)]


def _found(match: store.Match | None) -> Found | Outcome:
    if match is None:
        return UNKNOWN
    if match.other_id is not None:
        return taken(ids.show("inf", match.other_id))
    return Found(match.account_id, match.influencer_id)


Texts = list[str | None]


def _columns(who: Sequence[Identity]) -> tuple[list[str], Texts, Texts, Texts, list[str]]:
    return (
        [one.platform for one in who],
        [one.platform_id for one in who],
        [one.handle_folded for one in who],
        [one.name_folded for one in who],
        [one.source for one in who],
    )
