"""All SQL of referrals."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from msgspec import Struct

from service.advocacy.problems import UnknownReferral
from service.advocacy.referrals.schemas import ListedReferrals, ReferralRow
from service.kit.db import Connection, fetch, sql

COLUMNS = """
    id, program_id, advocate_id, partner_id, channel, state, before, held, cleared, reason, click_id,
    conversion_id, friend_id, purchases, invited_at, clicked_at, signed_up_at, qualified_at, rewarded_at,
    rejected_at, version, created_at, updated_at, joined_at
"""
_FRAGMENTS = {
    "ids": "id = any(${})",
    "program_id": "program_id = ${}",
    "advocate_id": "advocate_id = ${}",
    "state": "state = ${}",
    "channel": "channel = ${}",
    "held": "(held is not null) = ${}",
}


class CreditedRow(Struct):
    """An order, and the advocates who are credited with it. `keys`: what its customer is known by."""

    conversion_id: UUID
    kind: str
    is_new: bool | None
    counted: bool
    occurred_at: datetime
    customer_id: UUID | None
    keys: list[bytes]
    advocate_id: UUID | None
    program_id: UUID | None
    partner_id: UUID | None
    by_code: bool
    click_id: UUID | None
    clicked_at: datetime | None
    sub1: str | None


class FriendOrderRow(Struct):
    """An order of a referral's friend."""

    id: UUID
    kind: str
    counted: bool
    occurred_at: datetime
    net: int
    currency: str
    refunded: int
    total: int
    is_new: bool
    credited: Literal["advocate", "nobody", "other"]


class ClickedRow(Struct):
    """An invitation that somebody opened."""

    id: UUID
    advocate_id: UUID
    clicked_at: datetime


_COUNTED = """
    (not v.test and v.status <> 'cancelled' and v.merged_into is null
        and (v.amount = 0 or v.refunded < v.amount))
"""


# What a merged partner brings is the kept one's, whichever of the two the advocate is.
@sql(f"""
    select v.id as conversion_id, v.kind, v.is_new, {_COUNTED} as counted, v.occurred_at, v.customer_id,
        array(select k.key from customer_keys k
            where k.workspace_id = $1 and k.customer_id = v.customer_id order by k.key) as keys,
        a.id as advocate_id, a.program_id, a.partner_id,
        coalesce(v.attribution -> 'shares' -> 0 ->> 'kind' = 'coupon', false) as by_code, t.click_id,
        t.at as clicked_at, t.sub1
    from conversions v
    left join lateral (
        select click_id, at, sub1 from conversion_touches t
        where t.workspace_id = $1 and t.conversion_id = v.id and t.share > 0 and t.click_id is not null
        order by n limit 1
    ) t on true
    left join lateral (
        select a.id, a.program_id, a.partner_id from (
            select v.partner_id as id
            union
            select p.id from partners p where p.workspace_id = $1 and p.merged_into = v.partner_id
        ) own
        join advocates a on a.workspace_id = $1 and a.partner_id = own.id and a.status in ('active', 'paused')
    ) a on true
    where v.workspace_id = $1 and v.id = any($2)
    order by v.occurred_at, v.id
""")
async def credited(
    db: Connection, workspace_id: UUID, conversion_ids: Sequence[UUID]
) -> list[CreditedRow]: ...


# By what the customer is known by; and by the order itself, whose customer may be erased.
@sql(f"""
    select {COLUMNS} from referrals
    where workspace_id = $1 and id in (
        select referral_id from referral_keys where workspace_id = $1 and key = any($2::bytea[])
        union select id from referrals where workspace_id = $1 and conversion_id = $3
        union select referral_id from rewards
            where workspace_id = $1 and conversion_id = $3 and referral_id is not null
    )
    order by id for update
""")
async def of_order(
    db: Connection, workspace_id: UUID, keys: Sequence[bytes], conversion_id: UUID
) -> list[ReferralRow]: ...


@sql("""
    select distinct program_id from referral_keys where workspace_id = $1 and key = any($2::bytea[])
    union select program_id from referrals where workspace_id = $1 and conversion_id = $3
    union select program_id from rewards where workspace_id = $1 and conversion_id = $3
""")
async def programs_of(
    db: Connection, workspace_id: UUID, keys: Sequence[bytes], conversion_id: UUID
) -> list[UUID]: ...


# All of the friend's since the referral began, of whoever the keys name now. Shops tell whole seconds.
@sql(f"""
    select v.id, v.kind, {_COUNTED} as counted, v.occurred_at, v.net, v.currency, v.refunded,
        greatest(v.amount, 1) as total, coalesce(v.is_new, false) as is_new,
        case when v.partner_id is null then 'nobody'
            when v.partner_id in (
                select coalesce(p.merged_into, p.id) from partners p
                where p.workspace_id = $1 and p.id = r.partner_id
                union select r.partner_id) then 'advocate'
            else 'other' end as credited
    from referrals r
    join conversions v on v.workspace_id = $1 and v.customer_id in (
        select k.customer_id from referral_keys rk
        join customer_keys k on k.workspace_id = $1 and k.key = rk.key
        where rk.workspace_id = $1 and rk.referral_id = r.id
        union select o.customer_id from conversions o where o.workspace_id = $1 and o.id = r.conversion_id
    )
    where r.workspace_id = $1 and r.id = $2
        and v.occurred_at >= coalesce(date_trunc('second', r.invited_at), '-infinity')
        and v.kind in ('sale', 'booking', 'signup', 'lead')
    order by v.occurred_at, v.id limit 1000
""")
async def orders_of(db: Connection, workspace_id: UUID, referral_id: UUID) -> list[FriendOrderRow]: ...


