"""All SQL of rewards and redemptions."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from msgspec import Struct

from service.advocacy.problems import UnknownRedemption, UnknownReward
from service.advocacy.rewards.schemas import ListedRedemptions, ListedRewards, RedemptionRow, RewardRow
from service.kit.db import Connection, fetch, sql

COLUMNS = """
    id, program_id, advocate_id, partner_id, referral_id, conversion_id, deed_id, cause, rule, trigger, side,
    kind, amount, currency, rate, pool_id, terms_version, status, reason, held, cleared, rejected, gone,
    refunded, total, redeemed, expired, rest, due_at, expires_at, earned_at, delivered_at, version,
    created_at, updated_at
"""
_REDEMPTION = """
    id, program_id, advocate_id, partner_id, external_id, reward_id, amount, currency, created_by, created_at,
    reversed_at, reversed_by, reversed_for
"""
_FRAGMENTS = {
    "ids": "id = any(${})",
    "program_id": "program_id = ${}",
    "advocate_id": "advocate_id = ${}",
    "referral_id": "referral_id = ${}",
    "status": "status = ${}",
    "kind": "kind = ${}",
    "side": "side = ${}",
}

_REDEMPTIONS = {
    "program_id": "program_id = ${}",
    "advocate_id": "advocate_id = ${}",
    "external_id": "external_id = ${}",
    "reversed": "(reversed_at is not null) = ${}",
}


class SpentRow(Struct):
    """How much a program gave in a unit."""

    name: str
    amount: int


class RateRow(Struct):
    """The rate of an order's net that a reward is."""

    id: UUID
    rate: Decimal


class WalletRow(Struct):
    kind: str
    currency: str
    balance: int


# Who counts what a program gave, for limits and budgets, waits for who does.
@sql("""
    select count(pg_advisory_xact_lock(hashtextextended('elci rewards of ' || $1::uuid || ' ' || p, 0)))
    from (select p from unnest($2::uuid[]) p order by 1) sorted -- workspace_id: $1
""")
async def take_programs(db: Connection, workspace_id: UUID, program_ids: Sequence[UUID]) -> int: ...


@sql(f"select {COLUMNS} from rewards where workspace_id = $1 and id = $2", missing=UnknownReward)
async def get_reward(db: Connection, workspace_id: UUID, reward_id: UUID) -> RewardRow: ...


# Those that something is left of and that the clock may move, and those that are named.
@sql(f"""
    select {COLUMNS} from rewards
    where workspace_id = $1 and id = any(array(
        select id from rewards
        where workspace_id = $1 and advocate_id = any($2) and (status in ('pending', 'on_hold')
            or (status = 'available' and (kind in ('points', 'credit') or expires_at is not null)))
        union all
        select id from rewards where workspace_id = $1 and advocate_id = any($2) and id = any($3)
    ))
    order by id for update
""")
async def lots(
    db: Connection, workspace_id: UUID, advocate_ids: Sequence[UUID], named: Sequence[UUID]
) -> list[RewardRow]: ...


@sql(f"select {COLUMNS} from rewards where workspace_id = $1 and referral_id = any($2) order by id")
async def of_referrals(
    db: Connection, workspace_id: UUID, referral_ids: Sequence[UUID]
) -> list[RewardRow]: ...


async def list_rewards(
    db: Connection, workspace_id: UUID, wanted: ListedRewards, before: UUID | None, limit: int
) -> list[RewardRow]:
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
    text = f"select {COLUMNS} from rewards where {' and '.join(conditions)} order by id desc limit $2"
    return await fetch(db, RewardRow, text, *values)


# What is held counts for nothing until it is released.
@sql("""
    select count(*)::integer from rewards
    where workspace_id = $1 and program_id = $2 and advocate_id = $3 and rule = $4
        and earned_at >= $5 and earned_at < $6 and gone is null and rejected is null and held is null
        and (total = 0 or refunded < total)
""")
async def counted(
    db: Connection,
    workspace_id: UUID,
    program_id: UUID,
    advocate_id: UUID,
    rule: str,
    since: datetime,
    until: datetime,
) -> int: ...


# The rewards' triggers keep it.
@sql("select unit as name, spent as amount from reward_sums where workspace_id = $1 and program_id = $2")
async def spent(db: Connection, workspace_id: UUID, program_id: UUID) -> list[SpentRow]: ...


# Which rate it is stands in the terms that it was given by.
@sql("""
    select r.id, (e.given ->> 'rate')::numeric as rate from rewards r
    join advocacy_terms t on t.workspace_id = $1 and t.program_id = r.program_id
        and t.version = r.terms_version
    cross join lateral jsonb_array_elements(t.terms -> 'rewards') e (given)
    where r.workspace_id = $1 and r.id = any($2) and e.given ->> 'name' = r.rule
        and e.given ->> 'kind' = r.kind and e.given ->> 'rate' is not null
""")
async def rates(db: Connection, workspace_id: UUID, reward_ids: Sequence[UUID]) -> list[RateRow]: ...


_ROW = """
    id uuid, program_id uuid, advocate_id uuid, partner_id uuid, referral_id uuid, conversion_id uuid,
    deed_id uuid, cause text, rule text, trigger text, side text, kind text, amount bigint, currency text,
    rate numeric, pool_id uuid, terms_version integer, status text, reason text, held text, cleared text[],
    rejected text, gone text, refunded bigint, total bigint, redeemed bigint, expired bigint,
    rest bigint, due_at timestamptz, expires_at timestamptz, earned_at timestamptz, delivered_at timestamptz,
    version integer
"""


