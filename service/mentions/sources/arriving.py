"""What a source brought, taken in, and written down at the source."""

from collections import Counter
from uuid import UUID

import msgspec
from msgspec import structs

from service.kit import ids, jobs
from service.kit.db import Connection
from service.mentions.dating import dated
from service.mentions.intake.found import Found
from service.mentions.intake.own import SOURCE
from service.mentions.sources import store
from service.mentions.sources.schemas import SourceFault, SourceResult
from service.mentions.taking import take
from service.settings import Settings

SHOWN_FAULTS = 20
BATCH = 500
LOOK = "mentions.look"


async def arrive(
    db: Connection,
    settings: Settings,
    workspace_id: UUID,
    source_id: UUID,
    found: Found,
    status_code: int | None = None,
) -> SourceResult:
    """Takes mentions in, asks for those that were only named, and says at the source how it went.

    The same once more, in any order, changes nothing but the counts. Ids of a sender that we don't know are
    its own: two of them may both have a mention 7.
    """
    counts: Counter[str] = Counter()
    own = ids.show("lso", source_id)
    told = [structs.replace(one, source=own) if one.source == SOURCE else one for one in found.reports]
    reports = await dated(db, workspace_id, told, found.undated)
    for at in range(0, len(reports), BATCH):
        taken = await take(db, settings, workspace_id, reports[at : at + BATCH])
        counts.update(each.status for each in taken)
    if found.wanted:
        await store.add_fetches(
            *(db, workspace_id, source_id, [one.media_id for one in found.wanted]),
            *([one.comment_id or "" for one in found.wanted], [one.user_id for one in found.wanted]),
        )
        await jobs.enqueue(db, workspace_id, LOOK, dedupe="due")
    result = result_of(found, counts, status_code)
    told, error = msgspec.to_builtins(result), failure(found)
    if error:
        await store.save_error(db, workspace_id, source_id, error, told, found.failed)
    else:
        await store.save_result(
            *(db, workspace_id, source_id, told, found.cursor),
            *(result.created, result.updated, result.unchanged, found.failed),
        )
    return result


def result_of(found: Found, counts: Counter[str], status_code: int | None) -> SourceResult:
    """What a look or a delivery brought, as it is shown."""
    return SourceResult(
        at=found.at,
        status_code=status_code,
        created=counts["created"],
        updated=counts["updated"],
        unchanged=counts["unchanged"],
        ignored=found.ignored,
        wanted=len(found.wanted),
        failed=found.failed,
        faults=[SourceFault(*msgspec.structs.astuple(one)) for one in found.faults[:SHOWN_FAULTS]],
    )


def failure(found: Found) -> str | None:
    """Why nothing at all could be had; None where something could, or where there was nothing.

    >>> from datetime import UTC, datetime
    >>> one = Found(datetime(2026, 11, 25, tzinfo=UTC))
    >>> one.fault("", "no_feed", lost=True)
    >>> failure(one), failure(Found(one.at))
    ('no_feed', None)
    """
    if found.reports or found.wanted:
        return None
    return next((one.why for one in found.faults if one.lost or one.why == "source_error"), None)