@sql(f"select {COLUMNS} from referrals where workspace_id = $1 and id = $2", missing=UnknownReferral)
async def get_referral(db: Connection, workspace_id: UUID, referral_id: UUID) -> ReferralRow: ...


@sql(
    f"select {COLUMNS} from referrals where workspace_id = $1 and id = $2 for update", missing=UnknownReferral
)
async def lock_referral(db: Connection, workspace_id: UUID, referral_id: UUID) -> ReferralRow: ...


@sql(f"select {COLUMNS} from referrals where workspace_id = $1 and id = any($2) order by id")
async def by_ids(db: Connection, workspace_id: UUID, referral_ids: Sequence[UUID]) -> list[ReferralRow]: ...


async def list_referrals(
    db: Connection, workspace_id: UUID, wanted: ListedReferrals, before: UUID | None, limit: int
) -> list[ReferralRow]:
    """The newest first, older than `before`."""
    values: list[Any] = [workspace_id, limit]
    conditions = ["workspace_id = $1"]
    for name, fragment in _FRAGMENTS.items():
        if (value := getattr(wanted, name)) is not None:
            values.append(value)
            conditions.append(fragment.format(len(values)))
    if before is not None:
        values.append(before)
        conditions.append(f"id < ${len(values)}")
    text = f"select {COLUMNS} from referrals where {' and '.join(conditions)} order by id desc limit $2"
    return await fetch(db, ReferralRow, text, *values)


@sql(f"""
    insert into referrals (workspace_id, id, program_id, advocate_id, partner_id, channel, state, invited_at)
    values ($1, $2, $3, $4, $5, $6, 'invited', $7)
    returning {COLUMNS}
""")
async def add_referral(
    db: Connection,
    workspace_id: UUID,
    referral_id: UUID,
    program_id: UUID,
    advocate_id: UUID,
    partner_id: UUID,
    channel: str,
    invited_at: datetime | None,
) -> ReferralRow: ...


@sql("""
    update referrals r
    set state = n.state, before = n.before, held = n.held, cleared = n.cleared, reason = n.reason,
        click_id = n.click_id, conversion_id = n.conversion_id, friend_id = n.friend_id,
        purchases = n.purchases, clicked_at = n.clicked_at, signed_up_at = n.signed_up_at,
        qualified_at = n.qualified_at, rewarded_at = n.rewarded_at, rejected_at = n.rejected_at,
        version = r.version + 1, updated_at = elci_now()
    from jsonb_to_recordset($2) as n (
        id uuid, state text, before text, held text, cleared text[], reason text, click_id uuid,
        conversion_id uuid, friend_id uuid, purchases integer, clicked_at timestamptz,
        signed_up_at timestamptz, qualified_at timestamptz, rewarded_at timestamptz, rejected_at timestamptz
    )
    where r.workspace_id = $1 and r.id = n.id
""")
async def save_referrals(db: Connection, workspace_id: UUID, rows: Sequence[ReferralRow]) -> None: ...


# It was rewarded as long as something that it gave stays.
@sql("""
    with rewarded as (
        select r.id, w.at from referrals r
        cross join lateral (
            select min(earned_at) as at from rewards w
            where w.workspace_id = $1 and w.referral_id = r.id
                and w.status in ('pending', 'available', 'redeemed', 'expired')
                and w.gone is null and w.rejected is null
        ) w
        where r.workspace_id = $1 and r.id = any($2)
    )
    update referrals r
    set rewarded_at = w.at,
        state = case when r.state = 'qualified' and w.at is not null then 'rewarded'
            when r.state = 'rewarded' and w.at is null then 'qualified' else r.state end
    from rewarded w
    where r.workspace_id = $1 and r.id = w.id and r.rewarded_at is distinct from w.at
""")
async def mark_rewarded(db: Connection, workspace_id: UUID, referral_ids: Sequence[UUID]) -> None: ...


@sql("""
    insert into referral_keys (workspace_id, program_id, key, referral_id)
    select $1, $2, k, $4 from unnest($3::bytea[]) k order by k
""")
async def add_keys(
    db: Connection, workspace_id: UUID, program_id: UUID, keys: Sequence[bytes], referral_id: UUID
) -> None: ...


@sql("""
    insert into referral_keys (workspace_id, program_id, key, referral_id)
    select $1, $2, k, $4 from unnest($3::bytea[]) k order by k
    on conflict do nothing
""")
async def learn_keys(
    db: Connection, workspace_id: UUID, program_id: UUID, keys: Sequence[bytes], referral_id: UUID
) -> None: ...


