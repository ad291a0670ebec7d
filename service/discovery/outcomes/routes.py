"""/v1/outcomes: collaborations made elsewhere. They come in by files (POST /v1/imports?kind=outcomes)."""

from datetime import datetime
from typing import Annotated, cast
from uuid import UUID

from litestar import delete, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.discovery.briefs.wishes import read_or_none
from service.discovery.outcomes import store
from service.discovery.outcomes.problems import UnknownOutcome
from service.discovery.outcomes.schemas import ListedOutcomes, OutcomeRow, OutcomeView
from service.influencers.reading import id_list
from service.influencers.schemas import From, IdList, Platform, To
from service.kit import ids as outer
from service.kit import paging
from service.kit.db import Connection
from service.kit.money import Price
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, NotFound

Reader = Annotated[Caller, May("discovery:read")]
Writer = Annotated[Caller, May("discovery:write")]
OfInfluencer = Annotated[str | None, QueryParameter(max_length=40, description="of this influencer")]
OfBrand = Annotated[str | None, QueryParameter(max_length=40, description="for this brand")]
OnPlatform = Annotated[Platform | None, QueryParameter(description="on this platform")]


@get("/v1/outcomes", tags=["discovery"], raises=[BadCursor, InvalidInput, NotFound])
async def list_outcomes(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    ids: IdList = None,
    influencer_id: OfInfluencer = None,
    brand_id: OfBrand = None,
    platform: OnPlatform = None,
    since: From = None,
    until: To = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[OutcomeView]:
    """Collaborations, those that ended last first; `from` and `to` are about when they ended."""
    wanted = ListedOutcomes(
        ids=id_list("out", ids),
        influencer_id=read_or_none("inf", influencer_id),
        brand_id=read_or_none("brd", brand_id),
        platform=platform,
        since=since,
        until=until,
    )
    after = paging.decode(cursor, tuple[datetime, UUID])
    rows = await store.list_outcomes(db, caller.workspace_id, wanted, after, limit + 1)
    return paging.page(rows, limit, lambda row: (row.finished_at, row.id), _shown)


def _shown(row: OutcomeRow) -> OutcomeView:
    def price(amount: int | None) -> Price | None:
        return None if amount is None or row.currency is None else Price(amount, row.currency)

    return OutcomeView(
        id=outer.show("out", row.id),
        influencer_id=outer.show("inf", row.influencer_id),
        influencer_name=row.influencer_name,
        brand_id=outer.show_or_none("brd", row.brand_id),
        brand_name=row.brand_name,
        platform=cast("Platform | None", row.platform),
        format=row.format,
        finished_at=row.finished_at,
        price=price(row.price),
        cost=price(row.cost),
        conversions=row.conversions,
        engagements=row.engagements,
        exclusive_until=row.exclusive_until,
        external_id=row.external_id,
        source=row.source,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


@delete("/v1/outcomes/{outcome_id:str}", tags=["discovery"], raises=[UnknownOutcome])
async def delete_outcome(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], outcome_id: FromPath[str]
) -> None:
    """Takes a collaboration out; models that learned from it stay as they are until they are trained anew."""
    if await store.delete_outcome(db, caller.workspace_id, outer.read("out", outcome_id)) is None:
        raise UnknownOutcome(f"there is no {outcome_id!r}")
    await audit.record(db, caller, "outcome.deleted", outcome_id)


ROUTES: list[ControllerRouterHandler] = [list_outcomes, delete_outcome]
