"""SQL that takes a batch of profiles in: staged by COPY, then moved by a handful of statements.

`stage_profiles` holds the rows, `stage_found` what each of them is to the tables: new, known, seen (known,
and this very row was taken in before) or conflict. Both are the session's own, and empty after a transaction.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from service.influencers.accounts.store import rate_gives_way
from service.influencers.bulk.profile_values import ACCOUNT, STAGED
from service.influencers.bulk.schemas import Intake
from service.influencers.tables import FIGURES, RATE
from service.kit.db import Connection, fetch

_KEYS = ("n", "grp", "account_id", "influencer_id")


class FoundRow(msgspec.Struct):
    """What a staged row is to the tables. `differs`: its snapshot is there and says something else."""

    n: int
    verdict: str
    account_id: UUID
    influencer_id: UUID
    other_id: UUID | None
    differs: bool | None


async def alone(db: Connection, workspace_id: UUID) -> None:
    """One batch at a time in a workspace: two of the same people would wait for each other in a circle."""
    await db.execute(
        "select pg_advisory_xact_lock(hashtextextended('influencers ' || $1::text, 0))", str(workspace_id)
    )


async def stage(db: Connection, records: Sequence[tuple[Any, ...]]) -> None:
    """Puts the rows in a table of the session's own: one behind a wall takes no COPY."""
    columns = ", ".join(f"{name} {kind}" for name, kind in STAGED)
    await db.execute(f"""
        create temporary table if not exists stage_profiles (
            n integer not null, grp integer not null, account_id uuid not null, influencer_id uuid not null,
            {columns}
        ) on commit delete rows;
        create temporary table if not exists stage_found (
            n integer not null, grp integer not null, verdict text not null, account_id uuid not null,
            influencer_id uuid not null, other_id uuid, differs boolean,
            settled boolean not null default false
        ) on commit delete rows;
        delete from stage_profiles; delete from stage_found;
    """)
    names = [*_KEYS, *(name for name, _ in STAGED)]
    await db.copy_records_to_table("stage_profiles", columns=names, records=records)


async def look_up(db: Connection, intake: Intake) -> list[FoundRow]:
    """Says of the rows that nothing is known of yet what they are.

    Of several rows that may be one account, the newest is decided if it is new, and those of one day only
    once; the others are left for the next time, when the account is there.
    """
    same = " and ".join(f"(s.{name} is null or s.{name} = t.{name})" for name in (*FIGURES, "er_given"))
    text = f"""
        with matched as (
            select s.n, s.grp, s.account_id as new_id, s.influencer_id as new_owner, s.as_of, s.platform,
                s.handle_folded, s.known_by, s.digests, coalesce(p.id, h.id, m.id) as id,
                coalesce(p.influencer_id, h.influencer_id, m.influencer_id) as owner,
                case when h.id <> p.id
                       or (p.id is null and s.platform_id is not null and h.platform_id is not null)
                     then h.influencer_id end as other_id
            from stage_profiles s
            left join influencer_accounts p
                on p.workspace_id = $1 and p.platform = s.platform and p.platform_id = s.platform_id
            left join influencer_accounts h
                on h.workspace_id = $1 and h.platform = s.platform and h.handle_folded = s.handle_folded
            left join influencer_accounts m
                on m.workspace_id = $1 and m.platform = s.platform and m.source = $2
                and m.name_folded = s.name_folded and m.platform_id is null and m.handle_folded is null
                and s.platform_id is null and s.handle_folded is null
            where not exists (select from stage_found f where f.n = s.n)
        ), named as (
            select *, coalesce(id::text, known_by) as account from matched
        ), ranked as (
            select *,
                row_number() over (partition by platform, account, case when id is not null then as_of end
                                   order by as_of desc, n) as place,
                first_value(account) over (partition by platform, handle_folded order by n) as has_handle,
                first_value(owner) over (partition by grp order by owner is null, n) as group_owner
            from named
        )
        insert into stage_found (n, grp, verdict, account_id, influencer_id, other_id, differs)
        select r.n, r.grp,
            case when r.other_id is not null then 'conflict' when r.id is null then 'new'
                 when t.digests @> r.digests then 'seen' else 'known' end,
            coalesce(r.id, r.new_id),
            coalesce(r.owner, r.group_owner,
                (select f.influencer_id from stage_found f
                 where f.grp = r.grp and f.verdict <> 'conflict' limit 1), r.new_owner),
            r.other_id, case when t.account_id is not null then not ({same}) end
        from ranked r
        join stage_profiles s on s.n = r.n
        left join influencer_snapshots t
            on t.workspace_id = $1 and t.account_id = r.id and t.as_of = r.as_of and t.source = $2
        where r.other_id is not null
           or (r.place = 1 and (r.handle_folded is null or r.has_handle = r.account))
        returning n, verdict, account_id, influencer_id, other_id, differs
    """
    return await fetch(db, FoundRow, text, intake.workspace_id, intake.source)


