"""What advocates do that no order tells, and what they are given for it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal
from uuid import UUID

from service.advocacy.earning import Fact
from service.advocacy.members import store
from service.advocacy.members.schemas import AdvocateBrief, DeedRow
from service.advocacy.rewards import bringing
from service.advocacy.rewards import store as rewards
from service.advocacy.rewards.bringing import Owner
from service.advocacy.rewards.earned import Sides, Source, earned
from service.advocacy.terms import store as terms
from service.advocacy.terms.shapes import Trigger
from service.kit import ids
from service.kit.db import Connection

Kind = Literal["click", "review", "content", "mention", "comment", "share"]
_TRIGGERS: Mapping[Kind, Trigger] = {
    "click": "referred_click",
    "review": "review",
    "content": "content",
    "mention": "mention",
    "comment": "comment",
    "share": "share",
}


async def record(
    db: Connection,
    workspace_id: UUID,
    advocate: AdvocateBrief,
    kind: Kind,
    external_id: str,
    at: datetime | None,
    by: str,
) -> DeedRow:
    """The deed, and its rewards, for one who is active; told again, it is the one that there is, and gives
    nothing more."""
    await rewards.take_programs(db, workspace_id, [advocate.program_id])
    row = await store.add_deed(
        db,
        workspace_id,
        ids.new(),
        advocate.program_id,
        advocate.id,
        advocate.partner_id,
        kind,
        external_id,
        at,
        by,
    )
    if row is None:
        return await store.deed(db, workspace_id, advocate.program_id, kind, external_id)
    running = await terms.status_of(db, workspace_id, advocate.program_id) == "active"
    if running and advocate.status == "active":
        owner = Owner(advocate.id, advocate.partner_id)
        fact = Fact(_TRIGGERS[kind], ids.show("dee", row.id), row.occurred_at, advocate.tier)
        source = Source(advocate.program_id, deed_id=row.id)
        new = await earned(db, workspace_id, [(fact, source)], Sides(owner), [])
        await bringing.bring(db, workspace_id, [owner], by, new=new)
    return row
