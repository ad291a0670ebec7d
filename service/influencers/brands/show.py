"""Brands as the API shows them, alone and side by side."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from service.influencers.accounts import show as accounts_show
from service.influencers.accounts import store as accounts
from service.influencers.accounts.schemas import Account
from service.influencers.brands.schemas import (
    Brand,
    BrandComparison,
    BrandRow,
    ComparedAccount,
    ComparedBrand,
    ComparisonRow,
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


def comparison(
    brands: Sequence[BrandRow],
    rows: Sequence[ComparisonRow],
    since: datetime | None,
    until: datetime | None,
) -> BrandComparison:
    """Brands side by side."""
    own: dict[UUID, list[ComparisonRow]] = defaultdict(list)
    for row in rows:
        own[row.brand_id].append(row)
    return BrandComparison(since, until, [_compared(brand, own[brand.id]) for brand in brands])


def _compared(brand: BrandRow, rows: Sequence[ComparisonRow]) -> ComparedBrand:
    followers = [row.last_followers for row in rows if row.last_followers is not None]
    return ComparedBrand(
        brand_id=ids.show("brd", brand.id),
        name=brand.name,
        kind=brand.kind,
        relation=brand.relation,
        followers=sum(followers) if followers else None,
        posts=sum(row.posts for row in rows),
        accounts=[_account(row) for row in rows],
    )


def _account(row: ComparisonRow) -> ComparedAccount:
    net = growth = None
    if row.first_followers is not None and row.last_followers is not None and row.first_at != row.last_at:
        net = row.last_followers - row.first_followers
        growth = net / row.first_followers if row.first_followers else None
    return ComparedAccount(
        account_id=ids.show("acc", row.account_id),
        platform=row.platform,
        handle=row.handle,
        first_at=row.first_at,
        last_at=row.last_at,
        first_followers=row.first_followers,
        last_followers=row.last_followers,
        net_followers=net,
        growth=growth,
        posts=row.posts,
        sponsored_posts=row.sponsored_posts,
        likes=row.likes,
        comments=row.comments,
        shares=row.shares,
        views=row.views,
        engagement_rate=accounts_show.rate_of(row),
    )
