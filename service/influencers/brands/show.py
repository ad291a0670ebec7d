"""Brands as the API shows them, alone and side by side."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from service.influencers.accounts import show as accounts_show
from service.influencers.accounts import store as accounts
from service.influencers.accounts.schemas import Account
from service.influencers.brands.schemas import (
    Brand,
    BrandRow,
)
from service.influencers.tables import BRANDS
from service.kit import ids
from service.kit.db import Connection


async def with_accounts(db: Connection, workspace_id: UUID, rows: Sequence[BrandRow]) -> list[Brand]:
    """Brands with their accounts, which one statement fetches."""
    own: dict[UUID, list[Account]] = defaultdict(list)
    for row in await accounts.accounts_of(db, BRANDS, workspace_id, [row.id for row in rows]):
        own[row.owner_id].append(accounts_show.account(row))
    return [_brand(row, own[row.id]) for row in rows]


def _brand(row: BrandRow, own: list[Account]) -> Brand:
    return Brand(
        id=ids.show("brd", row.id),
        name=row.name,
        kind=row.kind,
        relation=row.relation,
        proposition=row.proposition,
        values=row.values,
        archived_at=row.archived_at,
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
        accounts=own,
    )
