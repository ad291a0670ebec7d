"""/v1/influencers/{id}/rates."""

from datetime import date
from typing import Annotated

from litestar import delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.influencers.changes import touched
from service.influencers.problems import RateTaken, UnknownInfluencer, UnknownRate
from service.influencers.profiles import store as profiles
from service.influencers.rates import actions, show, store
from service.influencers.rates.schemas import NewRate, Rate, RateCard
from service.influencers.rates.timeline import holding
from service.influencers.schemas import ByDay, Platform
from service.kit import clock, ids, paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, Cursor, Limit, Page

Reader = Annotated[Caller, May("influencers:read")]
Writer = Annotated[Caller, May("influencers:write")]
On = Annotated[date | None, QueryParameter(description="only what holds on this day")]
FormatQuery = Annotated[str | None, QueryParameter(max_length=40)]


@get("/v1/influencers/{influencer_id:str}/rates", tags=["influencers"], raises=[UnknownInfluencer])
async def list_rates(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    influencer_id: FromPath[str],
    platform: Annotated[Platform | None, QueryParameter()] = None,
    format: FormatQuery = None,
    on: On = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Rate]:
    """Prices with the days on which they hold, the newest first."""
    row = await profiles.get_influencer(db, caller.workspace_id, ids.read("inf", influencer_id))
    wanted = {"platform": platform, "format": format, "on": on}
    after = paging.decode(cursor, ByDay)
    rows = await store.list_rates(db, caller.workspace_id, row.id, wanted, after, limit + 1)
    return paging.page(rows, limit, lambda rate: (rate.valid_from, rate.id), show.rate)


@post(
    "/v1/influencers/{influencer_id:str}/rates",
    tags=["influencers"],
    raises=[UnknownInfluencer],
)
async def add_rate(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    influencer_id: FromPath[str],
    data: JSONBody[NewRate],
) -> Rate:
    """Adds a price, which ends the one before it; answers what holds from that day on."""
    row = await profiles.lock_influencer(db, caller.workspace_id, ids.read("inf", influencer_id))
    today = (await clock.now(db)).date()
    new = actions.rows(row.id, [data], "api", today)
    await actions.add(db, caller.workspace_id, new)
    await audit.record(db, caller, "rate.added", influencer_id)
    await touched(db, caller.workspace_id, [row.id])
    return show.rate(holding(await store.rates_of(db, caller.workspace_id, [row.id]), new[0]))


@put(
    "/v1/influencers/{influencer_id:str}/rates",
    tags=["influencers"],
    raises=[UnknownInfluencer, RateTaken],
)
async def put_rates(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    influencer_id: FromPath[str],
    data: JSONBody[RateCard],
) -> list[Rate]:
    """Makes these the influencer's prices."""
    row = await profiles.lock_influencer(db, caller.workspace_id, ids.read("inf", influencer_id))
    today = (await clock.now(db)).date()
    card = actions.rows(row.id, data.rates, "api", today)
    await actions.replace(db, caller.workspace_id, row.id, card)
    await audit.record(db, caller, "rates.replaced", influencer_id, {"rates": len(card)})
    await touched(db, caller.workspace_id, [row.id])
    return [show.rate(rate) for rate in await store.rates_of(db, caller.workspace_id, [row.id])]


@delete(
    "/v1/influencers/{influencer_id:str}/rates/{rate_id:str}",
    tags=["influencers"],
    raises=[UnknownInfluencer, UnknownRate],
)
async def delete_rate(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    influencer_id: FromPath[str],
    rate_id: FromPath[str],
) -> None:
    """Removes a price that was wrong."""
    owner = ids.read("inf", influencer_id)
    row = await store.delete_rate(db, caller.workspace_id, owner, ids.read("rat", rate_id))
    await audit.record(db, caller, "rate.deleted", influencer_id)
    await touched(db, caller.workspace_id, [row.influencer_id])


ROUTES = [list_rates, add_rate, put_rates, delete_rate]
