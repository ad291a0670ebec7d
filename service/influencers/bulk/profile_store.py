"""SQL that takes a batch of profiles in: staged by COPY, then moved by a handful of statements.

`stage_profiles` holds the rows, `stage_found` what each of them is to the tables: new, known, seen (known,
and this very row was taken in before) or conflict. Both are the session's own, and empty after a transaction.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from service.influencers.accounts.store import rate_gives_way
from service.influencers.bulk.profile_values import ACCOUNT, STAGE
from service.influencers.bulk.schemas import Intake
from service.influencers.tables import FIGURES, RATE
from service.kit.db import Connection, fetch


class FoundRow(msgspec.Struct):
    """What a staged row is to the tables. `differs`: its snapshot is there and says something else."""

    n: int
    grp: int
    verdict: str
    account_id: UUID | None
    influencer_id: UUID | None
    other_id: UUID | None
    differs: bool | None


async def alone(db: Connection, workspace_id: UUID) -> None:
    """One batch at a time in a workspace: two of the same people would wait for each other in a circle."""
    await db.execute(
        "select pg_advisory_xact_lock(hashtextextended('influencers ' || $1::text, 0))", str(workspace_id)
    )


async def stage(db: Connection, columns: Mapping[str, Sequence[Any]]) -> None:
    """Puts the rows in a table of the session's own: one behind a wall takes no COPY."""
    await db.execute(f"""
        create temporary table if not exists stage_profiles ({STAGE}) on commit delete rows;
        create temporary table if not exists stage_found (
            n integer primary key, grp integer not null, verdict text not null, account_id uuid,
            influencer_id uuid, other_id uuid, differs boolean, newer boolean, nameless boolean not null,
            settled boolean not null default false
        ) on commit delete rows;
        truncate stage_profiles, stage_found;
    """)
    records = list(zip(*columns.values(), strict=True))
    await db.copy_records_to_table("stage_profiles", columns=list(columns), records=records)


async def look_up(db: Connection, intake: Intake, *, tangled: bool) -> list[FoundRow]:
    """Says of the rows that nothing is known of yet what they are; a new one has no account yet.

    `tangled`: several rows share a person or a handle.

    Of several rows that may be one account, the newest is decided if it is new, and those of one day only
    once; the others are left for the next time, when the account is there.
    """
    # `limit 1` makes an index look-up a row of each: until the tables are analysed the planner takes them
    # for nearly empty, and would read them whole for every batch.
    same = " and ".join(f"(s.{name} is null or s.{name} = t.{name})" for name in (*FIGURES, "er_given"))
    text = f"""
        with settled as (
            select distinct on (grp) grp, influencer_id as owner from stage_found
            where verdict <> 'conflict' order by grp, n
        ), matched as (
            select s.n, s.grp, s.as_of, s.platform, s.handle_folded, s.known_by,
                coalesce(p.id, h.id, m.id) as id,
                coalesce(p.influencer_id, h.influencer_id, m.influencer_id) as owner,
                case when h.id <> p.id
                       or (p.id is null and s.platform_id is not null and h.platform_id is not null)
                     then h.influencer_id end as other_id
            from stage_profiles s
            left join lateral (
                select a.id, a.influencer_id from influencer_accounts a
                where a.workspace_id = $1 and a.platform = s.platform and a.platform_id = s.platform_id
                limit 1) p on true
            left join lateral (
                select a.id, a.influencer_id, a.platform_id from influencer_accounts a
                where a.workspace_id = $1 and a.platform = s.platform and a.handle_folded = s.handle_folded
                limit 1) h on true
            left join lateral (
                select a.id, a.influencer_id from influencer_accounts a
                where s.known_by like 'name %' and a.workspace_id = $1 and a.platform = s.platform
                  and a.source = $2 and a.name_folded = s.name_folded
                  and a.platform_id is null and a.handle_folded is null
                limit 1) m on true
            where not exists (select from stage_found f where f.n = s.n)
        ), named as (
            select *, coalesce(id::text, known_by) as account from matched
        ), ranked as (
            select *,
                row_number() over (partition by platform, account, case when id is not null then as_of end
                                   order by as_of desc, n) as place,
                {_TANGLED if tangled else _PLAIN}
            from named
        )
        insert into stage_found
            (n, grp, verdict, account_id, influencer_id, other_id, differs, newer, nameless)
        select r.n, r.grp,
            case when r.other_id is not null then 'conflict' when r.id is null then 'new'
                 when t.digests @> s.digests then 'seen' else 'known' end,
            r.id, coalesce(r.owner, r.group_owner, g.owner),
            r.other_id, case when t.as_of is not null then not ({same}) end,
            k.newer, coalesce(k.nameless and s.name is not null, false)
        from ranked r
        join stage_profiles s on s.n = r.n
        left join settled g on g.grp = r.grp
        left join lateral (
            select t.* from influencer_snapshots t
            where t.workspace_id = $1 and t.account_id = r.id and t.as_of = s.as_of and t.source = $2
            limit 1) t on true
        left join lateral (
            select s.as_of >= coalesce(a.observed_at, '-infinity') as newer,
                i.name in (a.handle, a.platform_id) as nameless
            from influencer_accounts a, lateral (
                select i.name from influencers i
                where i.workspace_id = $1 and i.id = a.influencer_id limit 1) i
            where a.workspace_id = $1 and a.id = r.id
            limit 1) k on t.as_of is null or not t.digests @> s.digests
        where r.other_id is not null
           or (r.place = 1 and (r.handle_folded is null or r.has_handle = r.account))
        returning n, grp, verdict, account_id, influencer_id, other_id, differs
    """
    return await fetch(db, FoundRow, text, intake.workspace_id, intake.source)


