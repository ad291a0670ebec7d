"""/v1/emv: the value of posts and mentions by a table of rates."""

from typing import Annotated

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.imports.rejects_csv import BOM
from service.influencers.problems import UnknownBrand, UnknownInfluencer
from service.influencers.schemas import From, To
from service.kit.db import Connection
from service.kit.problems import InvalidInput, NotFound
from service.mentions.emv import actions, showing, tables
from service.mentions.emv.actions import Question
from service.mentions.emv.schemas import Emv, EmvTrial, Of
from service.mentions.emv.valuing import value
from service.mentions.problems import UnknownQuery, UnknownRateTable

Reader = Annotated[Caller, May("mentions:read")]
CSV = {"text/csv": {"schema": {"type": "string"}}}
RAISES = [InvalidInput, NotFound, UnknownInfluencer, UnknownBrand, UnknownQuery, UnknownRateTable]
OfInfluencer = Annotated[str | None, QueryParameter(max_length=40, description="by this influencer")]
OfBrand = Annotated[
    str | None,
    QueryParameter(
        max_length=40,
        description="mentions of this brand's queries; posts that name one of its handles",
    ),
]
OfQuery = Annotated[str | None, QueryParameter(max_length=40, description="matched by this query")]
OfCampaign = Annotated[str | None, QueryParameter(max_length=40, description="mentions of this campaign")]
What = Annotated[
    Of | None,
    QueryParameter(
        name="of", description="posts (the default where only an influencer is named) or mentions"
    ),
]
Sponsored = Annotated[bool | None, QueryParameter(description="posts that are sponsored, or that are not")]
Table = Annotated[
    str | None,
    QueryParameter(
        max_length=40,
        description="emt_... or builtin; the workspace's newest where left out, else the built-in one",
    ),
]


@get("/v1/emv", tags=["mentions"], raises=RAISES)
async def get_emv(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    influencer_id: OfInfluencer = None,
    brand_id: OfBrand = None,
    query_id: OfQuery = None,
    campaign_id: OfCampaign = None,
    of_what: What = None,
    sponsored: Sponsored = None,
    since: From = None,
    until: To = None,
    table: Table = None,
) -> Emv:
    """What an influencer's posts, or mentions, would have cost as advertising, by a table of rates.

    A value per platform and metric with its inputs; the lines add up. What isn't known is null with a reason,
    never 0, and `coverage` says on how much the value rests. EMV has no standard, so table, version and
    method stand in every figure; it is part of no score. Filters AND; clicks are in neither posts nor
    mentions (POST /v1/emv/try takes them).
    """
    question = Question(
        influencer_id=influencer_id,
        brand_id=brand_id,
        query_id=query_id,
        campaign_id=campaign_id,
        of=of_what,
        sponsored=sponsored,
        since=since,
        until=until,
        table=table,
    )
    return await actions.emv(db, caller.workspace_id, question)


@get("/v1/emv.csv", tags=["mentions"], opt={"openapi_answer": CSV}, raises=RAISES)
async def export_emv(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    influencer_id: OfInfluencer = None,
    brand_id: OfBrand = None,
    query_id: OfQuery = None,
    campaign_id: OfCampaign = None,
    of_what: What = None,
    sponsored: Sponsored = None,
    since: From = None,
    until: To = None,
    table: Table = None,
) -> Response[str]:
    """The same lines as a spreadsheet, in minor units, and their sum."""
    question = Question(
        influencer_id=influencer_id,
        brand_id=brand_id,
        query_id=query_id,
        campaign_id=campaign_id,
        of=of_what,
        sponsored=sponsored,
        since=since,
        until=until,
        table=table,
    )
    answer = await actions.emv(db, caller.workspace_id, question)
    text = BOM + showing.sheet(answer)
    headers = {"Content-Disposition": 'attachment; filename="emv.csv"', "Cache-Control": "no-store"}
    return Response(text, media_type="text/csv", headers=headers)


@post("/v1/emv/try", tags=["mentions"], status_code=200, raises=[InvalidInput, NotFound, UnknownRateTable])
async def try_emv(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], data: JSONBody[EmvTrial]
) -> Emv:
    """The value of figures that are sent, clicks among them; nothing is stored."""
    by = await actions.table_of(db, caller.workspace_id, data.table)
    made = value(showing.given(data.figures), tables.by_key(by.rates), by.exposure)
    return showing.emv(made, by, "given")


ROUTES: list[ControllerRouterHandler] = [get_emv, export_emv, try_emv]
