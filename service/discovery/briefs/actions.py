"""Checks of what briefs name, and following merges and erasures of influencers."""

from collections.abc import Mapping
from uuid import UUID

from service.discovery.briefs import checks, store, wishes
from service.discovery.briefs.problems import BriefArchived, ImpossibleWishes
from service.discovery.briefs.schemas import BriefPatch, BriefRow, NewBrief, Wishes
from service.discovery.word_lists import lists
from service.discovery.word_lists.store import changed_lists
from service.influencers.events import InfluencersErased, InfluencersMerged
from service.influencers.problems import UnknownBrand, UnknownInfluencer, UnknownPersona
from service.kit import ids
from service.kit.db import Connection
from service.kit.problems import NotFound


def check(data: NewBrief | BriefPatch) -> None:
    """Raises ImpossibleWishes, with every field that can't be."""
    audience = data.audience if data.audience else None
    weights = data.weights if data.weights else None
    faults = checks.faults(audience, weights)
    if faults:
        raise ImpossibleWishes(f"{len(faults)} wishes can't be met", errors=faults)


async def check_references(db: Connection, workspace_id: UUID, wished: Wishes) -> None:
    """Raises UnknownPersona, UnknownBrand, UnknownInfluencer, ImpossibleWishes for what is not there."""
    _refuse("per", UnknownPersona, await store.unknown_personas(db, workspace_id, wished.persona_ids))
    _refuse("brd", UnknownBrand, await store.unknown_brands(db, workspace_id, wished.competitors))
    unknown = lists.unknown(wished.vetoes.safety or (), await changed_lists(db, workspace_id))
    if unknown:
        message = f"no word list has the category {', '.join(unknown[:10])}"
        raise ImpossibleWishes(message, errors=[{"path": "vetoes.safety", "message": message}])
    vetoed = wished.vetoes.influencer_ids
    _refuse("inf", UnknownInfluencer, await store.unknown_influencers(db, workspace_id, vetoed))


def _refuse(prefix: str, problem: type[NotFound], unknown: list[UUID]) -> None:
    if unknown:
        raise problem(f"there is no {', '.join(ids.show(prefix, each) for each in unknown[:10])}")


async def open_brief(db: Connection, workspace_id: UUID, brief_id: UUID) -> BriefRow:
    """A brief that is worked with. Raises UnknownBrief, BriefArchived."""
    row = await store.get_brief(db, workspace_id, brief_id)
    if row.archived_at is not None:
        raise BriefArchived("restore it first")
    return row


async def follow_merge(db: Connection, event: InfluencersMerged) -> None:
    """A veto against a profile that was merged is one against the profile that was kept."""
    await _replace(db, event.workspace_id, dict.fromkeys(event.merged, event.kept))


async def forget(db: Connection, event: InfluencersErased) -> None:
    """Briefs do not name who was erased."""
    await _replace(db, event.workspace_id, dict.fromkeys(event.ids, None))


async def _replace(db: Connection, workspace_id: UUID, moved: Mapping[UUID, UUID | None]) -> None:
    for row in await store.briefs_vetoing(db, workspace_id, [str(each) for each in moved]):
        await store.save_wishes(db, workspace_id, row.id, wishes.replaced(row.wishes, moved))
