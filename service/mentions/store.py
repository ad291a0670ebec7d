"""All SQL of mentions themselves."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from service.influencers.schemas import ByTime
from service.kit.db import Connection, fetch, sql
from service.mentions.narrowing import Listed, conditions, order, source
from service.mentions.problems import UnknownMention
from service.mentions.rows import MentionValues
from service.mentions.schemas import MentionRow

_NAMES = MentionValues.__struct_fields__
# What intake must leave as it is.
_CHANGING = tuple(name for name in _NAMES if name not in ("id", "key", "hand_label", "campaign_id"))
SHOWN = """
    m.id, m.source, m.native_id, m.url, m.platform, m.kind, m.title, m.text, m.language, m.country,
    m.author_name, m.author_handle, m.influencer_id, m.account_id, m.campaign_id, m.thread_id,
    m.published_at, m.observed_at, m.received_at, m.followers, m.reach, m.impressions, m.views, m.likes,
    m.comments, m.shares, m.engagement, m.stars, m.raw_sentiment, m.raw_label, m.raw_score, m.label, m.score,
    m.model, m.hand_label, m.hand_by, m.hand_at, m.status, m.assignee, m.assigned_at, m.answered_at,
    m.moved_to_dm_at, m.resolved_at, m.tags, m.categories,
    array(select q.query_id from mention_matches q
          where q.workspace_id = $1 and q.mention_id = m.id order by q.query_id) as query_ids,
    m.version, m.updated_at
"""


class Published(Struct, frozen=True):
    """When a known mention was published."""

    key: str
    published_at: datetime


@sql("select key, published_at from mentions where workspace_id = $1 and key = any($2)")
async def published(db: Connection, workspace_id: UUID, keys: Sequence[str]) -> list[Published]: ...


async def lock_known(db: Connection, workspace_id: UUID, keys: Sequence[str]) -> list[MentionValues]:
    """What is known of these mentions; they wait for nobody else until the end of the transaction."""
    text = f"""
        select {", ".join(_NAMES)} from mentions
        where workspace_id = $1 and key = any($2) order by key for update
    """
    return await fetch(db, MentionValues, text, workspace_id, keys)


async def stage(db: Connection, rows: Sequence[MentionValues]) -> None:
    """Puts rows in a table of the session's own: one behind a wall takes no COPY."""
    await db.execute(f"""
        create temporary table if not exists stage_mentions on commit delete rows as
        select {", ".join(_NAMES)} from mentions with no data
    """)
    await db.execute("truncate stage_mentions")
    records = [msgspec.structs.astuple(row) for row in rows]
    await db.copy_records_to_table("stage_mentions", columns=_NAMES, records=records)


async def add_staged(db: Connection, workspace_id: UUID) -> set[str]:
    """Adds the staged mentions that are not there; the keys of those that were added."""
    names = ", ".join(_NAMES)
    text = f"""
        insert into mentions (workspace_id, {names}) select $1, {names} from stage_mentions order by key
        on conflict (workspace_id, key) do nothing returning key
    """
    return {record["key"] for record in await db.fetch(text, workspace_id)}


async def change_staged(db: Connection, workspace_id: UUID) -> None:
    """Writes the staged values of mentions that are locked."""
    changed = ", ".join(f"{name} = s.{name}" for name in _CHANGING)
    text = f"""
        update mentions m set {changed}, version = m.version + 1, updated_at = elci_now()
        from stage_mentions s where m.workspace_id = $1 and m.id = s.id
    """
    await db.execute(text, workspace_id)


@sql("""
    insert into mention_search (workspace_id, mention_id, published_at, tokens, source, site, platform, kind,
        language, country, author_key, author_folded, author_name_folded, influencer_id,
        campaign_id, label, by_hand, positive, negative, text_kind, followers, reach, engagement, stars,
        tags)
    select $1, m.id, m.published_at, s.tokens::tsvector, m.source, m.site, m.platform, m.kind, m.language,
        m.country, m.author_key, s.author_folded, s.author_name_folded, m.influencer_id, m.campaign_id,
        coalesce(m.hand_label, m.label), m.hand_label is not null, m.positive, m.negative, m.text_kind,
        m.followers, m.reach, m.engagement, m.stars, m.tags
    from unnest($2::uuid[], $3::text[], $4::text[], $5::text[])
        as s(id, tokens, author_folded, author_name_folded)
    join mentions m on m.workspace_id = $1 and m.id = s.id
    on conflict (workspace_id, mention_id) do update
    set published_at = excluded.published_at, tokens = excluded.tokens, source = excluded.source,
        site = excluded.site, platform = excluded.platform, kind = excluded.kind,
        language = excluded.language, country = excluded.country, author_key = excluded.author_key,
        author_folded = excluded.author_folded,
        author_name_folded = excluded.author_name_folded, influencer_id = excluded.influencer_id,
        campaign_id = excluded.campaign_id, label = excluded.label, by_hand = excluded.by_hand,
        positive = excluded.positive, negative = excluded.negative, text_kind = excluded.text_kind,
        followers = excluded.followers, reach = excluded.reach,
        engagement = excluded.engagement, stars = excluded.stars, tags = excluded.tags
""")
async def put_searched(
    db: Connection,
    workspace_id: UUID,
    mention_ids: list[UUID],
    tokens: list[str],
    handles: list[str | None],
    names: list[str | None],
) -> None: ...


