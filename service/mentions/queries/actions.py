"""Queries made, changed and archived."""

from uuid import UUID

from msgspec import UNSET, structs

from service.accounts import audit
from service.accounts.callers import Caller
from service.influencers.problems import UnknownBrand
from service.kit import ids, jobs
from service.kit.db import Connection
from service.kit.problems import InvalidInput
from service.mentions.language.nodes import Node, QueryError
from service.mentions.language.parsing import parse
from service.mentions.problems import TooManyQueries
from service.mentions.queries import store
from service.mentions.queries.jobs import MATCH, Match
from service.mentions.queries.schemas import ListeningQuery, NewQuery, QueryPatch, QueryRow

MOST_QUERIES = 500


def read_expression(text: str, path: str = "expression") -> Node:
    """The tree of a query that somebody wrote. Raises InvalidInput, which says where it fails."""
    try:
        return parse(text)
    except QueryError as error:
        fault = {"path": path, "message": str(error), "position": error.position}
        raise InvalidInput(f"the query can't be read: {error}", errors=[fault]) from error


async def add(db: Connection, caller: Caller, data: NewQuery) -> QueryRow:
    """Makes a query, and a job that finds its matches. Raises InvalidInput, UnknownBrand, TooManyQueries."""
    read_expression(data.expression)
    brand_id = await _brand(db, caller.workspace_id, data.brand_id)
    if await store.count_queries(db, caller.workspace_id) >= MOST_QUERIES:
        raise TooManyQueries(f"at most {MOST_QUERIES}; archive some", most=MOST_QUERIES)
    campaign_id = None if data.campaign_id is None else ids.read("cmp", data.campaign_id)
    row = await store.add_query(
        *(db, caller.workspace_id, ids.new(), data.name.strip(), data.expression, brand_id),
        *(data.tags, data.categories, campaign_id, data.status, caller.name),
    )
    await audit.record(db, caller, "listening_query.created", ids.show("lsq", row.id), {"name": row.name})
    return await _matched(db, caller.workspace_id, row)


async def change(db: Connection, caller: Caller, query_id: UUID, patch: QueryPatch) -> QueryRow:
    """Changes a query; a new expression, or new tags, are applied to stored mentions by a job.

    Raises UnknownQuery, InvalidInput, UnknownBrand.
    """
    before = await store.lock_query(db, caller.workspace_id, query_id)
    sent = {name: value for name, value in structs.asdict(patch).items() if value is not UNSET}
    if "expression" in sent:
        read_expression(sent["expression"])
    if "brand_id" in sent:
        sent["brand_id"] = await _brand(db, caller.workspace_id, sent["brand_id"])
    if sent.get("campaign_id") is not None:
        sent["campaign_id"] = ids.read("cmp", sent["campaign_id"])
    after = structs.replace(before, **sent)
    if after == before:
        return before
    again = any(name in sent for name in ("expression", "tags", "categories", "campaign_id", "status"))
    row = await store.save_query(
        *(
            db,
            caller.workspace_id,
            query_id,
            after.name.strip(),
            after.expression,
            after.brand_id,
            after.tags,
        ),
        *(after.categories, after.campaign_id, after.status, before.version + again),
    )
    await audit.record(
        db, caller, "listening_query.changed", ids.show("lsq", query_id), {"fields": sorted(sent)}
    )
    return await _matched(db, caller.workspace_id, row) if again and row.status == "active" else row


async def archive(db: Connection, caller: Caller, query_id: UUID) -> None:
    """Ends a query: what it matched stays countable, and nothing new is matched. Raises UnknownQuery."""
    row = await store.lock_query(db, caller.workspace_id, query_id)
    if row.status == "archived":
        return
    await store.save_query(
        *(db, caller.workspace_id, query_id, row.name, row.expression, row.brand_id, row.tags),
        *(row.categories, row.campaign_id, "archived", row.version),
    )
    await audit.record(db, caller, "listening_query.archived", ids.show("lsq", query_id), {})


def show(row: QueryRow) -> ListeningQuery:
    """A query as the API shows it."""
    matched = row.matched_version == row.version
    return ListeningQuery(
        id=ids.show("lsq", row.id),
        name=row.name,
        expression=row.expression,
        brand_id=ids.show_or_none("brd", row.brand_id),
        tags=row.tags,
        categories=row.categories,
        campaign_id=ids.show_or_none("cmp", row.campaign_id),
        status=row.status,  # type: ignore[arg-type]
        matched=matched,
        job_id=None if matched else ids.show_or_none("job", row.job_id),
        created_by=row.created_by,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


async def _matched(db: Connection, workspace_id: UUID, row: QueryRow) -> QueryRow:
    job_id = await jobs.enqueue(db, workspace_id, MATCH, Match(row.id, row.version))
    return await store.set_job(db, workspace_id, row.id, job_id)


async def _brand(db: Connection, workspace_id: UUID, text: str | None) -> UUID | None:
    if text is None:
        return None
    brand_id = ids.read("brd", text)
    if await store.unknown_brands(db, workspace_id, [brand_id]):
        raise UnknownBrand
    return brand_id