_PLAIN = "account as has_handle, owner as group_owner"
_TANGLED = """
    first_value(account) over (partition by platform, handle_folded order by n) as has_handle,
    first_value(owner) over (partition by grp order by owner is null, n) as group_owner
"""

_HISTORY = ("as_of", *FIGURES, "er_given", "digests")
_NAMES = ("handle", "handle_folded", "platform_id", "name_folded", "url", "avatar_url", "verified")
_FRESH = (*_NAMES, "audience_country", *FIGURES, *RATE)


class New(msgspec.Struct, frozen=True):
    """Ids for a row that is new; `known_owner` where its person is there already."""

    n: int
    account_id: UUID
    influencer_id: UUID
    known_owner: bool


async def add(db: Connection, intake: Intake, new: Sequence[New], now: datetime) -> list[int]:
    """Adds new accounts with their people and snapshots; the rows that were added.

    A row is missing where somebody else added its account in this moment.
    """
    text = f"""
        with new as (
            select * from unnest($5::integer[], $6::uuid[], $7::uuid[], $8::boolean[])
                as given (n, account_id, influencer_id, known_owner)
        ), added as (
            insert into influencer_accounts (workspace_id, id, influencer_id, platform, name, source,
                created_at, updated_at, observed_at, er_as_of, {", ".join(_FRESH)})
            select $1, new.account_id, new.influencer_id, s.platform, coalesce(s.name, s.handle), $2, $9, $9,
                s.as_of, case when s.er_value is not null then s.as_of end,
                {", ".join(f"s.{name}" for name in _FRESH)}
            from stage_profiles s join new using (n) order by s.platform, s.handle_folded
            on conflict do nothing returning id
        ), people as (
            insert into influencers (workspace_id, id, name, name_folded, avatar_url, country, city,
                languages, categories, tags, bio, notes, source, legal_basis, collected_at,
                created_at, updated_at)
            select distinct on (new.influencer_id) $1, new.influencer_id,
                coalesce(s.name, s.handle, s.platform_id),
                coalesce(s.name_folded, s.handle_folded, s.platform_id), s.avatar_url,
                s.country, s.city, s.languages, s.categories, s.tags, s.bio, s.notes, $2, $3, $4, $9, $9
            from stage_profiles s join new using (n) join added a on a.id = new.account_id
            where not new.known_owner order by new.influencer_id, s.n
            on conflict (workspace_id, id) do nothing
        ), history as (
            insert into influencer_snapshots
                (workspace_id, account_id, source, created_at, {", ".join(_HISTORY)})
            select $1, a.id, $2, $9, {", ".join(f"s.{name}" for name in _HISTORY)}
            from stage_profiles s join new using (n) join added a on a.id = new.account_id
        )
        update stage_found f set account_id = new.account_id, influencer_id = new.influencer_id
        from new join added a on a.id = new.account_id where f.n = new.n
        returning f.n
    """
    ids = list(zip(*(msgspec.structs.astuple(one) for one in new), strict=True))
    # Given, and not left to the columns' defaults: those ask for the time row by row.
    values = (intake.workspace_id, intake.source, intake.legal_basis, intake.collected_at, *ids, now)
    return [row[0] for row in await db.fetch(text, *values)]


