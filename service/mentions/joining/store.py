"""All SQL of joining mentions to known influencers."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from service.kit.db import Connection, sql


class Naming(Struct):
    """A mention by a known influencer that names somebody."""

    id: UUID
    platform: str
    handle: str | None
    platform_id: str | None
    text: str
    published_at: datetime


class Known(Struct):
    """A handle that is an influencer's or a brand's; `n` counts from 1."""

    n: int


@sql("select exists (select from mentions where workspace_id = $1)")
async def has_mentions(db: Connection, workspace_id: UUID) -> bool: ...


@sql("""
    select id from mentions
    where workspace_id = $1 and id = any($2::uuid[]) and account_id is not null
      and (strpos(text, '@') > 0 or strpos(coalesce(title, ''), '@') > 0) order by id
""")
async def naming(db: Connection, workspace_id: UUID, ids: Sequence[UUID]) -> list[UUID]: ...


# Those that are somebody's already stay: a handle may have been another's when they were written.
@sql("""
    with found as (
        select distinct on (s.mention_id) s.mention_id, a.id as account_id, a.influencer_id
        from influencer_accounts a
        join influencers i on i.workspace_id = $1 and i.id = a.influencer_id and i.opted_out_at is null
        join mention_search s on s.workspace_id = $1 and s.author_folded = a.handle_folded
            and s.platform = a.platform and s.influencer_id is null
        where a.workspace_id = $1 and a.influencer_id = any($2::uuid[]) and a.handle_folded is not null
        order by s.mention_id, a.id limit $3
    )
    update mentions m
    set account_id = f.account_id, influencer_id = f.influencer_id, version = m.version + 1,
        updated_at = elci_now()
    from found f where m.workspace_id = $1 and m.id = f.mention_id returning m.id
""")
async def join_older(
    db: Connection, workspace_id: UUID, influencers: Sequence[UUID], most: int
) -> list[UUID]: ...


# After a merge that was undone, accounts are their own people's again.
@sql("""
    update mentions m set influencer_id = a.influencer_id, updated_at = elci_now()
    from influencer_accounts a
    where m.workspace_id = $1 and m.influencer_id = any($2::uuid[])
      and a.workspace_id = $1 and a.id = m.account_id and a.influencer_id <> m.influencer_id
    returning m.id
""")
async def realign(db: Connection, workspace_id: UUID, influencers: Sequence[UUID]) -> list[UUID]: ...


# Who opted out stays unnamed: what they said counts, who said it is not kept.
@sql("""
    with gone as (
        select id from influencers
        where workspace_id = $1 and id = any($2::uuid[]) and opted_out_at is not null
    ), unnamed as (
        update mentions m
        set author_name = null, author_handle = null, author_key = null, followers = null,
            influencer_id = null, account_id = null, version = m.version + 1, updated_at = elci_now()
        from gone g where m.workspace_id = $1 and m.influencer_id = g.id returning m.id
    )
    update mention_search s
    set author_key = null, author_folded = null, author_name_folded = null, followers = null,
        influencer_id = null
    from unnamed u where s.workspace_id = $1 and s.mention_id = u.id returning u.id
""")
async def unname(db: Connection, workspace_id: UUID, influencers: Sequence[UUID]) -> list[UUID]: ...


# A post that is known as such tells of its edges itself.
@sql("""
    select m.id, a.platform, a.handle, a.platform_id, concat_ws(' ', m.title, m.text) as text, m.published_at
    from mentions m
    join influencer_accounts a on a.workspace_id = $1 and a.id = m.account_id
    join influencers i on i.workspace_id = $1 and i.id = a.influencer_id and i.opted_out_at is null
    where m.workspace_id = $1 and m.id = any($2::uuid[])
      and not exists (
        select from influencer_posts p
        where p.workspace_id = $1 and p.account_id = a.id and p.published_at = m.published_at)
    order by m.id
""")
async def said(db: Connection, workspace_id: UUID, ids: Sequence[UUID]) -> list[Naming]: ...


@sql("""
    select w.n::integer as n
    from unnest($2::text[], $3::text[]) with ordinality as w (platform, handle, n)
    where exists (
        select from influencer_accounts a
        where a.workspace_id = $1 and a.platform = w.platform and a.handle_folded = w.handle)
    or exists (
        select from brand_accounts b
        where b.workspace_id = $1 and b.platform = w.platform and b.handle_folded = w.handle)
    order by w.n
""")
async def known_handles(
    db: Connection, workspace_id: UUID, platforms: Sequence[str], handles: Sequence[str]
) -> list[Known]: ...
