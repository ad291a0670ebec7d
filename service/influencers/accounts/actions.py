"""What happens to an account, whoever asks: a profile's creation, an account of its own, a brand's."""

from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from service.influencers import engagement, identity
from service.influencers.accounts import show, store
from service.influencers.accounts.schemas import AccountRow, Figures, NewAccount
from service.influencers.accounts.store import AccountValues
from service.influencers.identity import Identity
from service.influencers.problems import AccountTaken, NoAccount, PrivateUrl, Suppressed, WhichAccount
from service.influencers.removals import store as removals
from service.influencers.tables import INFLUENCERS, Tables
from service.influencers.urls import is_public
from service.kit import ids
from service.kit.db import Connection
from service.kit.problems import InvalidInput
from service.kit.text import fold_tr


async def add(
    db: Connection,
    tables: Tables,
    workspace_id: UUID,
    owner_id: UUID,
    new: NewAccount,
    *,
    name: str,
    source: str,
    now: datetime,
    key: bytes,
) -> UUID:
    """Adds an account with its figures; `name` is its owner's, by which it is known where it has no other.

    Raises AccountTaken, which names who has it, and Suppressed.
    """
    values = _values(new.handle, new.platform_id, new.name or name, new.url, new.avatar_url, new.verified)
    who = Identity(new.platform, values.platform_id, values.handle_folded, values.name_folded, source)
    check_urls(url=new.url, avatar_url=new.avatar_url)
    if tables is INFLUENCERS:
        await refuse_suppressed(db, workspace_id, key, [who])
    account_id = ids.new()
    added = await store.add_account(
        db, tables, workspace_id, account_id, owner_id, new.platform, source, values
    )
    if not added:
        raise await _taken(db, tables, workspace_id, who)
    if new.are_given:
        as_of = new.observed_at or now
        await record(db, tables, workspace_id, account_id, new.platform, as_of, source, new)
    return account_id


async def change(
    db: Connection, tables: Tables, workspace_id: UUID, before: AccountRow, after: AccountRow, key: bytes
) -> None:
    """Writes an account's names and addresses. Raises AccountTaken, Suppressed, InvalidInput."""
    values = _values(after.handle, after.platform_id, after.name, after.url, after.avatar_url, after.verified)
    who = Identity(after.platform, values.platform_id, values.handle_folded, values.name_folded, after.source)
    if not who.known_by:
        raise InvalidInput("an account needs a handle, a platform_id or a name")
    check_urls(url=after.url, avatar_url=after.avatar_url)
    if tables is INFLUENCERS:
        await refuse_suppressed(db, workspace_id, key, [who])
    try:
        async with db.transaction():
            await store.change_account(db, tables, workspace_id, before.id, values)
    except asyncpg.UniqueViolationError as error:
        raise await _taken(db, tables, workspace_id, who) from error


async def record(
    db: Connection,
    tables: Tables,
    workspace_id: UUID,
    account_id: UUID,
    platform: str,
    as_of: datetime,
    source: str,
    figures: Figures,
) -> bool:
    """Adds or completes a snapshot and brings the account up to it; whether the snapshot is new."""
    columns = show.columns(figures)
    new = await store.put_snapshot(db, tables, workspace_id, account_id, as_of, source, columns)
    await store.refresh_figures(db, tables, workspace_id, [account_id])
    rate = engagement.of_figures([show.of_given(platform, figures)])[0]
    if rate is not None:
        await store.put_rates(db, tables, workspace_id, [(account_id, as_of, rate)])
    return new


async def which(
    db: Connection, tables: Tables, workspace_id: UUID, owner_id: UUID, account_id: str | None
) -> AccountRow:
    """The account that is named, else the only one. Raises UnknownAccount, WhichAccount, NoAccount."""
    if account_id is not None:
        return await store.get_account(db, tables, workspace_id, owner_id, ids.read("acc", account_id))
    found = await store.accounts_of(db, tables, workspace_id, [owner_id])
    if not found:
        raise NoAccount("add an account first")
    if len(found) > 1:
        raise WhichAccount("name one by account_id", accounts=[show.named(row) for row in found])
    return found[0]


async def refuse_suppressed(db: Connection, workspace_id: UUID, key: bytes, known: list[Identity]) -> None:
    """Raises Suppressed where one of these identities has opted out or was erased."""
    marks = [mark for who in known for mark in identity.marks(key, who)]
    if marks and await removals.find_marks(db, workspace_id, marks):
        raise Suppressed("this person opted out or was erased; nothing of them is collected again")


def check_urls(**urls: str | None) -> None:
    """Raises PrivateUrl where an address does not lead to the public web."""
    wrong = [name for name, url in urls.items() if url and not is_public(url)]
    if wrong:
        errors = [{"path": name, "message": "is not an address of the public web"} for name in wrong]
        raise PrivateUrl("an address does not lead to the public web", errors=errors)


def _values(
    handle: str | None,
    platform_id: str | None,
    name: str | None,
    url: str | None,
    avatar_url: str | None,
    verified: bool | None,
) -> AccountValues:
    shown = identity.clean_handle(handle)
    folded = identity.fold_handle(shown)
    name_folded = fold_tr(name) or None if name else None
    return AccountValues(shown, folded, platform_id, name, name_folded, url, avatar_url, verified)


async def _taken(db: Connection, tables: Tables, workspace_id: UUID, who: Identity) -> AccountTaken:
    owner = await store.owner_of(db, tables, workspace_id, who)
    if owner is None:
        return AccountTaken()
    shown = ids.show(tables.prefix, owner)
    members: dict[str, Any] = {tables.key: shown}
    return AccountTaken(f"this account belongs to {shown}", **members)
