"""All SQL of profiles and contacts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from service.influencers.problems import UnknownContact, UnknownInfluencer
from service.influencers.profiles.schemas import ContactRow, Filters, IdKey, InfluencerRow
from service.influencers.schemas import ByTime
from service.kit.db import Connection, fetch, sql

COLUMNS = """
    id, name, avatar_url, country, city, languages, categories, bio, tags, notes, owner, source, legal_basis,
    collected_at, opted_out_at, opt_out_reason, archived_at, merged_into, version, created_at, updated_at
"""


@sql(
    f"select {COLUMNS} from influencers where workspace_id = $1 and id = $2",
    missing=UnknownInfluencer,
)
async def get_influencer(db: Connection, workspace_id: UUID, influencer_id: UUID) -> InfluencerRow: ...


@sql(
    f"select {COLUMNS} from influencers where workspace_id = $1 and id = $2 for update",
    missing=UnknownInfluencer,
)
async def lock_influencer(db: Connection, workspace_id: UUID, influencer_id: UUID) -> InfluencerRow: ...


@sql(f"select {COLUMNS} from influencers where workspace_id = $1 and id = any($2)")
async def influencers_by_id(
    db: Connection, workspace_id: UUID, influencers: Sequence[UUID]
) -> list[InfluencerRow]: ...


@sql(f"""
    insert into influencers (workspace_id, id, name, name_folded, avatar_url, country, city, languages,
        categories, bio, tags, notes, owner, source, legal_basis, collected_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, coalesce($16, elci_now()))
    returning {COLUMNS}
""")
async def add_influencer(
    db: Connection,
    workspace_id: UUID,
    influencer_id: UUID,
    name: str,
    name_folded: str,
    avatar_url: str | None,
    country: str | None,
    city: str | None,
    languages: Sequence[str],
    categories: Sequence[str],
    bio: str | None,
    tags: Sequence[str],
    notes: str | None,
    owner: str | None,
    source: str,
    legal_basis: str,
    collected_at: datetime | None,
) -> InfluencerRow: ...


@sql(f"""
    update influencers
    set name = $3, name_folded = $4, avatar_url = $5, country = $6, city = $7, languages = $8,
        categories = $9, bio = $10, tags = $11, notes = $12, owner = $13, source = $14, legal_basis = $15,
        collected_at = $16, edited = array(select distinct unnest(edited || $17::text[]) order by 1),
        version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and id = $2
    returning {COLUMNS}
""")
async def save_influencer(
    db: Connection,
    workspace_id: UUID,
    influencer_id: UUID,
    name: str,
    name_folded: str,
    avatar_url: str | None,
    country: str | None,
    city: str | None,
    languages: Sequence[str],
    categories: Sequence[str],
    bio: str | None,
    tags: Sequence[str],
    notes: str | None,
    owner: str | None,
    source: str,
    legal_basis: str,
    collected_at: datetime,
    edited: Sequence[str],
) -> InfluencerRow: ...


@sql(f"""
    update influencers
    set archived_at = coalesce(archived_at, elci_now()), version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and id = $2 returning {COLUMNS}
""")
async def archive(db: Connection, workspace_id: UUID, influencer_id: UUID) -> InfluencerRow: ...


@sql(f"""
    update influencers set archived_at = null, version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and id = $2 returning {COLUMNS}
""")
async def restore(db: Connection, workspace_id: UUID, influencer_id: UUID) -> InfluencerRow: ...


@sql("""
    update influencers set updated_at = elci_now()
    where workspace_id = $1 and id = any($2)
""")
async def touch(db: Connection, workspace_id: UUID, influencers: Sequence[UUID]) -> None:
    """For `updated_since`: something that hangs on these profiles has changed."""
    ...


_FRAGMENTS = {
    "ids": "id = any(${})",
    "tag": "${} = any(tags)",
    "updated_since": "updated_at >= ${}",
    "platform": "exists (select from influencer_accounts a where a.workspace_id = $1"
    " and a.influencer_id = influencers.id and a.platform = ${})",
}


async def list_influencers(
    db: Connection, workspace_id: UUID, wanted: Filters, after: IdKey | ByTime | None, limit: int
) -> list[InfluencerRow]:
    """The newest first; since a moment: in the order of their changes."""
    values: list[Any] = [workspace_id, limit]
    conditions = ["workspace_id = $1", f"opted_out_at is {'not ' * wanted.opted_out}null"]
    if wanted.archived is not None:
        conditions.append(f"archived_at is {'not ' * wanted.archived}null")
    for name, fragment in _FRAGMENTS.items():
        value = getattr(wanted, name)
        if value is not None:
            values.append(value)
            conditions.append(fragment.format(len(values)))
    order = "updated_at, id" if wanted.updated_since else "id desc"
    if after is not None:
        values += after
        at = len(values)
        conditions.append(f"(updated_at, id) > (${at - 1}, ${at})" if wanted.updated_since else f"id < ${at}")
    text = f"""
        select {COLUMNS} from influencers
        where {" and ".join(conditions)} order by {order} limit $2
    """
    return await fetch(db, InfluencerRow, text, *values)


@sql("""
    select id, influencer_id, role, name, email, phone from influencer_contacts
    where workspace_id = $1 and influencer_id = any($2) order by influencer_id, id
""")
async def contacts_of(
    db: Connection, workspace_id: UUID, influencers: Sequence[UUID]
) -> list[ContactRow]: ...


@sql("""
    insert into influencer_contacts (workspace_id, id, influencer_id, role, name, email, phone)
    values ($1, $2, $3, $4, $5, $6, $7)
    returning id, influencer_id, role, name, email, phone
""")
async def add_contact(
    db: Connection,
    workspace_id: UUID,
    contact_id: UUID,
    influencer_id: UUID,
    role: str,
    name: str | None,
    email: str | None,
    phone: str | None,
) -> ContactRow: ...


@sql("""
    update influencers
    set edited = array(select distinct unnest(edited || '{contacts}'::text[]) order by 1)
    where workspace_id = $1 and id = $2
""")
async def pin_contacts(db: Connection, workspace_id: UUID, influencer_id: UUID) -> None:
    """From now on the contacts are a person's word: imports add none."""
    ...


@sql("delete from influencer_contacts where workspace_id = $1 and influencer_id = $2")
async def clear_contacts(db: Connection, workspace_id: UUID, influencer_id: UUID) -> None: ...


@sql(
    """
    delete from influencer_contacts where workspace_id = $1 and influencer_id = $2 and id = $3
    returning id, influencer_id, role, name, email, phone
    """,
    missing=UnknownContact,
)
async def delete_contact(
    db: Connection, workspace_id: UUID, influencer_id: UUID, contact_id: UUID
) -> ContactRow: ...
