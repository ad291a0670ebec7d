"""All SQL of texts: what is read, what was learnt, what was found."""

from datetime import datetime
from uuid import UUID

from service.discovery.content.schemas import (
    Artefact,
    Counts,
    HitsRow,
    Paces,
    PersonText,
    PostText,
    SpaceRow,
    VectorRows,
)
from service.kit.db import Connection, sql

_SPACE = "id, topics, influencers, changed, sha256, ready_at, created_at"
# Who can be found: nobody else's texts are read or kept.
_HERE = "i.archived_at is null and i.opted_out_at is null and i.merged_into is null"
# An influencer whose row has changed since it was read, who was read by other word lists, or is not in the
# space ($2, null where there is none: the third then says nothing).
_STALE = """
    (t.influencer_id is null or t.seen_at <> i.updated_at or t.lists <> $3
     or ($2::uuid is not null and v.influencer_id is null))
"""
_JOINED = """
    influencers i
    left join content_texts t on t.workspace_id = $1 and t.influencer_id = i.id
    left join content_vectors v on v.workspace_id = $1 and v.space_id = $2 and v.influencer_id = i.id
"""


@sql("select topics from content_settings where workspace_id = $1")
async def find_topics(db: Connection, workspace_id: UUID) -> int | None: ...


@sql("""
    insert into content_settings (workspace_id, topics) values ($1, $2)
    on conflict (workspace_id) do update set topics = excluded.topics, updated_at = elci_now()
""")
async def put_topics(db: Connection, workspace_id: UUID, topics: int) -> None: ...


@sql(f"select {_SPACE} from content_spaces where workspace_id = $1 order by id desc")
async def spaces(db: Connection, workspace_id: UUID) -> list[SpaceRow]: ...


@sql(f"""
    select {_SPACE} from content_spaces where workspace_id = $1 and ready_at is not null
    order by id desc limit 1
""")
async def find_space(db: Connection, workspace_id: UUID) -> SpaceRow | None: ...


@sql("select sha256, artefact from content_spaces where workspace_id = $1 and id = $2")
async def find_artefact(db: Connection, workspace_id: UUID, space_id: UUID) -> Artefact | None: ...


@sql("""
    insert into content_spaces (workspace_id, id, topics, influencers, sha256, artefact)
    values ($1, $2, $3, $4, $5, $6)
""")
async def add_space(
    db: Connection,
    workspace_id: UUID,
    space_id: UUID,
    topics: int,
    influencers: int,
    sha256: str,
    artefact: bytes,
) -> None: ...


@sql("""
    update content_spaces set ready_at = coalesce(ready_at, elci_now()) where workspace_id = $1 and id = $2
""")
async def make_ready(db: Connection, workspace_id: UUID, space_id: UUID) -> None: ...


@sql("delete from content_spaces where workspace_id = $1 and id <> $2")
async def drop_other_spaces(db: Connection, workspace_id: UUID, kept: UUID) -> None: ...


@sql("""
    update content_spaces set changed = changed + $2 where workspace_id = $1 and ready_at is not null
""")
async def count_changes(db: Connection, workspace_id: UUID, changes: int) -> None: ...


@sql(f"""
    select i.id from {_JOINED}
    where i.workspace_id = $1 and i.id > $4 and {_HERE} and {_STALE}
    order by i.id limit $5
""")
async def stale(
    db: Connection, workspace_id: UUID, space_id: UUID | None, lists: bytes, after: UUID, limit: int
) -> list[UUID]: ...


@sql(f"""
    select count(*) as influencers, count(*) filter (where not {_STALE}) as read,
        count(*) filter (where {_STALE}) as pending, count(*) filter (where t.safety <> '{{}}') as with_hits
    from {_JOINED} where i.workspace_id = $1 and {_HERE}
""")
async def count(db: Connection, workspace_id: UUID, space_id: UUID | None, lists: bytes) -> Counts: ...


# In no order of theirs, but always in the same: what is learnt from is a sample where they are many.
@sql(f"""
    select i.id from influencers i where i.workspace_id = $1 and {_HERE} order by md5(i.id::text) limit $2
""")
async def sample(db: Connection, workspace_id: UUID, most: int) -> list[UUID]: ...


@sql(f"select count(*) from influencers i where i.workspace_id = $1 and {_HERE}")
async def count_influencers(db: Connection, workspace_id: UUID) -> int: ...


# The lock keeps a person from being erased between the look at their texts and what is written of them.
@sql(f"""
    select i.id, i.bio, i.categories, i.updated_at as seen_at from influencers i
    where i.workspace_id = $1 and i.id = any($2) and {_HERE} order by i.id for key share
""")
async def people(db: Connection, workspace_id: UUID, ids: list[UUID]) -> list[PersonText]: ...


@sql("""
    select a.influencer_id, p.id, p.caption, p.hashtags, p.published_at
    from influencer_accounts a
    cross join lateral (
        -- Those with a day first: in order from the index, which begins with the others.
        select * from (
            (select id, caption, hashtags, published_at from influencer_posts
             where workspace_id = $1 and account_id = a.id and published_at is not null
             order by published_at desc, id desc limit $3)
            union all
            (select id, caption, hashtags, published_at from influencer_posts
             where workspace_id = $1 and account_id = a.id and published_at is null
             order by id desc limit $3)
        ) newest limit $3
    ) p
    where a.workspace_id = $1 and a.influencer_id = any($2)
    order by a.influencer_id, p.published_at desc nulls last, p.id
""")
async def posts(db: Connection, workspace_id: UUID, ids: list[UUID], newest: int) -> list[PostText]: ...


