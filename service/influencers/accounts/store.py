"""All SQL of accounts and snapshots, for influencers and brands alike."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from service.influencers.accounts.schemas import AccountRow, SeriesKey, SnapshotRow
from service.influencers.engagement import EngagementRate
from service.influencers.identity import Identity
from service.influencers.problems import UnknownAccount
from service.influencers.tables import FIGURES, GIVEN, RATE, Tables
from service.kit.db import Connection, fetch

_NAMES = ("handle", "platform_id", "name", "url", "avatar_url", "verified")
_COLUMNS = ", ".join(
    (
        "platform",
        *_NAMES,
        "identity",
        *FIGURES,
        *RATE,
        "er_as_of",
        "audience_country",
        "last_post_at",
        "observed_at",
        "source",
    )
)


class AccountValues(msgspec.Struct, frozen=True):
    """What is written of an account besides its figures; the fields are columns."""

    handle: str | None
    handle_folded: str | None
    platform_id: str | None
    name: str | None
    name_folded: str | None
    url: str | None
    avatar_url: str | None
    verified: bool | None


_VALUES = AccountValues.__struct_fields__


async def accounts_of(
    db: Connection, tables: Tables, workspace_id: UUID, owners: Sequence[UUID]
) -> list[AccountRow]:
    """The accounts of some owners, each owner's largest first."""
    text = f"""
        select id, {tables.key} as owner_id, {_COLUMNS} from {tables.accounts}
        where workspace_id = $1 and {tables.key} = any($2)
        order by {tables.key}, followers desc nulls last, id
    """
    return await fetch(db, AccountRow, text, workspace_id, owners)


async def get_account(
    db: Connection, tables: Tables, workspace_id: UUID, owner_id: UUID, account_id: UUID
) -> AccountRow:
    """Raises UnknownAccount, also where the account is another owner's."""
    text = f"""
        select id, {tables.key} as owner_id, {_COLUMNS} from {tables.accounts}
        where workspace_id = $1 and {tables.key} = $2 and id = $3 for no key update
    """
    found = await fetch(db, AccountRow, text, workspace_id, owner_id, account_id)
    if not found:
        raise UnknownAccount
    return found[0]


async def add_account(
    db: Connection,
    tables: Tables,
    workspace_id: UUID,
    account_id: UUID,
    owner_id: UUID,
    platform: str,
    source: str,
    values: AccountValues,
) -> bool:
    """Whether it was added; it was not where another account of the workspace has its identity."""
    places = ", ".join(f"${at}" for at in range(6, 6 + len(_VALUES)))
    text = f"""
        insert into {tables.accounts} (workspace_id, id, {tables.key}, platform, source, {", ".join(_VALUES)})
        values ($1, $2, $3, $4, $5, {places}) on conflict do nothing returning id
    """
    given = msgspec.structs.astuple(values)
    return await db.fetchval(text, workspace_id, account_id, owner_id, platform, source, *given) is not None


async def change_account(
    db: Connection, tables: Tables, workspace_id: UUID, account_id: UUID, values: AccountValues
) -> None:
    """Raises asyncpg's UniqueViolationError where another account has the new identity."""
    changes = ", ".join(f"{name} = ${at}" for at, name in enumerate(_VALUES, start=3))
    text = f"""
        update {tables.accounts} set {changes}, updated_at = elci_now()
        where workspace_id = $1 and id = $2
    """
    await db.execute(text, workspace_id, account_id, *msgspec.structs.astuple(values))


async def delete_account(db: Connection, tables: Tables, workspace_id: UUID, account_id: UUID) -> None:
    """With its snapshots, audiences and posts."""
    text = f"delete from {tables.accounts} where workspace_id = $1 and id = $2"
    await db.execute(text, workspace_id, account_id)


async def owner_of(db: Connection, tables: Tables, workspace_id: UUID, who: Identity) -> UUID | None:
    """Whose account it is, by each of the identities in turn."""
    text = f"""
        select {tables.key} from {tables.accounts} where workspace_id = $1 and platform = $2
          and (platform_id = $3 or handle_folded = $4
               or (platform_id is null and handle_folded is null and source = $5 and name_folded = $6))
        order by (platform_id = $3) desc nulls last, (handle_folded = $4) desc nulls last limit 1
    """
    # The name counts where there is nothing better.
    name = who.name_folded if who.known_by == "name" else None
    found: UUID | None = await db.fetchval(
        text, workspace_id, who.platform, who.platform_id, who.handle_folded, who.source, name
    )
    return found