async def forget(db: Connection, rows: Sequence[int]) -> None:
    """Takes back what was said of these rows, so that they are looked up again."""
    await db.execute("delete from stage_found where n = any($1::integer[])", rows)


async def add_history(db: Connection, intake: Intake, now: datetime) -> None:
    """Adds or completes the snapshots of known accounts."""
    names = (*FIGURES, "er_given")
    text = f"""
        insert into influencer_snapshots as t
            (workspace_id, account_id, source, created_at, {", ".join(_HISTORY)})
        select $1, f.account_id, $2, $3, {", ".join(f"s.{name}" for name in _HISTORY)}
        from stage_profiles s join stage_found f using (n) where f.verdict = 'known' and not f.settled
        on conflict (workspace_id, account_id, as_of, source) do update
            set {", ".join(f"{name} = coalesce(excluded.{name}, t.{name})" for name in names)},
                digests = t.digests || excluded.digests
    """
    await db.execute(text, intake.workspace_id, intake.source, now)


async def change_people(db: Connection, intake: Intake, now: datetime) -> list[UUID]:
    """Brings people up to what newer rows say; fills gaps from older ones. Who changed.

    A name stays, unless it was a handle; what a person wrote by hand stays.
    """
    becomes = {
        name: f"""case when '{name}' = any(i.edited) then i.{name}
            when b.newer then coalesce(b.{name}, i.{name}) else coalesce(i.{name}, b.{name}) end"""
        for name in ("avatar_url", "country", "city", "bio", "notes")
    }
    becomes |= {
        name: f"""case when '{name}' = any(i.edited) or b.{name} = '{{}}' then i.{name}
            when b.newer or i.{name} = '{{}}' then b.{name} else i.{name} end"""
        for name in ("languages", "categories")
    }
    becomes |= {
        name: f"case when b.nameless and not 'name' = any(i.edited) then b.{name} else i.{name} end"
        for name in ("name", "name_folded")
    }
    becomes["tags"] = (
        "case when 'tags' = any(i.edited) or i.tags @> b.tags then i.tags else i.tags || b.tags end"
    )
    best = """
        select distinct on (f.influencer_id) f.influencer_id as found_id, f.newer, f.nameless, s.*
        from stage_profiles s join stage_found f using (n) where f.verdict = 'known' and not f.settled
        order by f.influencer_id, s.as_of desc, s.n
    """
    kept = ("source", "legal_basis", "collected_at")
    text = _rewrite("influencers", "i", best, becomes, kept, ", version = i.version + 1")
    return [row[0] for row in await db.fetch(text, intake.workspace_id, now)]


async def change_accounts(db: Connection, intake: Intake, now: datetime) -> list[UUID]:
    """Brings known accounts up to what newer rows say; fills gaps from older ones. Who changed.

    Of several days the newest counts; for the rate, the newest that has one.
    """
    becomes = {
        name: f"case when b.newer then coalesce(b.{name}, a.{name}) else coalesce(a.{name}, b.{name}) end"
        for name in (*ACCOUNT, "handle_folded", "name_folded")
    }
    becomes |= {
        name: f"case when b.newer then coalesce(b.{name}, a.{name}) else a.{name} end" for name in FIGURES
    }
    takes = f"b.er_value is not null and {rate_gives_way('a', 'b', 'b.rated_at')}"
    becomes |= {name: f"case when {takes} then b.{name} else a.{name} end" for name in RATE}
    becomes["er_as_of"] = f"case when {takes} then b.rated_at else a.er_as_of end"
    becomes["observed_at"] = "greatest(a.observed_at, b.as_of)"
    rated = ", ".join(f"first_value(s.{name}) over rated as {name}" for name in RATE)
    names = ", ".join(f"s.{name}" for name in ("as_of", *ACCOUNT, "handle_folded", "name_folded", *FIGURES))
    best = f"""
        select distinct on (f.account_id) f.account_id as found_id, f.newer, {names}, {rated},
            first_value(s.as_of) over rated as rated_at
        from stage_profiles s join stage_found f using (n) where f.verdict = 'known' and not f.settled
        window rated as (partition by f.account_id order by s.er_value is null, s.as_of desc, s.n)
        order by f.account_id, s.as_of desc, s.n
    """
    kept = ("influencer_id", "platform", "source")
    text = _rewrite("influencer_accounts", "a", best, becomes, kept)
    return [row[0] for row in await db.fetch(text, intake.workspace_id, now)]


