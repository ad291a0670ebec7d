"""All SQL of advocates."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from service.advocacy.members.schemas import AdvocateBrief, AdvocateRow, DeedRow, ListedAdvocates
from service.advocacy.problems import UnknownAdvocate
from service.kit.db import Connection, fetch, sql
from service.programs.store import STANDING

_COLUMNS = """
    a.id, a.program_id, a.partner_id, w.id as influencer_id, p.name, a.member, a.joined_by, a.join_on,
    a.status, a.tier, a.board_name, a.consent_at, a.consent_text, a.referral_id, a.link_id, a.coupon_id,
    (select c.code from coupons c
        where c.workspace_id = $1 and c.id = a.coupon_id and a.erased_at is null) as code,
    (select count(*) from referrals r where r.workspace_id = $1 and r.advocate_id = a.id
        and r.state in ('signed_up', 'qualified', 'rewarded'))::integer as referrals,
    (select count(*) from referrals r where r.workspace_id = $1 and r.advocate_id = a.id
        and r.state in ('qualified', 'rewarded') and r.held is null)::integer as qualified,
    a.joined_at, a.erased_at, a.version, a.created_at, a.updated_at
"""
_FROM = f"""
    from advocates a join partners p on p.workspace_id = $1 and p.id = a.partner_id {STANDING}
"""
_FRAGMENTS = {
    "ids": "a.id = any(${})",
    "program_id": "a.program_id = ${}",
    "status": "a.status = ${}",
    "member": "a.member = ${}",
    "tier": "a.tier = ${}",
    "joined_by": "a.joined_by = ${}",
    "partner_id": "a.partner_id = ${}",
    "q": "(strpos(p.name_folded, ${0}) > 0 or strpos(p.email_key, ${0}) > 0)",
    "keys": """a.id in (
        select k.advocate_id from advocate_keys k where k.workspace_id = $1 and k.key = any(${}::bytea[]))""",
}


class KeyRow(Struct):
    """Whom a keyed hash names in a program."""

    key: bytes
    of_id: UUID


class BuyingRow(Struct):
    """A guest who agreed to join by buying, and the net of what they bought."""

    id: UUID
    program_id: UUID
    net: int
    currency: str


class WaitingRow(Struct):
    """A guest who agreed to join by what is said: the advocate, and the program's terms' place."""

    id: UUID
    program_id: UUID


class PraiseRow(Struct):
    """A positive mention of an advocate's."""

    mention_id: UUID
    advocate_id: UUID
    published_at: datetime


@sql(f"select {_COLUMNS} {_FROM} where a.workspace_id = $1 and a.id = $2", missing=UnknownAdvocate)
async def get_advocate(db: Connection, workspace_id: UUID, advocate_id: UUID) -> AdvocateRow: ...


@sql(
    """select id, program_id, partner_id, status, tier, link_id, erased_at from advocates
       where workspace_id = $1 and id = $2""",
    missing=UnknownAdvocate,
)
async def get_brief(db: Connection, workspace_id: UUID, advocate_id: UUID) -> AdvocateBrief: ...


# More than the highest tier asks for need not be counted.
@sql("""
    select count(*)::integer from (
        select from referrals
        where workspace_id = $1 and advocate_id = $2 and state in ('qualified', 'rewarded') and held is null
        limit $3
    ) bought
""")
async def qualified(db: Connection, workspace_id: UUID, advocate_id: UUID, most: int) -> int: ...


@sql(
    f"select {_COLUMNS} {_FROM} where a.workspace_id = $1 and a.id = $2 for update of a",
    missing=UnknownAdvocate,
)
async def lock_advocate(db: Connection, workspace_id: UUID, advocate_id: UUID) -> AdvocateRow: ...


@sql(f"select {_COLUMNS} {_FROM} where a.workspace_id = $1 and a.id = any($2) order by a.id")
async def by_ids(db: Connection, workspace_id: UUID, advocate_ids: Sequence[UUID]) -> list[AdvocateRow]: ...


async def list_advocates(
    db: Connection, workspace_id: UUID, wanted: ListedAdvocates, before: UUID | None, limit: int
) -> list[AdvocateRow]:
    """The newest first, older than `before`; guests where they are asked for by id, status or what they are
    known by, those who were erased by id alone."""
    values: list[Any] = [workspace_id, limit]
    conditions = ["a.workspace_id = $1"]
    if wanted.ids is None:
        conditions.append("a.erased_at is null")
    if wanted.ids is None and wanted.status is None and wanted.keys is None:
        conditions.append("a.status <> 'guest'")
    for name, fragment in _FRAGMENTS.items():
        if (value := getattr(wanted, name)) is not None:
            values.append(value)
            conditions.append(fragment.format(len(values)))
    if before is not None:
        values.append(before)
        conditions.append(f"a.id < ${len(values)}")
    text = f"select {_COLUMNS} {_FROM} where {' and '.join(conditions)} order by a.id desc limit $2"
    return await fetch(db, AdvocateRow, text, *values)


