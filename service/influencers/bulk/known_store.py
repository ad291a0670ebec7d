"""SQL that brings what is known up to a staged batch."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from service.influencers.accounts.store import rate_gives_way
from service.influencers.bulk.new_store import HISTORY
from service.influencers.bulk.profile_values import ACCOUNT
from service.influencers.bulk.schemas import Intake
from service.influencers.tables import FIGURES, RATE
from service.kit.db import Connection


async def add_history(db: Connection, intake: Intake, now: datetime) -> None:
    """Adds or completes the snapshots of known accounts."""
    names = (*FIGURES, "er_given")
    text = f"""
        insert into influencer_snapshots as t
            (workspace_id, account_id, source, created_at, {", ".join(HISTORY)})
        select $1, f.account_id, $2, $3, {", ".join(f"s.{name}" for name in HISTORY)}
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
