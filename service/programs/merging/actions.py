"""One partner of several records."""

from collections.abc import Sequence
from uuid import UUID

from service.kit import events
from service.kit.db import Connection
from service.kit.text import fold_tr
from service.programs import store as partners
from service.programs.events import PartnersMerged
from service.programs.merging import store
from service.programs.merging.together import together
from service.programs.names import email_key, slug
from service.programs.problems import UnknownPartner
from service.programs.schemas import PartnerRow


async def lock(
    db: Connection, workspace_id: UUID, keep: UUID, merge: Sequence[UUID]
) -> tuple[PartnerRow, list[PartnerRow]]:
    """The kept partner as it will be, and the others. Raises UnknownPartner, CannotMergePartners."""
    asked = [keep, *merge]
    if {*await store.lock(db, workspace_id, asked)} != {*asked}:
        raise UnknownPartner("one of them is not there")
    kept, *others = [await partners.get_partner(db, workspace_id, one) for one in asked]
    return together(kept, others), others


async def merge(
    db: Connection, workspace_id: UUID, kept: PartnerRow, others: Sequence[PartnerRow]
) -> PartnerRow:
    """Merges them. What hangs on the duplicates follows by the event."""
    merged = [row.id for row in others]
    present = await partners.get_partner(db, workspace_id, kept.id)
    await store.merge(db, workspace_id, kept.id, merged)
    for one in merged:
        await partners.note_partner(db, workspace_id, one)
    await partners.save_partner(
        db,
        workspace_id,
        kept.id,
        kept.program_id,
        kept.influencer_id,
        kept.name,
        slug(kept.name),
        fold_tr(kept.name),
        kept.email,
        email_key(kept.email),
        kept.group,
        kept.status,
        # One that opted out is not seen, and stays.
        kept.influencer_id != present.influencer_id,
    )
    await partners.note_partner(db, workspace_id, kept.id)
    await events.emit(db, PartnersMerged(workspace_id, kept.id, merged))
    return await partners.get_partner(db, workspace_id, kept.id)