@sql("select key from referral_keys where workspace_id = $1 and referral_id = $2 order by key")
async def keys_of(db: Connection, workspace_id: UUID, referral_id: UUID) -> list[bytes]: ...


@sql("""
    select r.id from referral_keys k join referrals r on r.workspace_id = $1 and r.id = k.referral_id
    where k.workspace_id = $1 and k.program_id = $2 and k.key = any($3::bytea[]) and r.state <> 'rejected'
    order by r.id limit 1
""")
async def that_brought(
    db: Connection, workspace_id: UUID, program_id: UUID, keys: Sequence[bytes]
) -> UUID | None: ...


# Addresses of an advocate's records as a partner, and of whoever is or was paid to the same account.
@sql("""
    with own as (
        select p.id, p.email_key from advocates a
        join partners p on p.workspace_id = $1 and p.id = a.partner_id
        where a.workspace_id = $1 and a.id = $2
        union
        select p.id, p.email_key from advocates a
        join partners p on p.workspace_id = $1 and p.merged_into = a.partner_id
        where a.workspace_id = $1 and a.id = $2
    )
    select email_key from own where email_key is not null
    union
    select p.email_key from own
    join payout_accounts x on x.workspace_id = $1 and x.partner_id = own.id
    join payout_accounts y on y.workspace_id = $1 and y.number_key = x.number_key
    join partners p on p.workspace_id = $1 and p.id = y.partner_id
    where p.email_key is not null
""")
async def own_addresses(db: Connection, workspace_id: UUID, advocate_id: UUID) -> list[str]: ...


@sql("""
    select exists (
        select from advocates a
        join payout_accounts x on x.workspace_id = $1 and x.partner_id = a.partner_id
        join payout_accounts y on y.workspace_id = $1 and y.number_key = x.number_key
        join advocates f on f.workspace_id = $1 and f.partner_id = y.partner_id
        where a.workspace_id = $1 and a.id = $2 and f.id = $3 and f.id <> a.id
    )
""")
async def paid_alike(
    db: Connection, workspace_id: UUID, advocate_id: UUID, friend_id: UUID | None
) -> bool: ...


@sql("delete from referral_keys where workspace_id = $1 and referral_id = $2")
async def drop_keys(db: Connection, workspace_id: UUID, referral_id: UUID) -> None: ...


@sql("""
    select id from referrals
    where workspace_id = $1 and state = 'invited' and channel = 'link' and id > $2
        and invited_at > elci_now() - interval '90 days'
    order by id limit $3
""")
async def open_invitations(db: Connection, workspace_id: UUID, after: UUID, limit: int) -> list[UUID]: ...


# An invitation's link carries the referral's id as `sub1`: of its clicks the first that counts.
@sql("""
    update referrals r
    set clicked_at = c.at, click_id = c.id, state = 'clicked', version = r.version + 1,
        updated_at = elci_now()
    from (
        select distinct on (o.id) o.id as referral_id, k.id, k.clicked_at as at
        from unnest($2::uuid[], $3::text[]) as i (id, sub1)
        join referrals o on o.workspace_id = $1 and o.id = i.id
        join advocates a on a.workspace_id = $1 and a.id = o.advocate_id
        join clicks k on k.workspace_id = $1 and k.link_id = a.link_id and k.clicked_at >= o.invited_at
            and k.sub1 = i.sub1 and k.counted
        order by o.id, k.clicked_at
    ) c
    where r.workspace_id = $1 and r.id = c.referral_id and r.state = 'invited'
    returning r.id, r.advocate_id, r.clicked_at
""")
async def note_clicks(
    db: Connection, workspace_id: UUID, referral_ids: Sequence[UUID], sub1: Sequence[str]
) -> list[ClickedRow]: ...


# Of a visitor's clicks of a day, whatever invitations of one advocate they open, the first; and none of
# whoever is known to be the advocate.
@sql("""
    select r.id, r.advocate_id, r.clicked_at from referrals r
    join advocates a on a.workspace_id = $1 and a.id = r.advocate_id
    join clicks k on k.workspace_id = $1 and k.clicked_at = r.clicked_at and k.id = r.click_id
    where r.workspace_id = $1 and r.id = any($2)
        and not exists (
            select from clicks e
            where e.workspace_id = $1 and e.link_id = k.link_id and e.visitor = k.visitor and e.counted
                and e.clicked_at >= date_trunc('day', k.clicked_at, 'UTC')
                and (e.clicked_at, e.id) < (k.clicked_at, k.id)
                and starts_with(e.sub1, 'ref_') and e.sub1 <> k.sub1)
        and not exists (
            select from advocate_keys q
            join referral_marks m on m.workspace_id = $1 and m.key = q.key and m.kind in ('device', 'agent')
            where q.workspace_id = $1 and q.advocate_id = a.id and m.value = k.visitor)
    order by r.id
""")
async def others_clicks(
    db: Connection, workspace_id: UUID, referral_ids: Sequence[UUID]
) -> list[ClickedRow]: ...


@sql("update referrals set rejected_at = elci_now() where workspace_id = $1 and id = $2")
async def date_rejection(db: Connection, workspace_id: UUID, referral_id: UUID) -> None: ...
