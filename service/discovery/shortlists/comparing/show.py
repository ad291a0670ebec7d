"""Comparisons as the API shows them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from msgspec import UNSET

from service.discovery.scores import show as scores_show
from service.discovery.shortlists.comparing import store
from service.discovery.shortlists.comparing.schemas import AudienceRow, Compared, ComparedAudience
from service.discovery.shortlists.items.schemas import ItemRow
from service.discovery.shortlists.items.show import Near
from service.influencers.audiences.schemas import AudienceShare
from service.kit import ids
from service.kit.db import Connection


def compared(row: ItemRow, near: Near, audiences: Mapping[UUID, AudienceRow]) -> Compared:
    """One column of a comparison."""
    return Compared(
        influencer=scores_show.card(row),
        status=row.status,
        fit=row.fit,
        accounts=(near.profiles.accounts or {}).get(row.id, []),
        rates=(near.profiles.rates or {}).get(row.id, []),
        audience=audience(audiences[row.id]) if row.id in audiences else None,
        scores=UNSET if near.scores is None else near.scores[row.id],
    )


async def audiences(
    db: Connection, workspace_id: UUID, influencers: Sequence[UUID]
) -> dict[UUID, AudienceRow]:
    """The newest audience of each who has one."""
    rows = await store.audiences(db, workspace_id, list(influencers))
    return {row.influencer_id: row for row in rows}


def audience(row: AudienceRow) -> ComparedAudience:
    return ComparedAudience(
        account_id=ids.show("acc", row.account_id),
        source=row.source,
        as_of=row.as_of,
        sample_size=row.sample_size,
        distributions=distributions(row),
    )


def distributions(row: AudienceRow) -> list[AudienceShare]:
    """The shares of an audience. They are stored in four bytes: more than seven digits are not known."""
    cells = zip(row.dimensions, row.codes, row.shares, strict=True)
    return [AudienceShare(name, code, round(share, 7)) for name, code, share in cells]
