"""All SQL of partners."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from service.influencers.problems import UnknownInfluencer
from service.kit.db import Connection, fetch, sql
from service.programs.problems import UnknownPartner
from service.programs.schemas import (
    AgreedRow,
    ListedPartners,
    NamedPartnerRow,
    PartnerGroup,
    PartnerRow,
    PayeeRow,
)

_COLUMNS = """
    p.id, p.program_id, w.id as influencer_id, p.name, p.email, p."group", p.status, p.merged_into, p.version,
    p.created_at, p.updated_at
"""
# Of merged profiles the one that stands at the end is meant; one who opted out appears nowhere.
STANDING = """
    left join lateral (
        with recursive standing as (
            select i.id, i.merged_into, i.opted_out_at from influencers i
            where i.workspace_id = $1 and i.id = p.influencer_id
            union all
            select i.id, i.merged_into, i.opted_out_at from standing s
            join influencers i on i.workspace_id = $1 and i.id = s.merged_into
        )
        select id from standing where merged_into is null and opted_out_at is null
    ) w on true
"""
_FROM = f"from partners p {STANDING}"
_FRAGMENTS = {
    "ids": "p.id = any(${})",
    "program_id": "p.program_id = ${}",
    "influencer_id": "w.id = ${}",
    "status": "p.status = ${}",
    "group": 'p."group" = ${}',
    "q": "(strpos(p.name_folded, ${0}) > 0 or strpos(p.email_key, ${0}) > 0)",
}


@sql(
    "select id from influencers where workspace_id = $1 and id = $2 and opted_out_at is null",
    missing=UnknownInfluencer,
)
async def known_influencer(db: Connection, workspace_id: UUID, influencer_id: UUID) -> UUID | None: ...


@sql("""
    insert into partners
        (workspace_id, id, program_id, influencer_id, name, slug, name_folded, email, email_key, "group")
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
""")
async def add_partner(
    db: Connection,
    workspace_id: UUID,
    partner_id: UUID,
    program_id: UUID | None,
    influencer_id: UUID | None,
    name: str,
    slug: str,
    name_folded: str,
    email: str | None,
    email_key: str | None,
    group: str | None,
) -> None: ...


@sql(f"select {_COLUMNS} {_FROM} where p.workspace_id = $1 and p.id = $2", missing=UnknownPartner)
async def get_partner(db: Connection, workspace_id: UUID, partner_id: UUID) -> PartnerRow: ...


@sql(
    f"select {_COLUMNS} {_FROM} where p.workspace_id = $1 and p.id = $2 for update of p",
    missing=UnknownPartner,
)
async def lock_partner(db: Connection, workspace_id: UUID, partner_id: UUID) -> PartnerRow: ...


@sql("select id from partners where workspace_id = $1 and id = any($2)")
async def known_partners(db: Connection, workspace_id: UUID, asked: Sequence[UUID]) -> list[UUID]: ...


@sql("""
    select "group", count(*)::integer as partners from partners
    where workspace_id = $1 and "group" is not null and status <> 'archived'
        and ($2::uuid is null or program_id = $2) and ($3::text is null or "group" > $3)
    group by 1 order by 1 limit $4
""")
async def groups(
    db: Connection, workspace_id: UUID, program_id: UUID | None, after: str | None, limit: int
) -> list[PartnerGroup]: ...


# An address, or a name, says who is meant where there is one of it.
@sql("""
    select a.n::integer as n, (array_agg(p.id order by p.id))[1] as id, count(*) > 1 as several
    from unnest($2::text[], $3::text[]) with ordinality as a (email_key, name_folded, n)
    join partners p on p.workspace_id = $1 and p.status <> 'archived'
        and (p.email_key = a.email_key or p.name_folded = a.name_folded)
    group by a.n
""")
async def by_words(
    db: Connection, workspace_id: UUID, email_keys: Sequence[str], names: Sequence[str]
) -> list[NamedPartnerRow]: ...


async def list_partners(
    db: Connection, workspace_id: UUID, wanted: ListedPartners, before: UUID | None, limit: int
) -> list[PartnerRow]:
    """The newest first, older than `before`; archived ones where they are asked for by id or status."""
    values: list[Any] = [workspace_id, limit]
    conditions = ["p.workspace_id = $1"]
    if wanted.ids is None and wanted.status is None:
        conditions.append("p.status <> 'archived'")
    for name, fragment in _FRAGMENTS.items():
        if (value := getattr(wanted, name)) is not None:
            values.append(value)
            conditions.append(fragment.format(len(values)))
    if before is not None:
        values.append(before)
        conditions.append(f"p.id < ${len(values)}")
    text = f"select {_COLUMNS} {_FROM} where {' and '.join(conditions)} order by p.id desc limit $2"
    return await fetch(db, PartnerRow, text, *values)


@sql("""
    update partners
    set program_id = $3, influencer_id = case when $12 then $4 else influencer_id end, name = $5,
        slug = $6, name_folded = $7, email = $8, email_key = $9, "group" = $10,
        status = $11, version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and id = $2