async def put_snapshot(
    db: Connection,
    tables: Tables,
    workspace_id: UUID,
    account_id: UUID,
    as_of: datetime,
    source: str,
    figures: Sequence[Any],
) -> bool:
    """Adds or completes a snapshot (`figures` as FIGURES and GIVEN); whether it is a new one."""
    names = (*FIGURES, *GIVEN)
    places = ", ".join(f"${at}" for at in range(5, 5 + len(names)))
    changes = ", ".join(f"{name} = coalesce(excluded.{name}, t.{name})" for name in names)
    text = f"""
        insert into {tables.snapshots} as t (workspace_id, account_id, as_of, source, {", ".join(names)})
        values ($1, $2, $3, $4, {places})
        on conflict (workspace_id, account_id, as_of, source) do update set {changes}
        returning xmax = 0
    """
    return bool(await db.fetchval(text, workspace_id, account_id, as_of, source, *figures))


async def refresh_figures(
    db: Connection, tables: Tables, workspace_id: UUID, accounts: Sequence[UUID]
) -> None:
    """Makes every figure of some accounts that of the newest snapshot which has it."""
    newest = ", ".join(
        f"(array_agg({name} order by as_of desc, source) filter (where {name} is not null))[1] as {name}"
        for name in FIGURES
    )
    changes = ", ".join(f"{name} = s.{name}" for name in FIGURES)
    text = f"""
        update {tables.accounts} a set {changes}, observed_at = s.observed_at, updated_at = elci_now()
        from (select account_id, max(as_of) as observed_at, {newest} from {tables.snapshots}
              where workspace_id = $1 and account_id = any($2) group by account_id) s
        where a.workspace_id = $1 and a.id = s.account_id
    """
    await db.execute(text, workspace_id, accounts)


async def put_rates(
    db: Connection,
    tables: Tables,
    workspace_id: UUID,
    found: Sequence[tuple[UUID, datetime, EngagementRate]],
) -> None:
    """Sets accounts' engagement rates, unless they have newer ones."""
    columns = list(zip(*(msgspec.structs.astuple(rate) for _, _, rate in found), strict=True))
    kinds = ("float8", "text", "text", "text", "text", "integer", "integer", "text")
    arrays = ", ".join(f"${at}::{kind}[]" for at, kind in enumerate(kinds, start=4))
    text = f"""
        update {tables.accounts} a
        set {", ".join(f"{name} = s.{name}" for name in RATE)}, er_as_of = s.as_of, updated_at = elci_now()
        from unnest($2::uuid[], $3::timestamptz[], {arrays}) as s(id, as_of, {", ".join(RATE)})
        where a.workspace_id = $1 and a.id = s.id and {rate_gives_way("a", "s")}
    """
    if found:
        accounts, days = [each[0] for each in found], [each[1] for each in found]
        await db.execute(text, workspace_id, accounts, days, *columns)


def rate_gives_way(account: str, new: str, as_of: str = "s.as_of") -> str:
    """The condition (SQL) under which an account's rate is replaced: by a newer one of its origin.

    A rate from posts replaces others and outlives them for its window of 90 days.
    """
    return f"""({account}.er_as_of is null or case
        when {account}.er_origin = {new}.er_origin or 'posts' not in ({account}.er_origin, {new}.er_origin)
            then {account}.er_as_of <= {as_of}
        when {new}.er_origin = 'posts' then {account}.er_as_of < {as_of} + interval '90 days'
        else {account}.er_as_of < {as_of} - interval '90 days' end)"""


async def series(
    db: Connection,
    tables: Tables,
    workspace_id: UUID,
    owner_id: UUID,
    account_id: UUID | None,
    since: datetime | None,
    until: datetime | None,
    after: SeriesKey | None,
    limit: int,
) -> list[SnapshotRow]:
    """Snapshots in time, the oldest first."""
    values: list[Any] = [workspace_id, owner_id, limit]
    conditions = [f"s.workspace_id = $1 and a.workspace_id = $1 and a.{tables.key} = $2"]
    for fragment, value in (
        ("a.id = ${}", account_id),
        ("s.as_of >= ${}", since),
        ("s.as_of < ${}", until),
    ):
        if value is not None:
            values.append(value)
            conditions.append(fragment.format(len(values)))
    if after is not None:
        values += after
        at = len(values)
        conditions.append(f"(s.as_of, s.account_id, s.source) > (${at - 2}, ${at - 1}, ${at})")
    text = f"""
        select s.account_id, a.platform, s.as_of, s.source,
               {", ".join(f"s.{name}" for name in (*FIGURES, *GIVEN))}
        from {tables.accounts} a join {tables.snapshots} s on s.account_id = a.id
        where {" and ".join(conditions)} order by s.as_of, s.account_id, s.source limit $3
    """
    return await fetch(db, SnapshotRow, text, *values)
