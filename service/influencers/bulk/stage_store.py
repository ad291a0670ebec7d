"""SQL of the stage: a batch of profiles beside the tables, and what its rows are to them.

`stage_profiles` holds the rows, `stage_found` what each of them is to the tables: new, known, seen (known,
and this very row was taken in before) or conflict. Both are the session's own, and empty after a transaction.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from service.influencers.bulk.profile_values import STAGE
from service.influencers.bulk.schemas import Intake
from service.influencers.tables import FIGURES
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


async def forget(db: Connection, rows: Sequence[int]) -> None:
    """Takes back what was said of these rows, so that they are looked up again."""
    await db.execute("delete from stage_found where n = any($1::integer[])", rows)


async def settle(db: Connection) -> None:
    """What was written is done with."""
    await db.execute("update stage_found set settled = true where not settled")