@sql(f"""
    insert into rewards (workspace_id, {", ".join(part.split()[0] for part in _ROW.split(","))})
    select $1, r.* from jsonb_to_recordset($2) as r ({_ROW})
""")
async def add_rewards(db: Connection, workspace_id: UUID, rows: Sequence[RewardRow]) -> None: ...


@sql("""
    update rewards r
    set amount = n.amount, status = n.status, reason = n.reason, held = n.held, cleared = n.cleared,
        rejected = n.rejected, gone = n.gone, refunded = n.refunded, total = n.total,
        redeemed = n.redeemed, expired = n.expired, rest = n.rest, expires_at = n.expires_at,
        delivered_at = n.delivered_at, version = n.version, updated_at = elci_now()
    from jsonb_to_recordset($2) as n (
        id uuid, amount bigint, status text, reason text, held text, cleared text[], rejected text, gone text,
        refunded bigint, total bigint, redeemed bigint, expired bigint, rest bigint, expires_at timestamptz,
        delivered_at timestamptz, version integer
    )
    where r.workspace_id = $1 and r.id = n.id
""")
async def save_rewards(db: Connection, workspace_id: UUID, rows: Sequence[RewardRow]) -> None: ...


# What was redeemed before it went back (`rest` below 0) does not expire.
@sql("""
    select distinct advocate_id from rewards
    where workspace_id = $1 and advocate_id > $2 and (
        (status = 'pending' and due_at <= elci_now())
        or (status = 'available' and rest >= 0 and expires_at <= elci_now()))
    order by advocate_id limit $3
""")
async def due_advocates(db: Connection, workspace_id: UUID, after: UUID, limit: int) -> list[UUID]: ...


@sql("select * from entry.rewarding_workspaces()")
async def rewarding_workspaces(db: Connection) -> list[UUID]: ...


@sql(f"""
    select {_REDEMPTION} from redemptions
    where workspace_id = $1 and advocate_id = $2 and external_id = $3
""")
async def redemption(
    db: Connection, workspace_id: UUID, advocate_id: UUID, external_id: str
) -> RedemptionRow | None: ...


@sql(f"""
    insert into redemptions (workspace_id, id, program_id, advocate_id, partner_id, external_id, reward_id,
        amount, currency, created_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    returning {_REDEMPTION}
""")
async def add_redemption(
    db: Connection,
    workspace_id: UUID,
    redemption_id: UUID,
    program_id: UUID,
    advocate_id: UUID,
    partner_id: UUID,
    external_id: str,
    reward_id: UUID | None,
    amount: int,
    currency: str | None,
    created_by: str,
) -> RedemptionRow: ...


async def list_redemptions(
    db: Connection, workspace_id: UUID, wanted: ListedRedemptions, before: UUID | None, limit: int
) -> list[RedemptionRow]:
    """The newest first, older than `before`."""
    values: list[Any] = [workspace_id, limit]
    conditions = ["workspace_id = $1"]
    for name, fragment in _REDEMPTIONS.items():
        if (value := getattr(wanted, name)) is not None:
            values.append(value)
            conditions.append(fragment.format(len(values)))
    if before is not None:
        values.append(before)
        conditions.append(f"id < ${len(values)}")
    where = " and ".join(conditions)
    text = f"select {_REDEMPTION} from redemptions where {where} order by id desc limit $2"
    return await fetch(db, RedemptionRow, text, *values)


@sql(f"select {_REDEMPTION} from redemptions where workspace_id = $1 and id = $2", missing=UnknownRedemption)
async def get_redemption(db: Connection, workspace_id: UUID, redemption_id: UUID) -> RedemptionRow: ...


@sql(f"""
    update redemptions set reversed_at = elci_now(), reversed_by = $3, reversed_for = $4
    where workspace_id = $1 and id = $2 and reversed_at is null
    returning {_REDEMPTION}
""")
async def mark_reversed(
    db: Connection, workspace_id: UUID, redemption_id: UUID, by: str, reason: str
) -> RedemptionRow: ...


# In the order in which `wallet.returned` gives back: as many as hold so much.
@sql("""
    select id from (
        select id, sum(redeemed) over (
            order by (rest < 0) desc, coalesce(expires_at, 'infinity') desc, coalesce(due_at, earned_at) desc,
                id desc
        ) - redeemed as before
        from rewards
        where workspace_id = $1 and advocate_id = $2 and currency = $3 and redeemed > 0
            and kind in ('points', 'credit')
    ) drawn
    where before < $4
""")
async def drawn(
    db: Connection, workspace_id: UUID, advocate_id: UUID, currency: str, amount: int
) -> list[UUID]: ...


@sql("""
    select kind, currency, balance from ledger_accounts
    where workspace_id = $1 and partner_id = $2 and kind like 'reward%' order by currency, kind
""")
async def wallet(db: Connection, workspace_id: UUID, partner_id: UUID) -> list[WalletRow]: ...


@sql("""
    select count(*)::integer from rewards
    where workspace_id = $1 and advocate_id = $2 and kind in ('voucher', 'discount')
        and status = 'available'
""")
async def things(db: Connection, workspace_id: UUID, advocate_id: UUID) -> int: ...
