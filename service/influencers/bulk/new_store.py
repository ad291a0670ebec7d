"""SQL that adds what is new of a staged batch."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from service.influencers.bulk.schemas import Intake
from service.influencers.tables import FIGURES, RATE
from service.kit.db import Connection

HISTORY = ("as_of", *FIGURES, "er_given", "digests")
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
                (workspace_id, account_id, source, created_at, {", ".join(HISTORY)})
            select $1, a.id, $2, $9, {", ".join(f"s.{name}" for name in HISTORY)}
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
