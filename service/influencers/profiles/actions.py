"""Making and changing a profile with all that comes along."""

from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET

from service.influencers.accounts import actions as accounts
from service.influencers.changes import changed
from service.influencers.profiles import store
from service.influencers.profiles.schemas import InfluencerPatch, InfluencerRow, NewContact, NewInfluencer
from service.influencers.rates import actions as rates
from service.influencers.tables import INFLUENCERS
from service.kit import clock, ids
from service.kit.db import Connection
from service.kit.text import fold_tr


async def create(db: Connection, workspace_id: UUID, new: NewInfluencer, key: bytes) -> InfluencerRow:
    """A profile with its accounts, contacts and prices. Raises AccountTaken, Suppressed, InvalidInput."""
    accounts.check_urls(avatar_url=new.avatar_url)
    now = await clock.now(db)
    row = await store.add_influencer(
        db,
        workspace_id,
        ids.new(),
        new.name.strip(),
        fold_tr(new.name),
        new.avatar_url,
        new.country,
        new.city,
        unique(new.languages),
        unique(new.categories),
        new.bio,
        unique(new.tags),
        new.notes,
        new.owner,
        new.source,
        new.legal_basis,
        new.collected_at,
    )
    for account in new.accounts:
        source = account.source or new.source
        await accounts.add(
            db, INFLUENCERS, workspace_id, row.id, account, name=row.name, source=source, now=now, key=key
        )
    await _add_contacts(db, workspace_id, row.id, new.contacts)
    await rates.add(db, workspace_id, rates.rows(row.id, new.rates, new.source, now.date()))
    await changed(db, workspace_id, [row.id])
    return row


async def change(
    db: Connection, workspace_id: UUID, row: InfluencerRow, patch: InfluencerPatch
) -> InfluencerRow:
    """Writes what a patch changes and remembers that a person did. Raises InvalidInput."""
    given = given_fields(patch)
    accounts.check_urls(avatar_url=given.get("avatar_url"))
    contacts: list[NewContact] | None = given.pop("contacts", None)
    for name in ("languages", "categories", "tags"):
        if name in given:
            given[name] = unique(given[name])
    after = msgspec.structs.replace(row, **given)
    saved = await store.save_influencer(
        db,
        workspace_id,
        row.id,
        after.name.strip(),
        fold_tr(after.name),
        after.avatar_url,
        after.country,
        after.city,
        after.languages,
        after.categories,
        after.bio,
        after.tags,
        after.notes,
        after.owner,
        after.source,
        after.legal_basis,
        after.collected_at,
        sorted(given) + (["contacts"] if contacts is not None else []),
    )
    if contacts is not None:
        await store.clear_contacts(db, workspace_id, row.id)
        await _add_contacts(db, workspace_id, row.id, contacts)
    await changed(db, workspace_id, [row.id])
    return saved


def given_fields(patch: msgspec.Struct) -> dict[str, Any]:
    """The fields of a patch that a request holds."""
    return {name: value for name in patch.__struct_fields__ if (value := getattr(patch, name)) is not UNSET}


def unique(values: list[str]) -> list[str]:
    """Without what stands twice, in order.

    >>> unique(["moda", "güzellik", "moda "])
    ['moda', 'güzellik']
    """
    return list(dict.fromkeys(value.strip() for value in values))


async def _add_contacts(
    db: Connection, workspace_id: UUID, influencer_id: UUID, contacts: list[NewContact]
) -> None:
    for one in contacts:
        await store.add_contact(
            db, workspace_id, ids.new(), influencer_id, one.role, one.name, one.email, one.phone
        )
