"""All SQL of share links and of what is said through them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from service.discovery.shortlists.problems import NotShared, UnknownShare
from service.discovery.shortlists.sharing.schemas import CommentRow, FoundShare, ShareRow, VisitRow
from service.kit.db import Connection, fetch, sql

_COLUMNS = "id, shortlist_id, name, can, hide, expires_at, revoked_at, created_at"
_COMMENT = (
    "c.id, c.share_id, s.name as share_name, c.influencer_id, c.author, c.text, c.decision, c.created_at"
)


@sql("select workspace_id, share_id from entry.find_share($1)")
async def find_share(db: Connection, token_hash: bytes) -> FoundShare | None: ...


@sql(
    """
    select s.id, s.shortlist_id, s.can, s.hide, s.expires_at, l.name as list_name, l.brief_id
    from shortlist_shares s join shortlists l on l.workspace_id = $1 and l.id = s.shortlist_id
    where s.workspace_id = $1 and s.id = $2
      and s.revoked_at is null and s.expires_at > elci_now() and l.archived_at is null
    """,
    missing=NotShared,
)
async def get_visit(db: Connection, workspace_id: UUID, share_id: UUID) -> VisitRow: ...


@sql(f"""
    insert into shortlist_shares (workspace_id, id, shortlist_id, name, token_hash, can, hide, expires_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8)
    returning {_COLUMNS}
""")
async def add_share(
    db: Connection,
    workspace_id: UUID,
    share_id: UUID,
    shortlist_id: UUID,
    name: str | None,
    token_hash: bytes,
    can: str,
    hide: list[str],
    expires_at: datetime,
) -> ShareRow: ...


@sql(f"""
    select {_COLUMNS} from shortlist_shares
    where workspace_id = $1 and shortlist_id = $2
      and id < coalesce($3, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
    order by id desc limit $4
""")
async def list_shares(
    db: Connection, workspace_id: UUID, shortlist_id: UUID, before: UUID | None, limit: int
) -> list[ShareRow]: ...


@sql(
    f"""
    update shortlist_shares set revoked_at = coalesce(revoked_at, elci_now())
    where workspace_id = $1 and shortlist_id = $2 and id = $3
    returning {_COLUMNS}
    """,
    missing=UnknownShare,
)
async def revoke_share(
    db: Connection, workspace_id: UUID, shortlist_id: UUID, share_id: UUID
) -> ShareRow: ...


@sql(f"""
    with c as (
        insert into shortlist_comments (workspace_id, id, shortlist_id, share_id, influencer_id, author, text,
            decision)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        returning *
    )
    select {_COMMENT} from c join shortlist_shares s on s.workspace_id = $1 and s.id = c.share_id
""")
async def add_comment(
    db: Connection,
    workspace_id: UUID,
    comment_id: UUID,
    shortlist_id: UUID,
    share_id: UUID,
    influencer_id: UUID | None,
    author: str,
    text: str | None,
    decision: str | None,
) -> CommentRow: ...


async def list_comments(
    db: Connection,
    workspace_id: UUID,
    shortlist_id: UUID,
    influencer_id: UUID | None,
    after: UUID | None,
    limit: int,
) -> list[CommentRow]:
    """What was said about a list, or about one on it, the oldest first."""
    values: list[Any] = [workspace_id, shortlist_id, limit]
    conditions = ["c.workspace_id = $1 and c.shortlist_id = $2"]
    for fragment, value in (("c.influencer_id = ${}", influencer_id), ("c.id > ${}", after)):
        if value is not None:
            values.append(value)
            conditions.append(fragment.format(len(values)))
    text = f"""
        select {_COMMENT} from shortlist_comments c
        join shortlist_shares s on s.workspace_id = $1 and s.id = c.share_id
        where {" and ".join(conditions)} order by c.id limit $3
    """
    return await fetch(db, CommentRow, text, *values)


# The newest of a page's influencers and of the whole list, so that an answer has an end.
@sql(f"""
    select * from (
        select {_COMMENT} from shortlist_comments c
        join shortlist_shares s on s.workspace_id = $1 and s.id = c.share_id
        where c.workspace_id = $1 and c.share_id = $2
          and (c.influencer_id is null or c.influencer_id = any($3))
        order by c.id desc limit $4
    ) newest order by id
""")
async def comments_through(
    db: Connection, workspace_id: UUID, share_id: UUID, influencer_ids: list[UUID], limit: int
) -> list[CommentRow]: ...