@sql("""
    insert into advocates (workspace_id, id, program_id, partner_id, member, joined_by, join_on, status,
        board_name, consent_at, consent_text, referral_id, link_id, coupon_id, joined_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
        case when $8 <> 'guest' then elci_now() end)
""")
async def add_advocate(
    db: Connection,
    workspace_id: UUID,
    advocate_id: UUID,
    program_id: UUID,
    partner_id: UUID,
    member: str,
    joined_by: str | None,
    join_on: str | None,
    status: str,
    board_name: str | None,
    consent_at: datetime | None,
    consent_text: str | None,
    referral_id: UUID | None,
    link_id: UUID | None,
    coupon_id: UUID | None,
) -> None: ...


# A guest who joins keeps the account that was kept for them.
@sql("""
    update advocates
    set member = $3, joined_by = $4, join_on = $5, status = $6, board_name = coalesce($7, board_name),
        consent_at = $8, consent_text = $9, link_id = coalesce($10, link_id),
        coupon_id = coalesce($11, coupon_id),
        joined_at = case when $6 <> 'guest' then coalesce(joined_at, elci_now()) end,
        version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and id = $2
""")
async def join(
    db: Connection,
    workspace_id: UUID,
    advocate_id: UUID,
    member: str,
    joined_by: str | None,
    join_on: str | None,
    status: str,
    board_name: str | None,
    consent_at: datetime | None,
    consent_text: str | None,
    link_id: UUID | None,
    coupon_id: UUID | None,
) -> None: ...


@sql("""
    update advocates
    set tier = $3, board_name = $4, status = $5, version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and id = $2
""")
async def save_advocate(
    db: Connection,
    workspace_id: UUID,
    advocate_id: UUID,
    tier: str | None,
    board_name: str | None,
    status: str,
) -> None: ...


@sql("""
    update advocates set tier = $3, version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and id = $2 and tier is distinct from $3
""")
async def set_tier(db: Connection, workspace_id: UUID, advocate_id: UUID, tier: str | None) -> None: ...


# Those who agreed to and wait for a purchase or a mention join by it.
@sql("""
    update advocates
    set status = 'active', joined_by = join_on, join_on = null, joined_at = elci_now(), version = version + 1,
        updated_at = elci_now()
    where workspace_id = $1 and id = any($2) and status = 'guest' and join_on = $3
    returning id
""")
async def let_in(db: Connection, workspace_id: UUID, advocate_ids: Sequence[UUID], by: str) -> list[UUID]: ...


@sql("""
    insert into advocate_keys (workspace_id, program_id, key, advocate_id)
    select $1, $2, k, $4 from unnest($3::bytea[]) k order by k
""")
async def add_keys(
    db: Connection, workspace_id: UUID, program_id: UUID, keys: Sequence[bytes], advocate_id: UUID
) -> None: ...


@sql("""
    insert into advocate_keys (workspace_id, program_id, key, advocate_id)
    select $1, $2, k, $4 from unnest($3::bytea[]) k order by k
    on conflict do nothing
""")
async def learn_keys(
    db: Connection, workspace_id: UUID, program_id: UUID, keys: Sequence[bytes], advocate_id: UUID
) -> None: ...


@sql("""
    select key, advocate_id as of_id from advocate_keys
    where workspace_id = $1 and program_id = $2 and key = any($3::bytea[])
""")
async def named_by(
    db: Connection, workspace_id: UUID, program_id: UUID, keys: Sequence[bytes]
) -> list[KeyRow]: ...


@sql("select key from advocate_keys where workspace_id = $1 and advocate_id = $2 order by key")
async def keys_of(db: Connection, workspace_id: UUID, advocate_id: UUID) -> list[bytes]: ...


@sql("""
    update advocates set referral_id = $3, updated_at = elci_now()
    where workspace_id = $1 and id = $2 and referral_id is null
""")
async def brought_by(db: Connection, workspace_id: UUID, advocate_id: UUID, referral_id: UUID) -> None: ...