_HISTORY = ("as_of", *FIGURES, "er_given", "digests")
_NAMES = ("handle", "handle_folded", "platform_id", "name_folded", "url", "avatar_url", "verified")
_FRESH = (*_NAMES, "audience_country", *FIGURES, *RATE)


async def add(db: Connection, intake: Intake) -> list[int]:
    """Adds the new accounts with their people and snapshots; the rows that were added.

    A row is missing where somebody else added its account in this moment.
    """
    text = f"""
        with added as (
            insert into influencer_accounts (workspace_id, id, influencer_id, platform, name, source,
                observed_at, er_as_of, {", ".join(_FRESH)})
            select $1, s.account_id, f.influencer_id, s.platform, coalesce(s.name, s.handle), $2, s.as_of,
                case when s.er_value is not null then s.as_of end, {", ".join(f"s.{name}" for name in _FRESH)}
            from stage_profiles s join stage_found f using (n) where f.verdict = 'new' and not f.settled
            order by s.platform, s.handle_folded
            on conflict do nothing returning id, influencer_id
        ), people as (
            insert into influencers (workspace_id, id, name, name_folded, avatar_url, country, city,
                languages, categories, tags, bio, notes, source, legal_basis, collected_at)
            select distinct on (a.influencer_id) $1, a.influencer_id,
                coalesce(s.name, s.handle, s.platform_id),
                coalesce(s.name_folded, s.handle_folded, s.platform_id), s.avatar_url,
                s.country, s.city, s.languages, s.categories, s.tags, s.bio, s.notes, $2, $3, $4
            from stage_profiles s join added a on a.id = s.account_id
            where a.influencer_id in (select p.influencer_id from stage_profiles p)
            order by a.influencer_id, s.n
            on conflict (workspace_id, id) do nothing
        ), history as (
            insert into influencer_snapshots (workspace_id, account_id, source, {", ".join(_HISTORY)})
            select $1, s.account_id, $2, {", ".join(f"s.{name}" for name in _HISTORY)}
            from stage_profiles s join added a on a.id = s.account_id
        )
        select s.n from stage_profiles s join added a on a.id = s.account_id
    """
    values = (intake.workspace_id, intake.source, intake.legal_basis, intake.collected_at)
    return [row[0] for row in await db.fetch(text, *values)]


async def forget(db: Connection, rows: Sequence[int]) -> None:
    """Takes back what was said of these rows, so that they are looked up again."""
    await db.execute("delete from stage_found where n = any($1::integer[])", rows)


async def add_history(db: Connection, intake: Intake) -> None:
    """Adds or completes the snapshots of known accounts."""
    names = (*FIGURES, "er_given")
    text = f"""
        insert into influencer_snapshots as t (workspace_id, account_id, source, {", ".join(_HISTORY)})
        select $1, f.account_id, $2, {", ".join(f"s.{name}" for name in _HISTORY)}
        from stage_profiles s join stage_found f using (n) where f.verdict = 'known' and not f.settled
        on conflict (workspace_id, account_id, as_of, source) do update
            set {", ".join(f"{name} = coalesce(excluded.{name}, t.{name})" for name in names)},
                digests = t.digests || excluded.digests
    """
    await db.execute(text, intake.workspace_id, intake.source)


async def change_people(db: Connection, intake: Intake) -> list[UUID]:
    """Brings people up to what newer rows say; fills gaps from older ones. Who changed.

    A name stays, unless it was a handle; what a person wrote by hand stays.
    """
    newer = {
        name: f"""case when '{name}' = any(i.edited) then i.{name}
            when b.newer then coalesce(b.{name}, i.{name}) else coalesce(i.{name}, b.{name}) end"""
        for name in ("avatar_url", "country", "city", "bio", "notes")
    }
    lists = {
        name: f"""case when '{name}' = any(i.edited) or b.{name} = '{{}}' then i.{name}
            when b.newer or i.{name} = '{{}}' then b.{name} else i.{name} end"""
        for name in ("languages", "categories")
    }
    tags = "case when 'tags' = any(i.edited) or i.tags @> b.tags then i.tags else i.tags || b.tags end"
    becomes = {**newer, **lists, "tags": tags}
    becomes |= {
        name: f"case when b.nameless and not 'name' = any(i.edited) then b.{name} else i.{name} end"
        for name in ("name", "name_folded")
    }
    text = f"""
        with best as (
            select distinct on (f.influencer_id) f.influencer_id as owner_id, s.*,
                s.as_of >= coalesce(a.observed_at, '-infinity') as newer,
                s.name is not null and i.name in (a.handle, a.platform_id) as nameless
            from stage_profiles s join stage_found f using (n)
            join influencers i on i.workspace_id = $1 and i.id = f.influencer_id
            left join influencer_accounts a on a.workspace_id = $1 and a.id = f.account_id
            where f.verdict = 'known' and not f.settled
            order by f.influencer_id, s.as_of desc, s.n
        )
        update influencers i set {", ".join(f"{name} = {what}" for name, what in becomes.items())},
            version = i.version + 1, updated_at = elci_now()
        from best b
        where i.workspace_id = $1 and i.id = b.owner_id
          and ({" or ".join(f"({what}) is distinct from i.{name}" for name, what in becomes.items())})
        returning i.id
    """
    return [row[0] for row in await db.fetch(text, intake.workspace_id)]


