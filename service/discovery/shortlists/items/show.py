"""Items as the API shows them, with what was asked for beside them."""

from collections.abc import Sequence, Set
from uuid import UUID

from msgspec import UNSET, Struct

from service.discovery.briefs.store import get_brief
from service.discovery.content.naming import with_names
from service.discovery.scores import actions as scoring
from service.discovery.scores import show as scores_show
from service.discovery.scores.schemas import Language, Scores
from service.discovery.shortlists.items.schemas import (
    ItemRow,
    ShortlistItem,
)
from service.discovery.shortlists.problems import NoBrief
from service.influencers.profiles.show import Beside, beside
from service.kit import ids
from service.kit.db import Connection

EVERYTHING = frozenset({"accounts", "rates", "scores"})


class Near(Struct):
    """What stands beside each item; None where it was not asked for."""

    profiles: Beside
    scores: dict[UUID, Scores] | None = None


NOTHING = Near(Beside())


async def near(
    db: Connection,
    workspace_id: UUID,
    influencers: Sequence[UUID],
    include: Set[str],
    brief_id: UUID | None,
    lang: Language,
) -> Near:
    """A few statements, however many items there are. Raises NoBrief where scores have nothing to go by."""
    profiles = await beside(db, workspace_id, influencers, include & {"accounts", "rates"})
    if "scores" not in include:
        return Near(profiles)
    if brief_id is None:
        raise NoBrief("the list has no brief", errors=[{"path": "include", "message": "has no scores"}])
    return Near(profiles, await scores(db, workspace_id, influencers, brief_id, lang))


async def scores(
    db: Connection, workspace_id: UUID, influencers: Sequence[UUID], brief_id: UUID, lang: Language
) -> dict[UUID, Scores]:
    """Scores of now for a brief."""
    brief = await get_brief(db, workspace_id, brief_id)
    asked, made = await scoring.some(db, workspace_id, brief, influencers)
    ranked = await with_names(db, workspace_id, made.ranking.page(0, len(influencers)), asked)
    return {each.key: scores_show.scores(each, asked, lang) for each in ranked}


def item(row: ItemRow, near: Near) -> ShortlistItem:
    """An item as it is answered."""
    profiles = near.profiles
    return ShortlistItem(
        influencer=scores_show.card(row),
        status=row.status,
        reason=row.reason,
        notes=row.notes,
        fit=row.fit,
        sentences=row.sentences,
        run_id=ids.show_or_none("run", row.run_id),
        added_at=row.added_at,
        updated_at=row.updated_at,
        accounts=UNSET if profiles.accounts is None else profiles.accounts.get(row.id, []),
        rates=UNSET if profiles.rates is None else profiles.rates.get(row.id, []),
        scores=UNSET if near.scores is None else near.scores[row.id],
    )