""")
async def save_partner(
    db: Connection,
    workspace_id: UUID,
    partner_id: UUID,
    program_id: UUID | None,
    influencer_id: UUID | None,
    name: str,
    slug: str,
    name_folded: str,
    email: str | None,
    email_key: str | None,
    group: str | None,
    status: str,
    other_influencer: bool,
) -> None:
    """What is shown of the influencer may be another one, or nobody: it is written only where it was sent."""
    ...


# What was paid stays with the record; who it was does not.
@sql("""
    update partners
    set influencer_id = null, name = '-', slug = '', name_folded = '', email = null, email_key = null,
        "group" = null, status = 'archived', version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and id = any($2)
    returning id
""")
async def forget_partners(db: Connection, workspace_id: UUID, partner_ids: Sequence[UUID]) -> list[UUID]: ...


@sql("""
    select id from partners where workspace_id = $1 and (influencer_id = any($2) or merged_into in (
        select id from partners where workspace_id = $1 and influencer_id = any($2)
    ))
""")
async def partners_of(db: Connection, workspace_id: UUID, influencer_ids: Sequence[UUID]) -> list[UUID]: ...


# All records of the same people: the one that stands, and what was merged into it.
@sql("""
    with standing as (
        select coalesce(merged_into, id) as id from partners where workspace_id = $1 and id = any($2)
    )
    select p.id from partners p where p.workspace_id = $1
        and (p.id in (select id from standing) or p.merged_into in (select id from standing))
""")
async def family_of(db: Connection, workspace_id: UUID, partner_ids: Sequence[UUID]) -> list[UUID]: ...


# As mails name them (kit/mail.py).
@sql("select lower(email) from partners where workspace_id = $1 and id = any($2) and email is not null")
async def addresses_of(db: Connection, workspace_id: UUID, partner_ids: Sequence[UUID]) -> list[str]: ...


# A group may be named after somebody.
@sql("""update partner_history set "group" = null where workspace_id = $1 and partner_id = $2""")
async def forget_groups(db: Connection, workspace_id: UUID, partner_id: UUID) -> None: ...


# Of a merged partner the terms of its own time hold until it was merged, then those of the one that stands.
@sql("""
    select a.n::integer, h."group", h.status, h.program_id, g.name as program_name,
        (select status from program_history ph
         where ph.workspace_id = $1 and ph.program_id = h.program_id and ph.since <= a.at
         order by ph.since desc limit 1) as program_status,
        t.version,
        case when row_number() over (partition by h.program_id, t.version) = 1 then t.terms end as terms
    from unnest($2::uuid[], $3::timestamptz[]) with ordinality as a (partner_id, at, n)
    join partners p on p.workspace_id = $1 and p.id = a.partner_id
    join lateral (
        select program_id, "group", status from partner_history
        where workspace_id = $1 and since <= a.at
            and partner_id = case when p.merged_at <= a.at then p.merged_into else p.id end
        order by since desc limit 1
    ) h on true
    left join programs g on g.workspace_id = $1 and g.id = h.program_id
    left join lateral (
        select version, terms from program_terms
        where workspace_id = $1 and program_id = h.program_id and coalesce(valid_from, '-infinity') <= a.at
        order by coalesce(valid_from, '-infinity') desc, version desc limit 1
    ) t on true
""")
async def agreed(
    db: Connection, workspace_id: UUID, asked: Sequence[UUID], times: Sequence[datetime]
) -> list[AgreedRow]: ...


# What came before a merge is the duplicate's own.
@sql("""
    with standing as (
        select a.n::integer, s.id, s.program_id, s."group", s.status, s.email_key, s.name
        from unnest($2::uuid[], $3::timestamptz[]) with ordinality as a (partner_id, at, n)
        join partners p on p.workspace_id = $1 and p.id = a.partner_id
        join partners s on s.workspace_id = $1
            and s.id = case
                when p.merged_at <= coalesce(a.at, 'infinity'::timestamptz) then p.merged_into else p.id end
    ), merged as (
        select m.merged_into as id, array_agg(m.id order by m.id) as ids from partners m
        where m.workspace_id = $1 and m.merged_into in (select id from standing)
        group by 1
    )
    select s.n, s.id as partner_id, s.program_id, s."group", s.status, s.email_key, s.name,
        coalesce(m.ids, '{}') as merged
    from standing s left join merged m on m.id = s.id
""")
async def payees(
    db: Connection, workspace_id: UUID, asked: Sequence[UUID], times: Sequence[datetime | None]
) -> list[PayeeRow]: ...


# A change within the same microsecond is the later one's; the first row holds from the beginning.
@sql("""
    insert into partner_history (workspace_id, partner_id, since, program_id, "group", status)
    select p.workspace_id, p.id,
        case when exists (select from partner_history where workspace_id = $1 and partner_id = $2)
            then elci_now() else '-infinity' end,
        p.program_id, p."group", p.status
    from partners p where p.workspace_id = $1 and p.id = $2
    on conflict (workspace_id, partner_id, since) do update
    set program_id = excluded.program_id, "group" = excluded."group", status = excluded.status
""")
async def note_partner(db: Connection, workspace_id: UUID, partner_id: UUID) -> None: ...
