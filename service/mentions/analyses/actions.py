"""Analyses asked and answered: which queries, the sums, their names."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

from service.accounts.workspaces.store import get_workspace
from service.influencers.identity import fold_handle
from service.influencers.problems import UnknownBrand
from service.kit import clock, ids
from service.kit.db import Connection, Database
from service.mentions.analyses import showing, store
from service.mentions.analyses.asking import DIMENSIONS, UNITS, Question, Span, span
from service.mentions.analyses.schemas import (
    Authors,
    BrandQuery,
    BrandShare,
    DeclaredBrand,
    SentimentAnalysis,
    ShareOfVoice,
    ShareRow,
    Volume,
)
from service.mentions.analyses.selecting import Chosen, Selection, select
from service.mentions.analyses.sharing import Parts, by_unit, parts
from service.mentions.problems import UnknownQuery

_SEVERAL = ("query", "brand")


async def volume(
    database: Database, db: Connection, workspace_id: UUID, question: Question, group_by: str, limit: int
) -> Volume:
    """How much is said. Raises InvalidInput, UnknownQuery, UnknownBrand."""
    asked = await spanned(db, workspace_id, question, group_by)
    chosen = await choose(db, workspace_id, question, asked.dimension)
    sums = await store.volume(database, _selected(workspace_id, asked, chosen), limit)
    totals = None
    if asked.dimension in _SEVERAL:
        totals = next(iter(await store.volume(database, _once(workspace_id, asked, chosen), 1)), None)
    names = await _names(db, workspace_id, asked, {row.value for row in sums if row.bucket})
    return showing.volume(asked, sums, totals, names)


async def sentiment(
    database: Database, db: Connection, workspace_id: UUID, question: Question, group_by: str, limit: int
) -> SentimentAnalysis:
    """How it is said. Raises InvalidInput, UnknownQuery, UnknownBrand."""
    asked = await spanned(db, workspace_id, question, group_by)
    chosen = await choose(db, workspace_id, question, asked.dimension)
    sums = await store.labels(database, _selected(workspace_id, asked, chosen), limit)
    totals = None
    if asked.dimension in _SEVERAL:
        totals = await store.labels(database, _once(workspace_id, asked, chosen), 1)
    names = await _names(db, workspace_id, asked, {row.value for row in sums if row.bucket})
    return await asyncio.to_thread(showing.sentiment, asked, sums, totals, names)


async def share_of_voice(
    database: Database,
    db: Connection,
    workspace_id: UUID,
    question: Question,
    declared: list[UUID] | None,
    group_by: str,
) -> ShareOfVoice:
    """Who is spoken of. Raises InvalidInput, UnknownBrand."""
    asked = await spanned(db, workspace_id, question, group_by, dimensions=())
    brands = await _declared(db, workspace_id, declared)
    queries = await store.queries_of(db, workspace_id, [brand.id for brand in brands])
    chosen = await choose(db, workspace_id, question, "brand", queries)
    sums = await store.shares(database, _selected(workspace_id, asked, chosen, "brand"))
    shown = [str(brand.id) for brand in brands]
    starts = asked.starts()
    units = by_unit(sums) if asked.unit else {}
    return ShareOfVoice(
        **showing.head(asked),
        brands=_brands(brands, parts(sums, shown)),
        data=[
            ShareRow(at.astimezone(asked.zone).date(), at, _brands(brands, parts(units.get(n, []), shown)))
            for n, at in enumerate(starts if asked.unit else [], start=1)
        ],
        without_queries=[
            ids.show("brd", brand.id) for brand in brands if brand.id not in {q.brand_id for q in queries}
        ],
    )


async def authors(
    database: Database, db: Connection, workspace_id: UUID, question: Question, sort: str, limit: int
) -> Authors:
    """Who says it. Raises InvalidInput, UnknownQuery, UnknownBrand."""
    asked = await spanned(db, workspace_id, question, "", dimensions=(), units=())
    chosen = await choose(db, workspace_id, question, None)
    rows = await store.authors(
        database, select(workspace_id, asked, chosen, dimension=None, starts=()), sort, limit
    )
    told = await store.author_names(db, workspace_id, [row.author_key for row in rows])
    names = {name.author_key: name for name in told if not name.left_out}
    return Authors(
        **showing.head(asked),
        authors=rows[0].of if rows else 0,
        data=[showing.author(row, names[row.author_key]) for row in rows if row.author_key in names],
    )


async def spanned(
    db: Connection,
    workspace_id: UUID,
    question: Question,
    group_by: str,
    *,
    dimensions: Sequence[str] = DIMENSIONS,
    units: Sequence[str] = UNITS,
) -> Span:
    """The span of a question, by the workspace's zone. Raises InvalidInput."""
    zone = (await get_workspace(db, workspace_id)).timezone
    return span(question, zone, await clock.now(db), group_by, dimensions, units)


