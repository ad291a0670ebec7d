"""/v1/mentions, and all routes of the domain."""

from typing import Annotated, Any

from litestar import Request, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.accounts.problems import UnknownMember
from service.influencers.reading import id_list
from service.influencers.schemas import ByTime, From, IdList, To
from service.kit import ids as outer
from service.kit import paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, NotFound
from service.mentions import actions, show, store
from service.mentions.alerts import routes as alerts
from service.mentions.analyses import routes as analyses
from service.mentions.analyses.topics import routes as topics
from service.mentions.answering import routes as answering
from service.mentions.disclosure import routes as disclosure
from service.mentions.disclosure.found import routes as found
from service.mentions.disclosure.watches import routes as watches
from service.mentions.emv import routes as emv
from service.mentions.emv import tables_routes as rate_tables
from service.mentions.narrowing import (
    ByAssignee,
    ByAuthor,
    ByExpression,
    InCountry,
    InLanguage,
    InStatus,
    Listed,
    OfInfluencer,
    OfKind,
    OfQuery,
    OfSource,
    OnPlatform,
    Rated,
    Since,
    Tagged,
    WithLabel,
)
from service.mentions.problems import UnknownMention
from service.mentions.queries import routes as queries
from service.mentions.queries.listing import searched
from service.mentions.rivals import routes as rivals
from service.mentions.schemas import Mention, MentionItems, MentionPatch, MentionResults, NewMentions
from service.mentions.sources import routes as sources

Reader = Annotated[Caller, May("mentions:read")]
Writer = Annotated[Caller, May("mentions:write")]
AnyRequest = Request[Any, Any, Any]


@post(
    "/v1/mentions",
    tags=["mentions"],
    status_code=200,
    opt={"body_type": NewMentions},
    raises=[InvalidInput],
)
async def create_mentions(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    request: AnyRequest,
    data: JSONBody[MentionItems],
) -> MentionResults:
    """Takes up to 1,000 mentions in: a result per item, good ones are stored beside bad.

    Each is read (language, sentiment), joined to a known influencer, and matched with the listening queries.
    The same mention once more changes nothing; a later look at it brings its figures up to date.
    """
    settings = request.app.state.settings
    return show.results(await actions.take_items(db, settings, caller.workspace_id, data.mentions))


@get("/v1/mentions", tags=["mentions"], raises=[BadCursor, InvalidInput, NotFound])
async def list_mentions(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    ids: IdList = None,
    expression: ByExpression = None,
    query_id: OfQuery = None,
    influencer_id: OfInfluencer = None,
    assignee: ByAssignee = None,
    source: OfSource = None,
    platform: OnPlatform = None,
    of_kind: OfKind = None,
    language: InLanguage = None,
    country: InCountry = None,
    label: WithLabel = None,
    in_status: InStatus = None,
    tag: Tagged = None,
    author: ByAuthor = None,
    rated: Rated = None,
    since: From = None,
    until: To = None,
    updated_since: Since = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Mention]:
    """The newest first. `from` and `to` are about when they were published.

    `query` is an expression of the query language; it goes with all filters but `ids`, `query_id`,
    `assignee`, `status`, `author` and `updated_since`.
    """
    wanted = Listed(
        ids=id_list("men", ids),
        query_id=None if query_id is None else outer.read("lsq", query_id),
        influencer_id=None if influencer_id is None else outer.read("inf", influencer_id),
        assignee=None if assignee is None else outer.read("usr", assignee),
        source=source,
        platform=platform,
        kind=of_kind,
        language=language,
        country=country,
        label=label,
        status=in_status,
        tag=tag,
        author=None if author is None else author.lstrip("@"),
        rated=rated,
        since=since,
        until=until,
        updated_since=updated_since,
    )
    before = paging.decode(cursor, ByTime)
    if expression is None:
        rows = await store.list_mentions(db, caller.workspace_id, wanted, before, limit + 1)
    else:
        database = request.app.state.database
        rows = await searched(database, db, caller.workspace_id, expression, wanted, before, limit + 1)
    return paging.page(rows, limit, lambda row: (row.published_at, row.id), show.mention)


@get("/v1/mentions/{mention_id:str}", tags=["mentions"], raises=[UnknownMention])
async def get_mention(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], mention_id: FromPath[str]
) -> Mention:
    """One mention."""
    return show.mention(await store.get_mention(db, caller.workspace_id, outer.read("men", mention_id)))


@patch("/v1/mentions/{mention_id:str}", tags=["mentions"], raises=[UnknownMention, UnknownMember])
async def change_mention(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    mention_id: FromPath[str],
    data: JSONBody[MentionPatch],
) -> Mention:
    """Labels a mention by hand, assigns it, says that it was answered, moved to private messages or
    resolved."""
    return show.mention(await actions.change(db, caller, outer.read("men", mention_id), data))


ROUTES: list[ControllerRouterHandler] = [
    create_mentions,
    list_mentions,
    get_mention,
    change_mention,
    *answering.ROUTES,
    *queries.ROUTES,
    *sources.ROUTES,
    *alerts.ROUTES,
    *analyses.ROUTES,
    *topics.ROUTES,
    *disclosure.ROUTES,
    *watches.ROUTES,
    *found.ROUTES,
    *rate_tables.ROUTES,
    *emv.ROUTES,
    *rivals.ROUTES,
]
