"""/v1/influencers/{id}/audience."""

from datetime import datetime
from typing import Annotated, cast
from uuid import UUID

from litestar import get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.influencers.accounts.actions import which
from service.influencers.audiences import actions, store
from service.influencers.audiences.schemas import (
    AudienceRow,
    AudienceShare,
    Dimension,
    InfluencerAudience,
    KnownAudience,
    NewAudience,
)
from service.influencers.changes import touched
from service.influencers.problems import (
    NoAccount,
    NotShares,
    UnknownAccount,
    UnknownAudience,
    UnknownInfluencer,
    WhichAccount,
)
from service.influencers.profiles import store as profiles
from service.influencers.schemas import Time
from service.influencers.tables import INFLUENCERS
from service.kit import clock, ids
from service.kit.db import Connection

Reader = Annotated[Caller, May("influencers:read")]
Writer = Annotated[Caller, May("influencers:write")]
AccountId = Annotated[
    str | None, QueryParameter(max_length=40, description="may be left out where there is one account")
]
SourceQuery = Annotated[str | None, QueryParameter(max_length=200, description="only of this source")]
AsOf = Annotated[Time | None, QueryParameter(description="of this moment; without it the newest")]
# Shares are stored in four bytes; so many digits are what those hold.
_DIGITS = 6


@get(
    "/v1/influencers/{influencer_id:str}/audience",
    tags=["influencers"],
    raises=[UnknownInfluencer, UnknownAccount, UnknownAudience, WhichAccount, NoAccount],
)
async def get_audience(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    influencer_id: FromPath[str],
    account_id: AccountId = None,
    source: SourceQuery = None,
    as_of: AsOf = None,
) -> InfluencerAudience:
    """An account's newest audience, or that of a source and a moment."""
    owner = await profiles.get_influencer(db, caller.workspace_id, ids.read("inf", influencer_id))
    account = await which(db, INFLUENCERS, caller.workspace_id, owner.id, account_id)
    return await _audience(db, caller.workspace_id, account.id, source, as_of)


@put(
    "/v1/influencers/{influencer_id:str}/audience",
    tags=["influencers"],
    raises=[UnknownInfluencer, UnknownAccount, WhichAccount, NoAccount, NotShares],
)
async def put_audience(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    influencer_id: FromPath[str],
    data: JSONBody[NewAudience],
    account_id: AccountId = None,
) -> InfluencerAudience:
    """Sets what one source says of an account's audience at one moment."""
    owner = await profiles.get_influencer(db, caller.workspace_id, ids.read("inf", influencer_id))
    account = await which(db, INFLUENCERS, caller.workspace_id, owner.id, account_id)
    as_of = data.as_of or await clock.now(db)
    await actions.replace(db, caller.workspace_id, account.id, data, as_of)
    await audit.record(db, caller, "audience.set", influencer_id, {"source": data.source})
    await touched(db, caller.workspace_id, [owner.id])
    return await _audience(db, caller.workspace_id, account.id, data.source, as_of)


async def _audience(
    db: Connection, workspace_id: UUID, account_id: UUID, source: str | None, as_of: datetime | None
) -> InfluencerAudience:
    row = await store.get_audience(db, workspace_id, account_id, source, as_of)
    known = await store.known(db, workspace_id, account_id)
    return InfluencerAudience(
        account_id=ids.show("acc", row.account_id),
        source=row.source,
        as_of=row.as_of,
        sample_size=row.sample_size,
        distributions=_shares(row),
        known=[KnownAudience(one.source, one.as_of, one.sample_size) for one in known],
    )


def _shares(row: AudienceRow) -> list[AudienceShare]:
    made = [
        AudienceShare(cast(Dimension, dimension), code, round(share, _DIGITS))
        for dimension, code, share in zip(row.dimensions, row.codes, row.shares, strict=True)
    ]
    return sorted(made, key=lambda each: (each.dimension, -each.share, each.code))


ROUTES = [get_audience, put_audience]