async def choose(
    db: Connection,
    workspace_id: UUID,
    question: Question,
    dimension: str | None,
    queries: Sequence[BrandQuery] | None = None,
) -> Chosen:
    """Which mentions a question is about. Raises UnknownQuery, UnknownBrand."""
    narrowed = question.narrowed
    if queries is None:
        queries = await _queries(db, workspace_id, question, dimension)
    if queries is not None and dimension == "brand":
        queries = [query for query in queries if query.brand_id is not None]
    return Chosen(
        queries=None if queries is None else tuple(query.id for query in queries),
        values=tuple(
            query.brand_id or query.id if dimension == "brand" else query.id for query in queries or ()
        ),
        platform=narrowed.platform,
        language=narrowed.language,
        country=narrowed.country,
        sentiment=narrowed.sentiment,
        author=None if narrowed.author is None else fold_handle(narrowed.author.strip().lstrip("@")) or "",
        influencer_id=None if narrowed.influencer_id is None else ids.read("inf", narrowed.influencer_id),
    )


async def _queries(
    db: Connection, workspace_id: UUID, question: Question, dimension: str | None
) -> Sequence[BrandQuery] | None:
    narrowed = question.narrowed
    found: list[BrandQuery] | None = None
    if narrowed.query_ids:
        asked = {ids.read("lsq", text) for text in narrowed.query_ids}
        found = await store.asked_queries(db, workspace_id, list(asked))
        if len(found) < len(asked):
            raise UnknownQuery
    if narrowed.brand_id is not None:
        brand = ids.read("brd", narrowed.brand_id)
        if not await store.brands(db, workspace_id, [brand]):
            raise UnknownBrand
        of_brand = await store.queries_of(db, workspace_id, [brand])
        mine = {query.id for query in found or ()}
        found = of_brand if found is None else [query for query in of_brand if query.id in mine]
    if found is None and dimension in _SEVERAL:
        found = await store.all_queries(db, workspace_id)
    return found


async def _declared(db: Connection, workspace_id: UUID, declared: list[UUID] | None) -> list[DeclaredBrand]:
    if declared is None:
        return await store.listened_brands(db, workspace_id)
    known = {brand.id: brand for brand in await store.brands(db, workspace_id, declared)}
    if any(brand_id not in known for brand_id in declared):
        raise UnknownBrand
    return [known[brand_id] for brand_id in dict.fromkeys(declared)]


def _selected(workspace_id: UUID, asked: Span, chosen: Chosen, dimension: str | None = None) -> Selection:
    starts = asked.starts() if asked.unit else ()
    return select(workspace_id, asked, chosen, dimension=dimension or asked.dimension, starts=starts)


def _once(workspace_id: UUID, asked: Span, chosen: Chosen) -> Selection:
    """The same mentions, each once."""
    return select(workspace_id, asked, chosen, dimension=None, starts=())


def _brands(brands: Sequence[DeclaredBrand], found: dict[str, Parts]) -> list[BrandShare]:
    return [
        BrandShare(
            brand_id=ids.show("brd", brand.id),
            name=brand.name,
            own=brand.own,
            mentions_naming_it=found[str(brand.id)].naming,
            mentions=found[str(brand.id)].mentions,
            reach=found[str(brand.id)].reach,
            engagement=found[str(brand.id)].engagement,
        )
        for brand in brands
    ]


async def _names(db: Connection, workspace_id: UUID, asked: Span, values: set[str]) -> showing.Names:
    if asked.dimension in _SEVERAL:
        prefix = "lsq" if asked.dimension == "query" else "brd"
        found = await store.value_names(db, workspace_id, [UUID(value) for value in values])
        return {str(one.id): (ids.show(prefix, one.id), one.name) for one in found}
    if asked.dimension == "author":
        keys = [bytes.fromhex(value) for value in values if value]
        people = await store.author_names(db, workspace_id, keys)
        shown = {one.author_key.hex(): one for one in people if not one.left_out}
        return {
            value: (one.author_handle or one.author_name, one.author_name)
            if (one := shown.get(value))
            else (None, None)
            for value in values
        }
    return {}