async def change_accounts(db: Connection, intake: Intake) -> list[UUID]:
    """Brings known accounts up to what newer rows say; fills gaps from older ones. Who changed.

    Of several days the newest counts; for the rate, the newest that has one.
    """
    is_newer = "b.as_of >= coalesce(a.observed_at, '-infinity')"
    becomes = {
        name: f"case when {is_newer} then coalesce(b.{name}, a.{name}) else coalesce(a.{name}, b.{name}) end"
        for name in (*ACCOUNT, "handle_folded", "name_folded")
    }
    becomes |= {
        name: f"case when {is_newer} then coalesce(b.{name}, a.{name}) else a.{name} end" for name in FIGURES
    }
    takes = f"r.er_value is not null and {rate_gives_way('a', 'r')}"
    becomes |= {name: f"case when {takes} then r.{name} else a.{name} end" for name in RATE}
    becomes["er_as_of"] = f"case when {takes} then r.as_of else a.er_as_of end"
    becomes["observed_at"] = "greatest(a.observed_at, b.as_of)"
    text = f"""
        with days as (
            select f.account_id as found_id, s.* from stage_profiles s join stage_found f using (n)
            where f.verdict = 'known' and not f.settled
        ), best as (
            select distinct on (found_id) * from days order by found_id, as_of desc, n
        ), rated as (
            select distinct on (found_id) * from days order by found_id, er_value is null, as_of desc, n
        )
        update influencer_accounts a set {", ".join(f"{name} = {what}" for name, what in becomes.items())},
            updated_at = elci_now()
        from best b join rated r using (found_id)
        where a.workspace_id = $1 and a.id = found_id
          and ({" or ".join(f"({what}) is distinct from a.{name}" for name, what in becomes.items())})
        returning a.id
    """
    return [row[0] for row in await db.fetch(text, intake.workspace_id)]


async def late_accounts(db: Connection, intake: Intake) -> list[UUID]:
    """Accounts of which a row is older than the newest: their figures are read from their snapshots."""
    rows = await db.fetch(
        """
        select distinct a.id from stage_profiles s join stage_found f using (n)
        join influencer_accounts a on a.workspace_id = $1 and a.id = f.account_id
        where f.verdict = 'known' and not f.settled and s.as_of < a.observed_at
        """,
        intake.workspace_id,
    )
    return [row[0] for row in rows]


async def settle(db: Connection) -> None:
    """What was written is done with."""
    await db.execute("update stage_found set settled = true where not settled")


async def add_contacts(db: Connection, intake: Intake, contact_ids: Sequence[UUID]) -> list[UUID]:
    """Adds addresses that are not known yet, unless the contacts were written by hand. Whose they are."""
    rows = await db.fetch(
        """
        insert into influencer_contacts (workspace_id, id, influencer_id, role, email, phone)
        select distinct on (f.influencer_id, lower(s.email), s.phone)
            $1, ($2::uuid[])[s.n + 1], f.influencer_id, 'self', s.email, s.phone
        from stage_profiles s join stage_found f using (n)
        join influencers i on i.workspace_id = $1 and i.id = f.influencer_id
        where f.verdict in ('new', 'known') and (s.email is not null or s.phone is not null)
          and not 'contacts' = any(i.edited)
          and not exists (
            select from influencer_contacts c where c.workspace_id = $1 and c.influencer_id = f.influencer_id
              and (s.email is null or lower(c.email) = lower(s.email))
              and (s.phone is null or c.phone = s.phone))
        order by f.influencer_id, lower(s.email), s.phone, s.n
        returning influencer_id
        """,
        intake.workspace_id,
        contact_ids,
    )
    return [row[0] for row in rows]