# From an advocate up to whoever brought whom; a circle, which is held, ends it.
@sql("""
    with recursive above as (
        select a.id, a.referral_id, array[a.id] as path from advocates a
        where a.workspace_id = $1 and a.id = $2
        union all
        select u.id, u.referral_id, path || u.id from above b
        join referrals r on r.workspace_id = $1 and r.id = b.referral_id and r.state <> 'rejected'
        join advocates u on u.workspace_id = $1 and u.id = r.advocate_id
        where u.id <> all(path) and cardinality(path) < 100
    )
    select id from above
""")
async def line_of(db: Connection, workspace_id: UUID, advocate_id: UUID) -> list[UUID]: ...


@sql("""
    select c.code from advocates a join coupons c on c.workspace_id = $1 and c.id = a.coupon_id
    where a.workspace_id = $1 and a.id = $2
""")
async def code_of(db: Connection, workspace_id: UUID, advocate_id: UUID) -> str | None: ...


_DEED = "id, program_id, advocate_id, kind, external_id, occurred_at, created_by, created_at"


@sql(f"""
    insert into advocate_deeds (workspace_id, id, program_id, advocate_id, partner_id, kind, external_id,
        occurred_at, created_by)
    values ($1, $2, $3, $4, $5, $6, $7, coalesce($8, elci_now()), $9)
    on conflict on constraint advocate_deeds_once do nothing
    returning {_DEED}
""")
async def add_deed(
    db: Connection,
    workspace_id: UUID,
    deed_id: UUID,
    program_id: UUID,
    advocate_id: UUID,
    partner_id: UUID,
    kind: str,
    external_id: str,
    occurred_at: datetime | None,
    by: str,
) -> DeedRow | None: ...


@sql(f"""
    select {_DEED} from advocate_deeds
    where workspace_id = $1 and program_id = $2 and kind = $3 and external_id = $4
""")
async def deed(
    db: Connection, workspace_id: UUID, program_id: UUID, kind: str, external_id: str
) -> DeedRow: ...


@sql(f"""
    select {_DEED} from advocate_deeds
    where workspace_id = $1 and advocate_id = $2 and ($3::uuid is null or id < $3)
    order by id desc limit $4
""")
async def list_deeds(
    db: Connection, workspace_id: UUID, advocate_id: UUID, before: UUID | None, limit: int
) -> list[DeedRow]: ...


# Of positive mentions: who wrote them, is an influencer, agreed to join by one, and isn't in yet.
@sql("""
    select distinct a.id, a.program_id from mentions m
    join partners p on p.workspace_id = $1 and p.influencer_id = m.influencer_id
    join advocates a on a.workspace_id = $1 and a.partner_id = p.id
    where m.workspace_id = $1 and m.id = any($2) and coalesce(m.hand_label, m.label) = 'positive'
        and m.kind <> 'review' and m.published_at >= a.consent_at and a.join_on = 'mention'
        and a.status = 'guest'
    order by a.id
""")
async def praising(db: Connection, workspace_id: UUID, mention_ids: Sequence[UUID]) -> list[WaitingRow]: ...


# What those say who are in: a deed each. Nobody is given anything for a review being good (16 CFR 465.4).
@sql("""
    select m.id as mention_id, a.id as advocate_id, m.published_at from mentions m
    join partners p on p.workspace_id = $1 and p.influencer_id = m.influencer_id
    join advocates a on a.workspace_id = $1 and a.partner_id = p.id and a.status = 'active'
    where m.workspace_id = $1 and m.id = any($2) and coalesce(m.hand_label, m.label) = 'positive'
        and m.kind <> 'review' and m.published_at >= a.joined_at
    order by m.id, a.id
""")
async def praised(db: Connection, workspace_id: UUID, mention_ids: Sequence[UUID]) -> list[PraiseRow]: ...


@sql("select exists (select from advocates where workspace_id = $1)")
async def any_advocates(db: Connection, workspace_id: UUID) -> bool: ...


@sql("""
    select distinct a.id, a.program_id, v.net, v.currency from conversions v
    join customer_keys c on c.workspace_id = $1 and c.customer_id = v.customer_id
    join advocate_keys k on k.workspace_id = $1 and k.key = c.key
    join advocates a on a.workspace_id = $1 and a.id = k.advocate_id
    where v.workspace_id = $1 and v.id = $2 and a.status = 'guest' and a.join_on = 'purchase'
        and v.occurred_at >= a.consent_at and v.kind in ('sale', 'booking') and not v.test
        and v.status <> 'cancelled' and v.merged_into is null
    order by a.id
""")
async def buying(db: Connection, workspace_id: UUID, conversion_id: UUID) -> list[BuyingRow]: ...