@sql("""
    select digest || influencer_id::text::bytea from content_vectors
    where workspace_id = $1 and space_id = $2 and influencer_id = any($3)
""")
async def digests(db: Connection, workspace_id: UUID, space_id: UUID, ids: list[UUID]) -> list[bytes]: ...


# `hits` are JSON texts: a list of lists would be taken for an array of two dimensions.
@sql("""
    insert into content_texts (workspace_id, influencer_id, seen_at, digest, lists, safety, hits,
        posts_per_week)
    select $1, t.influencer_id, t.seen_at, t.digest, $5,
        (select coalesce(array_agg(distinct h ->> 'category' order by h ->> 'category'), '{}')
         from jsonb_array_elements(t.hits::jsonb) h), t.hits::jsonb, t.posts_per_week
    from unnest($2::uuid[], $3::timestamptz[], $4::bytea[], $6::text[], $7::real[])
        as t(influencer_id, seen_at, digest, hits, posts_per_week)
    on conflict (workspace_id, influencer_id) do update set seen_at = excluded.seen_at,
        digest = excluded.digest, lists = excluded.lists, safety = excluded.safety, hits = excluded.hits,
        posts_per_week = excluded.posts_per_week
""")
async def put_texts(
    db: Connection,
    workspace_id: UUID,
    ids: list[UUID],
    seen_at: list[datetime],
    digests: list[bytes],
    lists: bytes,
    hits: list[str],
    posts_per_week: list[float | None],
) -> None: ...


@sql("""
    insert into content_vectors (workspace_id, space_id, influencer_id, digest, vector)
    select $1, $2, v.influencer_id, v.digest, v.vector
    from unnest($3::uuid[], $4::bytea[], $5::bytea[]) as v(influencer_id, digest, vector)
    on conflict (workspace_id, space_id, influencer_id)
        do update set digest = excluded.digest, vector = excluded.vector
""")
async def put_vectors(
    db: Connection,
    workspace_id: UUID,
    space_id: UUID,
    ids: list[UUID],
    digests: list[bytes],
    vectors: list[bytes],
) -> None: ...


_GONE = "(i.archived_at is not null or i.opted_out_at is not null or i.merged_into is not null)"


@sql(f"""
    with gone as (
        select i.id from influencers i
        where i.workspace_id = $1 and ($2::uuid[] is null or i.id = any($2)) and {_GONE}
    ), vectors as (
        delete from content_vectors where workspace_id = $1 and influencer_id in (select id from gone)
    ), texts as (
        delete from content_texts where workspace_id = $1 and influencer_id in (select id from gone)
        returning 1
    )
    select count(*) from texts
""")
async def drop_gone(db: Connection, workspace_id: UUID, ids: list[UUID] | None) -> int:
    """Forgets the texts of those (of all: None) who can't be found any more; how many there were."""
    ...


# Both arrays are made in one pass over the same rows, so that their orders agree.
@sql("""
    select coalesce(array_agg(asked.place), '{}') as places,
        coalesce(string_agg(v.vector, ''::bytea), ''::bytea) as vectors
    from unnest($3::uuid[]) with ordinality as asked (id, place)
    join content_vectors v on v.workspace_id = $1 and v.space_id = $2 and v.influencer_id = asked.id
""")
async def vectors(db: Connection, workspace_id: UUID, space_id: UUID, ids: list[UUID]) -> VectorRows: ...


@sql("""
    select coalesce(string_agg(vector, ''::bytea), ''::bytea) from content_vectors
    where workspace_id = $1 and space_id = $2
""")
async def all_vectors(db: Connection, workspace_id: UUID, space_id: UUID) -> bytes: ...


@sql("""
    select influencer_id from content_texts
    where workspace_id = $1 and influencer_id = any($2) and safety <> '{}' and safety && $3::text[]
""")
async def struck(
    db: Connection, workspace_id: UUID, ids: list[UUID], categories: list[str]
) -> list[UUID]: ...


@sql("""
    select influencer_id, hits from content_texts
    where workspace_id = $1 and influencer_id = any($2) and safety <> '{}'
""")
async def hits(db: Connection, workspace_id: UUID, ids: list[UUID]) -> list[HitsRow]: ...


@sql("""
    select exists (select from content_texts t join influencers i on i.workspace_id = $1 and i.id = $2
        where t.workspace_id = $1 and t.influencer_id = $2 and t.seen_at = i.updated_at and t.lists = $3)
""")
async def is_read(db: Connection, workspace_id: UUID, influencer_id: UUID, lists: bytes) -> bool: ...


@sql("""
    select coalesce(array_agg(asked.place), '{}') as places,
        coalesce(array_agg(t.posts_per_week), '{}') as posts_per_week
    from unnest($2::uuid[]) with ordinality as asked (id, place)
    join content_texts t on t.workspace_id = $1 and t.influencer_id = asked.id
    where t.posts_per_week is not null
""")
async def paces(db: Connection, workspace_id: UUID, ids: list[UUID]) -> Paces: ...


@sql("select * from entry.content_workspaces()")
async def workspaces(db: Connection) -> list[UUID]: ...
