"""A batch of a file of audiences."""

from collections.abc import Sequence

from service.influencers.audiences import actions
from service.influencers.audiences.values import AudienceValues
from service.influencers.bulk.accounts import Found, find
from service.influencers.bulk.schemas import DONE, Intake, Outcome
from service.influencers.changes import touched
from service.influencers.intake.rows import AudienceRow
from service.kit.db import Connection


async def put_audiences(db: Connection, intake: Intake, rows: Sequence[AudienceRow]) -> list[Outcome]:
    """Adds or completes the audiences of accounts that are known; an outcome for each row.

    A row that was taken in before changes nothing. A file may have a row for each share.
    """
    if not rows:
        return []
    found = await find(db, intake, rows)
    known = [(at, one) for at, one in enumerate(found) if isinstance(one, Found)]
    values = [_values(rows[at], one, intake) for at, one in known]
    statuses = await actions.put(db, intake.workspace_id, values) if values else []
    outcomes = [one if isinstance(one, Outcome) else DONE["unchanged"] for one in found]
    changed = set()
    for (at, one), status in zip(known, statuses, strict=True):
        outcomes[at] = DONE[status]
        if status != "unchanged":
            changed.add(one.influencer_id)
    await touched(db, intake.workspace_id, sorted(changed))
    return outcomes


def _values(row: AudienceRow, account: Found, intake: Intake) -> AudienceValues:
    as_of = intake.moment(row.as_of)
    return AudienceValues(account.account_id, as_of, intake.source, row.sample_size, row.shares)
