"""/v1/listening/volume, /sentiment, /share-of-voice, /authors, each as .csv too."""

from datetime import date
from typing import Annotated, Any, Literal

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.params import QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.influencers.problems import UnknownBrand
from service.influencers.reading import id_list
from service.kit.db import Connection
from service.kit.problems import InvalidInput, NotFound
from service.mentions.analyses import actions
from service.mentions.analyses.asking import Narrowed, Question
from service.mentions.analyses.columns import AUTHORS, SENTIMENT, SHARES, VOLUME, share_lines
from service.mentions.analyses.schemas import Authors, SentimentAnalysis, ShareOfVoice, Volume
from service.mentions.analyses.table import table
from service.mentions.narrowing import InCountry, InLanguage, OfInfluencer, OnPlatform, WithLabel
from service.mentions.problems import UnknownQuery

Reader = Annotated[Caller, May("mentions:read")]
AnyRequest = Request[Any, Any, State]
Asked = NamedDependency[Question]
CSV = {"text/csv": {"schema": {"type": "string"}}}
MOST_QUERIES = 100
RAISES = [InvalidInput, NotFound, UnknownQuery, UnknownBrand]

First = Annotated[date | None, QueryParameter(name="from", description="first day; else 30 days")]
Last = Annotated[date | None, QueryParameter(name="to", description="last day, included; else today")]
Zone = Annotated[
    str | None, QueryParameter(name="tz", max_length=64, description="IANA zone of days; the workspace's")
]
OfQueries = Annotated[
    list[str] | None,
    QueryParameter(
        name="query_id", max_items=MOST_QUERIES, description="matched by any of these queries; repeatable"
    ),
]
OfBrand = Annotated[
    str | None, QueryParameter(max_length=40, description="matched by any query of this brand (brd_...)")
]
ByHandle = Annotated[str | None, QueryParameter(max_length=200, description="by this handle")]
GroupBy = Annotated[
    str,
    QueryParameter(
        max_length=100,
        description="hour, day or week, and one of query, brand, platform, language, country, author",
    ),
]
ByTime = Annotated[str, QueryParameter(name="group_by", max_length=100, description="hour, day or week")]
Most = Annotated[int, QueryParameter(ge=1, le=1000, description="values with the most mentions")]
Declared = Annotated[
    str | None,
    QueryParameter(
        max_length=4_500,
        description="own brand and competitors (brd_..., with commas); else all brands with a query",
    ),
]
Sort = Literal["mentions", "reach", "engagement", "positive", "negative", "net_sentiment"]
SortBy = Annotated[Sort, QueryParameter(name="sort", description="the largest first")]


async def read_question(
    first: First = None,
    last: Last = None,
    tz: Zone = None,
    query_ids: OfQueries = None,
    brand_id: OfBrand = None,
    platform: OnPlatform = None,
    language: InLanguage = None,
    country: InCountry = None,
    label: WithLabel = None,
    author: ByHandle = None,
    influencer_id: OfInfluencer = None,
) -> Question:
    """What every analysis is asked with."""
    narrowed = Narrowed(
        query_ids=tuple(query_ids or ()),
        brand_id=brand_id,
        platform=platform,
        language=language,
        country=country,
        sentiment=label,
        author=author,
        influencer_id=influencer_id,
    )
    return Question(first, last, tz, narrowed)


QUESTION = {"question": Provide(read_question)}


@get("/v1/listening/volume", tags=["mentions"], dependencies=QUESTION, raises=RAISES)
async def get_listening_volume(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    question: Asked,
    group_by: GroupBy = "day",
    limit: Most = 100,
) -> Volume:
    """How much is said: mentions, different authors, reach (summed, and of each author once), engagement.

    Exact, by days of any zone. A mention that several of the asked queries match counts once.
    """
    database = request.app.state.database
    return await actions.volume(database, db, caller.workspace_id, question, group_by, limit)


@get(
    "/v1/listening/volume.csv",
    tags=["mentions"],
    dependencies=QUESTION,
    opt={"openapi_answer": CSV},
    raises=RAISES,
)
async def export_listening_volume(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    question: Asked,
    group_by: GroupBy = "day",
    limit: Most = 1000,
) -> Response[str]:
    """The rows of the volume as a spreadsheet."""
    database = request.app.state.database
    found = await actions.volume(database, db, caller.workspace_id, question, group_by, limit)
    return spreadsheet("volume", table(found.data, VOLUME))