def _rewrite(
    table: str, alias: str, best: str, becomes: dict[str, str], kept: Sequence[str], also: str = ""
) -> str:
    """An update of the rows that `best` names by found_id, where they change; returns their ids (SQL).

    Written as an upsert of rows that are all there: each is found, locked and written by its key, whatever
    the planner believes of a table that nobody has analysed yet.
    """
    names = ", ".join(becomes)
    return f"""
        with best as ({best}), read as materialized (
            select {alias}.id, {", ".join(f"{alias}.{name}" for name in kept)},
                {", ".join(f"{what} as {name}" for name, what in becomes.items())},
                {", ".join(f"{alias}.{name} as old_{name}" for name in becomes)}
            from best b cross join lateral (
                select * from {table} {alias} where {alias}.workspace_id = $1 and {alias}.id = b.found_id
                limit 1 for no key update) {alias}
        )
        insert into {table} as {alias} (workspace_id, id, {", ".join(kept)}, {names}, created_at, updated_at)
        select $1, id, {", ".join(kept)}, {names}, $2, $2 from read
        where ({" or ".join(f"{name} is distinct from old_{name}" for name in becomes)}) order by id
        on conflict (workspace_id, id) do update set
            {", ".join(f"{name} = excluded.{name}" for name in becomes)},
            updated_at = excluded.updated_at{also}
        returning {alias}.id
    """


async def late_accounts(db: Connection, intake: Intake) -> list[UUID]:
    """Accounts of which a row is older than the newest: their figures are read from their snapshots."""
    rows = await db.fetch(
        """
        select distinct f.account_id from stage_profiles s join stage_found f using (n)
        cross join lateral (
            select a.observed_at from influencer_accounts a
            where a.workspace_id = $1 and a.id = f.account_id limit 1) a
        where f.verdict = 'known' and not f.settled and s.as_of < a.observed_at
        """,
        intake.workspace_id,
    )
    return [row[0] for row in rows]


async def settle(db: Connection) -> None:
    """What was written is done with."""
    await db.execute("update stage_found set settled = true where not settled")


async def add_contacts(db: Connection, intake: Intake, contact_ids: Mapping[int, UUID]) -> list[UUID]:
    """Adds addresses that are not known yet, unless the contacts were written by hand. Whose they are."""
    rows = await db.fetch(
        """
        insert into influencer_contacts (workspace_id, id, influencer_id, role, email, phone)
        select distinct on (f.influencer_id, lower(s.email), s.phone)
            $1, new.id, f.influencer_id, 'self', s.email, s.phone
        from unnest($2::integer[], $3::uuid[]) as new (n, id)
        join stage_profiles s using (n) join stage_found f using (n)
        cross join lateral (
            select i.edited from influencers i where i.workspace_id = $1 and i.id = f.influencer_id
            limit 1) i
        where f.verdict in ('new', 'known') and not 'contacts' = any(i.edited)
          and not exists (
            select from influencer_contacts c where c.workspace_id = $1 and c.influencer_id = f.influencer_id
              and (s.email is null or lower(c.email) = lower(s.email))
              and (s.phone is null or c.phone = s.phone))
        order by f.influencer_id, lower(s.email), s.phone, s.n
        returning influencer_id
        """,
        intake.workspace_id,
        list(contact_ids),
        list(contact_ids.values()),
    )
    return [row[0] for row in rows]
