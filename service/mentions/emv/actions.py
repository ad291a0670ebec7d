"""Which table holds, which items are valued, and their value."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from service.accounts import audit
from service.accounts.callers import Caller
from service.influencers.brands.store import get_brand
from service.kit import ids
from service.kit.db import Connection
from service.kit.problems import InvalidInput
from service.mentions.emv import showing, store, tables
from service.mentions.emv.schemas import Emv, FigureRow, NewRateTable, Of, RateTableRow
from service.mentions.emv.store import Asked
from service.mentions.emv.valuing import value
from service.mentions.queries.store import get_query, list_queries

MOST_QUERIES = 1_000


class Question(Struct, frozen=True, kw_only=True):
    """What was sent, as it was sent."""

    influencer_id: str | None = None
    brand_id: str | None = None
    query_id: str | None = None
    campaign_id: str | None = None
    of: Of | None = None
    sponsored: bool | None = None
    since: datetime | None = None
    until: datetime | None = None
    table: str | None = None


async def add(db: Connection, caller: Caller, data: NewRateTable) -> RateTableRow:
    """The next version of a table. Raises InvalidInput, RateTableExists."""
    if faults := tables.faults(data):
        raise InvalidInput("a rate table that can't be", errors=faults)
    row = await store.add_table(
        *(db, caller.workspace_id, ids.new(), data.name.strip(), data.currency, data.exposure),
        *(data.as_of, data.source, data.rates, caller.name),
    )
    details = {"name": row.name, "version": row.version}
    await audit.record(db, caller, "emv_rate_table.added", ids.show("emt", row.id), details)
    return row


async def table_of(db: Connection, workspace_id: UUID, table: str | None) -> RateTableRow | tables.BuiltIn:
    """The table that was asked for, else the workspace's newest, else the built-in one.

    Raises NotFound, UnknownRateTable."""
    if table == tables.BUILT_IN:
        return tables.built_in()
    if table is not None:
        return await store.get_table(db, workspace_id, ids.read("emt", table))
    return await store.newest_table(db, workspace_id) or tables.built_in()


async def emv(db: Connection, workspace_id: UUID, question: Question) -> Emv:
    """The value of an influencer's posts or of mentions.

    Raises InvalidInput, NotFound, UnknownInfluencer, UnknownBrand, UnknownQuery, UnknownRateTable.
    """
    of = what(question)
    by = await table_of(db, workspace_id, question.table)
    read = _posts if of == "posts" else _mentions
    rows = await read(db, workspace_id, question)
    made = value(showing.groups(rows), tables.by_key(by.rates), by.exposure)
    return showing.emv(made, by, of, question.since, question.until)


def what(question: Question) -> Of:
    """Whether posts or mentions are meant. Raises InvalidInput with every fault.

    >>> what(Question(influencer_id="inf_1")), what(Question(influencer_id="inf_1", query_id="lsq_1"))
    ('posts', 'mentions')
    """
    faults: list[tuple[str, str]] = []
    narrowed = {name: getattr(question, name) for name in ("brand_id", "query_id", "campaign_id")}
    named = [name for name, sent in narrowed.items() if sent is not None]
    if question.influencer_id is None and not named:
        faults.append(("influencer_id", "or brand_id, query_id or campaign_id says what is valued"))
    of = question.of or ("posts" if question.influencer_id is not None and not named else "mentions")
    if of == "posts":
        faults += [(name, "is about mentions") for name in named if name != "brand_id"]
        if question.influencer_id is None and named:
            faults.append(("influencer_id", "says whose posts are valued"))
    elif question.sponsored is not None:
        faults.append(("sponsored", "is about posts"))
    if question.since is not None and question.until is not None and question.since >= question.until:
        faults.append(("from", "is not before `to`"))
    if faults:
        errors = [{"path": path, "message": message} for path, message in faults]
        raise InvalidInput("a value that can't be asked for", errors=errors)
    return of


async def _posts(db: Connection, workspace_id: UUID, question: Question) -> list[FigureRow]:
    who = await store.get_influencer(db, workspace_id, ids.read("inf", question.influencer_id or ""))
    brand = await _brand(db, workspace_id, question.brand_id)
    return await store.figures_of_posts(
        db, workspace_id, who.id, question.since, question.until, question.sponsored, brand
    )


async def _mentions(db: Connection, workspace_id: UUID, question: Question) -> list[FigureRow]:
    who = None
    if question.influencer_id is not None:
        who = (await store.get_influencer(db, workspace_id, ids.read("inf", question.influencer_id))).id
    campaign = None if question.campaign_id is None else ids.read("cmp", question.campaign_id)
    asked = Asked(
        influencer_id=who,
        campaign_id=campaign,
        queries=await _queries(db, workspace_id, question),
        since=question.since,
        until=question.until,
    )
    return await store.figures_of_mentions(db, workspace_id, asked)


async def _queries(db: Connection, workspace_id: UUID, question: Question) -> list[UUID] | None:
    """The queries that mentions are matched by: the one, or all of the brand; both: the one if it is the
    brand's."""
    if question.query_id is None and question.brand_id is None:
        return None
    brand = await _brand(db, workspace_id, question.brand_id)
    if question.query_id is not None:
        query = await get_query(db, workspace_id, ids.read("lsq", question.query_id))
        return [query.id] if brand is None or query.brand_id == brand else []
    rows = await list_queries(db, workspace_id, None, brand, None, None, MOST_QUERIES)
    return [row.id for row in rows]


async def _brand(db: Connection, workspace_id: UUID, brand_id: str | None) -> UUID | None:
    if brand_id is None:
        return None
    return (await get_brand(db, workspace_id, ids.read("brd", brand_id))).id
