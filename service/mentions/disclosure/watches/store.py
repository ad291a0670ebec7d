"""All SQL of watches and of the posts that they mean."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from service.kit.db import Connection, sql
from service.mentions.disclosure.watches.schemas import WatchedPost, WatchRow
from service.mentions.problems import UnknownWatch

# A watch of a profile that was merged is one of the profile that stands.
_WHO = """(select coalesce(i.merged_into, i.id) from influencers i
           where i.workspace_id = w.workspace_id and i.id = w.influencer_id)"""
_COLUMNS = f"""
    w.id, {_WHO} as influencer_id, w.advertiser, w.handles, w.hashtags, w.market, w.starts_at, w.ends_at,
    w.note, w.rules, w.archived_at, w.version, w.created_at, w.updated_at
"""
# Who opted out is in no answer; without an influencer a watch is of all.
_SHOWN = """(w.influencer_id is null or exists (
    select from influencers i where i.workspace_id = w.workspace_id and i.id = w.influencer_id
      and i.opted_out_at is null))"""


@sql(f"""
    insert into disclosure_watches as w
        (workspace_id, id, influencer_id, advertiser, handles, hashtags, market, starts_at, ends_at, note)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    returning {_COLUMNS}
""")
async def add_watch(
    db: Connection,
    workspace_id: UUID,
    watch_id: UUID,
    influencer_id: UUID | None,
    advertiser: str,
    handles: Sequence[str],
    hashtags: Sequence[str],
    market: str,
    starts_at: datetime,
    ends_at: datetime | None,
    note: str | None,
) -> WatchRow: ...


@sql(
    f"select {_COLUMNS} from disclosure_watches w where w.workspace_id = $1 and w.id = $2 and {_SHOWN}",
    missing=UnknownWatch,
)
async def get_watch(db: Connection, workspace_id: UUID, watch_id: UUID) -> WatchRow: ...


@sql(
    f"""select {_COLUMNS} from disclosure_watches w where w.workspace_id = $1 and w.id = $2 and {_SHOWN}
        for update of w""",
    missing=UnknownWatch,
)
async def lock_watch(db: Connection, workspace_id: UUID, watch_id: UUID) -> WatchRow: ...


@sql(f"""
    select {_COLUMNS} from disclosure_watches w
    where w.workspace_id = $1 and {_SHOWN}
      and ($2::uuid[] is null or w.id = any($2))
      and ($3::uuid is null or {_WHO} = $3)
      and ($4::text is null or w.market = $4)
      and (w.archived_at is null or $5 or $2::uuid[] is not null)
      and ($6::uuid is null or w.id < $6)
    order by w.id desc limit $7
""")
async def list_watches(
    db: Connection,
    workspace_id: UUID,
    asked: Sequence[UUID] | None,
    influencer_id: UUID | None,
    market: str | None,
    archived: bool,
    before: UUID | None,
    limit: int,
) -> list[WatchRow]: ...


@sql(f"""
    update disclosure_watches w
    set advertiser = $3, handles = $4, hashtags = $5, market = $6, starts_at = $7, ends_at = $8, note = $9,
        rules = null, version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and id = $2
    returning {_COLUMNS}
""")
async def save_watch(
    db: Connection,
    workspace_id: UUID,
    watch_id: UUID,
    advertiser: str,
    handles: Sequence[str],
    hashtags: Sequence[str],
    market: str,
    starts_at: datetime,
    ends_at: datetime | None,
    note: str | None,
) -> WatchRow: ...


@sql("""
    update disclosure_watches set archived_at = elci_now(), version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and id = $2 and archived_at is null
    returning id
""")
async def archive_watch(db: Connection, workspace_id: UUID, watch_id: UUID) -> UUID | None: ...


@sql(f"""
    select {_COLUMNS} from disclosure_watches w
    where w.workspace_id = $1 and w.archived_at is null and ($2::text is null or w.rules is distinct from $2)
    order by w.id
""")
async def active_watches(db: Connection, workspace_id: UUID, rules: str | None) -> list[WatchRow]: ...


@sql("""
    update disclosure_watches set rules = $4
    where workspace_id = $1 and id = $2 and version = $3
""")
async def note_rules(
    db: Connection, workspace_id: UUID, watch_id: UUID, version: int, rules: str
) -> None: ...


@sql("select * from entry.disclosing_workspaces($1)")
async def disclosing_workspaces(db: Connection, rules: str) -> list[UUID]: ...


@sql("""
    with marked as (
        insert into disclosure_marks (workspace_id, influencer_id)
        select $1, i.id from influencers i
        where i.workspace_id = $1 and i.id = any($2) and exists (
            select from disclosure_watches w left join influencers o
                on o.workspace_id = w.workspace_id and o.id = w.influencer_id
            where w.workspace_id = $1 and w.archived_at is null
              and (w.influencer_id is null or coalesce(o.merged_into, o.id) = i.id))
        order by i.id
        on conflict do nothing returning 1
    )
    select count(*) from marked
""")
async def add_marks(db: Connection, workspace_id: UUID, influencer_ids: Sequence[UUID]) -> int: ...


@sql("""
    with taken as (
        select influencer_id from disclosure_marks where workspace_id = $1
        order by influencer_id limit $2 for update skip locked
    )
    delete from disclosure_marks m using taken t
    where m.workspace_id = $1 and m.influencer_id = t.influencer_id
    returning m.influencer_id
""")
async def take_marks(db: Connection, workspace_id: UUID, most: int) -> list[UUID]: ...


@sql("""
    select p.id, a.platform, p.format, p.caption, p.hashtags, p.mentions,
           coalesce(p.published_at, p.created_at) as at
    from influencer_posts p
    join influencer_accounts a on a.workspace_id = $1 and a.id = p.account_id
    join influencers i on i.workspace_id = $1 and i.id = a.influencer_id
    where p.workspace_id = $1 and i.opted_out_at is null and i.archived_at is null
      and ($2::uuid[] is null or i.id = any($2))
      and coalesce(p.published_at, p.created_at) >= $3
      and ($4::timestamptz is null or coalesce(p.published_at, p.created_at) < $4)
      and p.id > $5
    order by p.id limit $6
""")
async def posts_of(
    db: Connection,
    workspace_id: UUID,
    influencer_ids: Sequence[UUID] | None,
    since: datetime,
    until: datetime | None,
    after: UUID,
    limit: int,
) -> list[WatchedPost]: ...
