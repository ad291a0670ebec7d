"""Brands side by side, as the API and spreadsheets show them. Pure."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import StringIO
from uuid import UUID

from msgspec import Struct

from service.imports.rejects_csv import BOM, harmless
from service.influencers.accounts import show as accounts_show
from service.influencers.brands.comparing import deciding, measuring
from service.influencers.brands.comparing.schemas import (
    BrandComparison,
    ComparedAccount,
    ComparedBrand,
    ComparisonRow,
    PeriodEngagement,
    PostRow,
)
from service.influencers.brands.schemas import BrandRow
from service.kit import ids

FORMATS = ("feed", "reel", "short", "story")
COLUMNS = (
    *("brand_id", "brand", "kind", "relation", "account_id", "platform", "handle", "first_at"),
    *("first_followers", "last_at", "last_followers", "net_followers", "growth", "followers_reason", "posts"),
    *("sponsored_posts", "posts_per_week", "posts_reason", "likes", "comments", "shares", "views"),
    *(f"engagement_rate_{format}{what}" for format in FORMATS for what in ("", "_basis", "_n")),
)
Cell = str | int | float | datetime | None


class Asked(Struct, frozen=True):
    """What a comparison is made of."""

    since: datetime | None
    until: datetime | None
    now: datetime
    top: int
    statistic: str
    components: str


def comparison(
    brands: Sequence[BrandRow], rows: Sequence[ComparisonRow], posts: Sequence[PostRow], asked: Asked
) -> BrandComparison:
    """Brands side by side."""
    own: dict[UUID, list[ComparisonRow]] = defaultdict(list)
    for row in rows:
        own[row.brand_id].append(row)
    posted: dict[UUID, list[PostRow]] = defaultdict(list)
    for post in posts:
        posted[post.brand_id].append(post)
        posted[post.account_id].append(post)
    by_account = measuring.rates(posts, "account_id", asked.statistic, asked.components)
    by_brand = measuring.rates(posts, "brand_id", asked.statistic, asked.components)
    shown = []
    for brand in brands:
        accounts = [
            _account(row, posted[row.account_id], by_account[row.account_id], asked) for row in own[brand.id]
        ]
        shown.append(_brand(brand, accounts, posted[brand.id], by_brand[brand.id], asked.top))
    return BrandComparison(asked.since, asked.until, shown)


def _account(
    row: ComparisonRow, posts: Sequence[PostRow], rates: list[PeriodEngagement], asked: Asked
) -> ComparedAccount:
    net, growth, no_net = deciding.net(row)
    pace, no_pace = deciding.pace(row.posts, row.seen_at, asked.since, asked.until, asked.now)
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
        followers_reason=no_net,
        posts=row.posts,
        sponsored_posts=row.sponsored_posts,
        seen_at=row.seen_at,
        posts_per_week=pace,
        posts_reason=no_pace,
        likes=row.likes,
        comments=row.comments,
        shares=row.shares,
        views=row.views,
        engagement_rate=accounts_show.rate_of(row),
        measured_posts=len(posts),
        engagement=rates,
        top_posts=measuring.top_posts(posts, asked.top),
        top_hashtags=measuring.top_hashtags(posts, asked.top),
    )


def _brand(
    brand: BrandRow,
    accounts: list[ComparedAccount],
    posts: Sequence[PostRow],
    rates: list[PeriodEngagement],
    top: int,
) -> ComparedBrand:
    net = [one.net_followers for one in accounts if one.net_followers is not None]
    followers = [one.last_followers for one in accounts if one.last_followers is not None]
    paced = [one.posts_per_week for one in accounts if one.posts_per_week is not None]
    first = accounts[0] if accounts else None
    return ComparedBrand(
        brand_id=ids.show("brd", brand.id),
        name=brand.name,
        kind=brand.kind,
        relation=brand.relation,
        followers=sum(followers) if followers else None,
        net_followers=sum(net) if net else None,
        net_accounts=len(net),
        followers_reason=None if net else first.followers_reason if first else "no_accounts",
        posts=sum(one.posts for one in accounts),
        posts_per_week=sum(paced) if paced else None,
        paced_accounts=len(paced),
        posts_reason=None if paced else first.posts_reason if first else "no_accounts",
        engagement=rates,
        top_posts=measuring.top_posts(posts, top),
        top_hashtags=measuring.top_hashtags(posts, top),
        accounts=accounts,
    )


def sheet(compared: BrandComparison) -> str:
    """The spreadsheet: a row per brand, and one per account under it."""
    out = StringIO()
    write = csv.writer(out).writerow
    write(COLUMNS)
    for brand in compared.brands:
        write([_plain(cell) for cell in _brand_cells(brand)])
        for account in brand.accounts:
            write([_plain(cell) for cell in _account_cells(brand, account)])
    return BOM + out.getvalue()


def _brand_cells(brand: ComparedBrand) -> list[Cell]:
    nothing = (None,) * 3
    return [
        *(brand.brand_id, brand.name, brand.kind, brand.relation, *nothing, None, None, None),
        *(brand.followers, brand.net_followers, None, brand.followers_reason, brand.posts, None),
        *(brand.posts_per_week, brand.posts_reason, *nothing, None, *nothing * len(FORMATS)),
    ]


def _account_cells(brand: ComparedBrand, one: ComparedAccount) -> list[Cell]:
    return [
        *(brand.brand_id, brand.name, brand.kind, brand.relation, one.account_id, one.platform, one.handle),
        *(one.first_at, one.first_followers, one.last_at, one.last_followers, one.net_followers, one.growth),
        *(one.followers_reason, one.posts, one.sponsored_posts, one.posts_per_week, one.posts_reason),
        *(one.likes, one.comments, one.shares, one.views, *_rate_cells(one.engagement)),
    ]


def _rate_cells(rates: Iterable[PeriodEngagement]) -> list[Cell]:
    organic = {rate.format: rate for rate in rates if not rate.sponsored}
    found: list[Cell] = []
    for format in FORMATS:
        rate = organic.get(format)
        found += (None, None, None) if rate is None else (rate.value, rate.basis, rate.n)
    return found


def _plain(cell: Cell) -> str | None:
    if isinstance(cell, datetime):
        return cell.isoformat()
    return harmless(cell) if isinstance(cell, str) else None if cell is None else str(cell)