@get("/v1/listening/sentiment", tags=["mentions"], dependencies=QUESTION, raises=RAISES)
async def get_listening_sentiment(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    question: Asked,
    group_by: GroupBy = "day",
    limit: Most = 100,
) -> SentimentAnalysis:
    """How it is said: labels, those that were not sure enough, net sentiment raw and corrected, stars.

    The correction undoes how often the model takes each class for another, by language; labels by hand count
    as true.
    """
    database = request.app.state.database
    return await actions.sentiment(database, db, caller.workspace_id, question, group_by, limit)


@get(
    "/v1/listening/sentiment.csv",
    tags=["mentions"],
    dependencies=QUESTION,
    opt={"openapi_answer": CSV},
    raises=RAISES,
)
async def export_listening_sentiment(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    question: Asked,
    group_by: GroupBy = "day",
    limit: Most = 1000,
) -> Response[str]:
    """The rows of the sentiment as a spreadsheet."""
    database = request.app.state.database
    found = await actions.sentiment(database, db, caller.workspace_id, question, group_by, limit)
    return spreadsheet("sentiment", table(found.data, SENTIMENT))


@get("/v1/listening/share-of-voice", tags=["mentions"], dependencies=QUESTION, raises=RAISES)
async def get_share_of_voice(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    question: Asked,
    brand_ids: Declared = None,
    group_by: ByTime = "",
) -> ShareOfVoice:
    """Each brand's part of what is said of a declared set, by mentions, reach and engagement; it sums to 1.

    A brand's mentions are those of its queries that are not archived; one that names k brands of the set
    counts 1/k for each. `query_id` and `brand_id` don't narrow it.
    """
    database, declared = request.app.state.database, id_list("brd", brand_ids, "brand_ids")
    return await actions.share_of_voice(database, db, caller.workspace_id, question, declared, group_by)


@get(
    "/v1/listening/share-of-voice.csv",
    tags=["mentions"],
    dependencies=QUESTION,
    opt={"openapi_answer": CSV},
    raises=RAISES,
)
async def export_share_of_voice(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    question: Asked,
    brand_ids: Declared = None,
    group_by: ByTime = "",
) -> Response[str]:
    """Share of voice as a spreadsheet: a line a brand, by time if asked."""
    database, declared = request.app.state.database, id_list("brd", brand_ids, "brand_ids")
    found = await actions.share_of_voice(database, db, caller.workspace_id, question, declared, group_by)
    return spreadsheet("share-of-voice", table(share_lines(found), SHARES))


@get("/v1/listening/authors", tags=["mentions"], dependencies=QUESTION, raises=RAISES)
async def list_listening_authors(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    question: Asked,
    sort: SortBy = "mentions",
    limit: Most = 50,
) -> Authors:
    """Who says it: the first authors by mentions, reach, engagement or sentiment; known influencers are
    named.

    Sorted by net sentiment, authors with fewer than three mentions that are positive or negative come last.
    """
    database = request.app.state.database
    return await actions.authors(database, db, caller.workspace_id, question, sort, limit)


@get(
    "/v1/listening/authors.csv",
    tags=["mentions"],
    dependencies=QUESTION,
    opt={"openapi_answer": CSV},
    raises=RAISES,
)
async def export_listening_authors(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    question: Asked,
    sort: SortBy = "mentions",
    limit: Most = 1000,
) -> Response[str]:
    """The authors as a spreadsheet."""
    database = request.app.state.database
    found = await actions.authors(database, db, caller.workspace_id, question, sort, limit)
    return spreadsheet("authors", table(found.data, AUTHORS))


def spreadsheet(name: str, text: str) -> Response[str]:
    """A CSV to be kept as a file."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', "Cache-Control": "no-store"}
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)


ROUTES: list[ControllerRouterHandler] = [
    get_listening_volume,
    export_listening_volume,
    get_listening_sentiment,
    export_listening_sentiment,
    get_share_of_voice,
    export_share_of_voice,
    list_listening_authors,
    export_listening_authors,
]
