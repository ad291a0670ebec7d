"""What a page shows of the influencers that were found: fetched by id, behind the wall."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec
from msgspec import UNSET

from service.discovery.search import store
from service.discovery.search.finding import Hit
from service.discovery.search.schemas import Found, Include, Match, MatchRow
from service.influencers.accounts import show as accounts_show
from service.influencers.accounts import store as accounts
from service.influencers.accounts.schemas import Account
from service.influencers.audiences.schemas import AudienceShare
from service.influencers.profiles import show as profiles_show
from service.influencers.profiles import store as profiles
from service.influencers.tables import INFLUENCERS
from service.kit.db import Connection
from service.kit.money import Money

Fits = Mapping[UUID, float | None]


async def shown(
    db: Connection,
    workspace_id: UUID,
    hits: Sequence[Hit],
    include: Sequence[Include],
    fits: Fits | None,
) -> list[Found]:
    """The profiles of a page in its order, with what was asked for beside them.

    Who went between the search and this reading is left out.
    """
    ids = [hit.influencer_id for hit in hits]
    rows = {row.id: row for row in await profiles.influencers_by_id(db, workspace_id, ids)}
    beside = await profiles_show.beside(db, workspace_id, ids, frozenset(include))
    matches = await _matches(db, workspace_id, hits)
    audiences = await _audiences(db, workspace_id, hits) if "audience" in include else None
    return [
        Found(
            **msgspec.structs.asdict(profiles_show.influencer(rows[hit.influencer_id], beside)),
            match=matches.get(hit.account_id),
            fit=UNSET if fits is None else fits.get(hit.influencer_id),
            audience=UNSET if audiences is None else audiences.get(hit.account_id, []),
        )
        for hit in hits
        if hit.influencer_id in rows
    ]


async def _matches(db: Connection, workspace_id: UUID, hits: Sequence[Hit]) -> dict[UUID, Match]:
    influencers = [hit.influencer_id for hit in hits]
    known = await accounts.accounts_of(db, INFLUENCERS, workspace_id, influencers)
    by_id = {row.id: accounts_show.account(row) for row in known}
    rows = await store.matches(db, workspace_id, influencers, [hit.account_id for hit in hits])
    return {row.account_id: _match(row, by_id[row.account_id]) for row in rows if row.account_id in by_id}


def _match(row: MatchRow, account: Account) -> Match:
    cost = row.cost_per_1000_views
    return Match(
        account=account,
        growth=row.growth,
        price=None if row.price is None else Money(row.price, row.currency),
        cost_per_1000_views=None if cost is None else Money(round(cost), row.currency),
    )


async def _audiences(
    db: Connection, workspace_id: UUID, hits: Sequence[Hit]
) -> dict[UUID, list[AudienceShare]]:
    rows = await store.audiences(db, workspace_id, [hit.account_id for hit in hits])
    return {row.account_id: _shares(row) for row in rows}


def _shares(row: store.AudienceRow) -> list[AudienceShare]:
    shares = zip(row.dimensions, row.codes, row.shares, strict=True)
    # Shares are stored in four bytes; six digits are what those hold.
    return [
        msgspec.convert({"dimension": dimension, "code": code, "share": round(share, 6)}, AudienceShare)
        for dimension, code, share in shares
    ]
