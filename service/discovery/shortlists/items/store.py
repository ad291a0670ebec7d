"""All SQL of the items of shortlists."""

from typing import Any
from uuid import UUID

from service.discovery.scores.store import PERSON
from service.discovery.shortlists.items.schemas import ItemRow, SortedItemRow
from service.discovery.shortlists.items.sorting import KEYS, Narrowed
from service.discovery.shortlists.problems import UnknownItem
from service.kit.db import Connection, fetch, sql

_ITEM = f"""
    {PERSON}, s.status, s.reason, s.notes, s.fit, s.sentences, s.run_id, s.added_at, s.updated_at,
    (select max(a.followers) from influencer_accounts a
     where a.workspace_id = s.workspace_id and a.influencer_id = s.influencer_id) as followers
"""
_FROM = """
    shortlist_items s
    join influencers i on i.workspace_id = s.workspace_id and i.id = s.influencer_id
"""


async def list_items(
    db: Connection, workspace_id: UUID, shortlist_id: UUID, narrowed: Narrowed, limit: int
) -> list[SortedItemRow]:
    """A page of a list's items in one of the orders."""
    values: list[Any] = [workspace_id, shortlist_id, limit]
    conditions = narrowed.conditions(values)
    text = f"""
        with items as (
            select {_ITEM}, i.name_folded from {_FROM} where s.workspace_id = $1 and s.shortlist_id = $2
        ), keyed as (select *, {KEYS[narrowed.sort].text} as key from items)
        select {", ".join(SortedItemRow.__struct_fields__)} from keyed
        where {conditions} order by key, id limit $3
    """
    return await fetch(db, SortedItemRow, text, *values)


@sql(
    f"""
    select {_ITEM} from {_FROM}
    where s.workspace_id = $1 and s.shortlist_id = $2 and s.influencer_id = $3
    """,
    missing=UnknownItem,
)
async def get_item(
    db: Connection, workspace_id: UUID, shortlist_id: UUID, influencer_id: UUID
) -> ItemRow: ...


@sql("""
    update shortlist_items set status = $4, reason = $5, notes = $6, updated_at = elci_now()
    where workspace_id = $1 and shortlist_id = $2 and influencer_id = $3
""")
async def save_item(
    db: Connection,
    workspace_id: UUID,
    shortlist_id: UUID,
    influencer_id: UUID,
    status: str,
    reason: str | None,
    notes: str | None,
) -> None: ...


@sql("""
    delete from shortlist_items
    where workspace_id = $1 and shortlist_id = $2 and influencer_id = any($3)
    returning influencer_id
""")
async def remove_items(
    db: Connection, workspace_id: UUID, shortlist_id: UUID, influencer_ids: list[UUID]
) -> list[UUID]: ...


@sql("""
    select distinct influencer_id from shortlist_items where workspace_id = $1 and shortlist_id = any($2)
""")
async def on_lists(db: Connection, workspace_id: UUID, shortlist_ids: list[UUID]) -> list[UUID]: ...


# An item of a profile that was merged is one of the kept profile, unless that is on the list already.
@sql("""
    insert into shortlist_items (workspace_id, shortlist_id, influencer_id, status, reason, notes, fit,
        sentences, run_id, added_at)
    select distinct on (shortlist_id) workspace_id, shortlist_id, $2, status, reason, notes, fit,
        sentences, run_id, added_at
    from shortlist_items where workspace_id = $1 and influencer_id = any($3::uuid[])
    order by shortlist_id, updated_at desc
    on conflict on constraint shortlist_items_pkey do nothing
""")
async def copy_to_kept(db: Connection, workspace_id: UUID, kept: UUID, merged: list[UUID]) -> None: ...


@sql("""
    delete from shortlist_items where workspace_id = $1 and influencer_id = any($2::uuid[])
    returning shortlist_id
""")
async def remove_everywhere(db: Connection, workspace_id: UUID, merged: list[UUID]) -> list[UUID]: ...


@sql("""
    update shortlist_comments set influencer_id = $2
    where workspace_id = $1 and influencer_id = any($3::uuid[])
""")
async def move_comments(db: Connection, workspace_id: UUID, kept: UUID, merged: list[UUID]) -> None: ...