@sql("""
    update mention_search s
    set influencer_id = m.influencer_id, campaign_id = m.campaign_id,
        label = coalesce(m.hand_label, m.label), by_hand = m.hand_label is not null, tags = m.tags
    from mentions m
    where s.workspace_id = $1 and s.mention_id = any($2) and m.workspace_id = $1 and m.id = s.mention_id
""")
async def follow_searched(db: Connection, workspace_id: UUID, mention_ids: Sequence[UUID]) -> None: ...


class KnownAuthor(Struct):
    """The account of the n-th author."""

    n: int
    account_id: UUID
    influencer_id: UUID


@sql("""
    select a.n, c.id as account_id, c.influencer_id
    from unnest($2::text[], $3::text[], $4::text[]) with ordinality as a(platform, handle, platform_id, n)
    cross join lateral (
        select i.id, i.influencer_id from influencer_accounts i
        where i.workspace_id = $1 and i.platform = a.platform
          and (i.platform_id = a.platform_id or i.handle_folded = a.handle)
        order by i.platform_id = a.platform_id desc nulls last limit 1) c
""")
async def find_authors(
    db: Connection,
    workspace_id: UUID,
    platforms: list[str],
    handles: list[str | None],
    platform_ids: list[str | None],
) -> list[KnownAuthor]: ...


@sql(f"select {SHOWN} from mentions m where m.workspace_id = $1 and m.id = $2", missing=UnknownMention)
async def get_mention(db: Connection, workspace_id: UUID, mention_id: UUID) -> MentionRow: ...


@sql(
    f"select {SHOWN} from mentions m where m.workspace_id = $1 and m.id = $2 for update of m",
    missing=UnknownMention,
)
async def lock_mention(db: Connection, workspace_id: UUID, mention_id: UUID) -> MentionRow: ...


@sql(f"""
    select {SHOWN} from unnest($2::uuid[]) with ordinality as p(id, place)
    join mentions m on m.workspace_id = $1 and m.id = p.id order by p.place
""")
async def mentions_of(db: Connection, workspace_id: UUID, mention_ids: list[UUID]) -> list[MentionRow]: ...


@sql("""
    update mentions
    set hand_label = $3, hand_by = $4, hand_at = $5, status = $6, assignee = $7, assigned_at = $8,
        answered_at = $9, moved_to_dm_at = $10, resolved_at = $11, tags = $12, categories = $13,
        version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and id = $2
""")
async def save_handling(
    db: Connection,
    workspace_id: UUID,
    mention_id: UUID,
    hand_label: str | None,
    hand_by: str | None,
    hand_at: datetime | None,
    status: str,
    assignee: UUID | None,
    assigned_at: datetime | None,
    answered_at: datetime | None,
    moved_to_dm_at: datetime | None,
    resolved_at: datetime | None,
    tags: list[str],
    categories: list[str],
) -> None: ...


# What a mention counts for stays (stars, sentiment, figures); what it says, and who said it, goes.
@sql("""
    update mentions
    set title = null, text = '', url = null, site = null, author_name = null, author_handle = null,
        author_key = null, influencer_id = null, account_id = null, followers = null, raw_sentiment = null,
        tags = '{}', categories = '{}', version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and id = any($2)
    returning id
""")
async def unsay(db: Connection, workspace_id: UUID, mention_ids: Sequence[UUID]) -> list[UUID]: ...


@sql("delete from mentions where workspace_id = $1 and influencer_id = any($2)")
async def delete_of_influencers(db: Connection, workspace_id: UUID, influencers: Sequence[UUID]) -> None: ...


@sql("""
    update mentions set influencer_id = $3, updated_at = elci_now()
    where workspace_id = $1 and influencer_id = any($2)
""")
async def move_to_influencer(
    db: Connection, workspace_id: UUID, merged: Sequence[UUID], kept: UUID
) -> None: ...


async def list_mentions(
    db: Connection, workspace_id: UUID, wanted: Listed, before: ByTime | None, limit: int
) -> list[MentionRow]:
    """The newest first, older than `before`."""
    condition, values = conditions(workspace_id, wanted, before, limit)
    ordered = f"order by {' desc, '.join(order(wanted))} desc limit $2"
    if wanted.query_id is None:
        text = f"select {SHOWN} from {source(wanted)} where {condition} {ordered}"
        return await fetch(db, MentionRow, text, *values)
    # Of the walls the planner expects that they leave one row in 200: it would fetch and sort all mentions
    # of the query (600 ms of 100,000) where the first fifty of the index are asked for (3 ms).
    await db.execute("select set_config('enable_sort', 'off', true)")
    found = await db.fetch(f"select m.id from {source(wanted)} where {condition} {ordered}", *values)
    await db.execute("select set_config('enable_sort', 'on', true)")
    return await mentions_of(db, workspace_id, [row["id"] for row in found])


@sql("""
    update mention_search set influencer_id = $3
    where workspace_id = $1 and influencer_id = any($2)
""")
async def move_searched(db: Connection, workspace_id: UUID, merged: Sequence[UUID], kept: UUID) -> None: ...
