"""Fills a program of a database with a made-up forest of referrals, straight into the tables, as the owner.

Each advocate is a partner with a key; each referral whose friend bought has a customer with one order or two;
each rewarded one gave its advocate points. Balances stand in the accounts, without the entries that led to
them: nothing that is measured sums entries of more than one order.
"""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from service.bench.advocacy.growing import AGAIN, Grown, grown, packed
from service.kit.db import Connection

TABLES = (
    "partners",
    "partner_history",
    "advocates",
    "advocate_keys",
    "referrals",
    "referral_keys",
    "customers",
    "customer_keys",
    "conversions",
    "rewards",
    "ledger_accounts",
)


def made_id(kind: str, n: str) -> str:
    """SQL of the n-th id of a kind: ids of a kind rise with n."""
    return f"('01900000-0000-7{kind}00-8000-' || lpad(to_hex({n}), 12, '0'))::uuid"


def _key(kind: str, n: str) -> str:
    return f"sha256(('{kind}' || {n})::bytea)"


_STAGES = """
    create temporary table staged_people (n bigint, through bigint, joined float8, guest boolean);
    create temporary table staged_referrals
        (n bigint, by bigint, friend bigint, state bigint, held boolean, at float8);
"""
_PARTNERS = f"""
    insert into partners (workspace_id, id, program_id, name, slug, name_folded, created_at)
    select $1, {made_id("2", "n")}, case when not guest then $2::uuid end, 'Advocate ' || n,
        'advocate-' || n, 'advocate ' || n, $3::timestamptz + joined * interval '1 day' from staged_people
"""
_HISTORY = """
    insert into partner_history (workspace_id, partner_id, since, program_id, "group", status)
    select workspace_id, id, '-infinity', program_id, null, 'active' from partners
    where workspace_id = $1 and program_id = $2
"""
_ADVOCATES = f"""
    insert into advocates (workspace_id, id, program_id, partner_id, member, joined_by, status, tier,
        board_name, consent_at, consent_text, referral_id, joined_at, created_at)
    select $1, {made_id("1", "n")}, $2, {made_id("2", "n")},
        case n % 20 when 0 then 'influencer' when 1 then 'employee' when 2 then 'fan' else 'customer' end,
        case when not guest then 'api' end, case when guest then 'guest' else 'active' end,
        case when guest then null when n % 10 = 0 then 'gold' else 'bronze' end,
        case when not guest and n % 3 = 0 then 'A. ' || n end, case when not guest then at end,
        case when not guest then 'v1' end, case when through >= 0 then {made_id("3", "through")} end,
        case when not guest then at end, at
    from (select *, $3::timestamptz + joined * interval '1 day' as at from staged_people) p
"""
_KEYS = f"""
    insert into advocate_keys (workspace_id, program_id, key, advocate_id)
    select $1, $2, case when through >= 0 then {_key("f", "through")} else {_key("a", "n")} end,
        {made_id("1", "n")} from staged_people
"""
_WAY = "(array['invited','clicked','signed_up','qualified','rewarded','rejected'])"
_REFERRALS = f"""
    insert into referrals (workspace_id, id, program_id, advocate_id, partner_id, channel, state, before,
        held, conversion_id, friend_id, purchases, invited_at, clicked_at, signed_up_at, qualified_at,
        rewarded_at, rejected_at, created_at)
    select $1, {made_id("3", "n")}, $2, {made_id("1", "by")}, {made_id("2", "by")},
        (array['link','link','code','email'])[1 + n % 4], {_WAY}[1 + state],
        case when state = 5 then 'clicked' end, case when held then 'review' end,
        case when state in (3, 4) then {made_id("5", "2 * n")} end,
        case when friend >= 0 then {made_id("1", "friend")} end,
        case when state in (3, 4) then case when n % 10 < {int(AGAIN * 10)} then 2 else 1 end else 0 end,
        t - interval '2 days', case when state between 1 and 5 then t - interval '1 day' end,
        case when state between 2 and 4 then t end, case when state in (3, 4) then t end,
        case when state = 4 then t end, case when state = 5 then t end, t
    from (select *, $3::timestamptz + at * interval '1 day' as t from staged_referrals) r
"""
_REFERRAL_KEYS = f"""
    insert into referral_keys (workspace_id, program_id, key, referral_id)
    select $1, $2, {_key("f", "n")}, {made_id("3", "n")} from staged_referrals
    where state between 2 and 4 or n % 4 = 3
"""
_CUSTOMERS = f"""
    insert into customers (workspace_id, id)
    select $1, {made_id("4", "n")} from staged_referrals where state in (3, 4)
"""
_CUSTOMER_KEYS = f"""
    insert into customer_keys (workspace_id, key, kind, customer_id)
    select $1, {_key("f", "n")}, 'email', {made_id("4", "n")} from staged_referrals where state in (3, 4)
"""
# A customer's first order, and the second of some; one in fifty is in euros, of one in 25 a part went back.
_ORDERS = f"""
    insert into conversions (workspace_id, id, kind, external_id, status, amount, currency, net, net_basis,
        refunded, customer_id, is_new, channel, verified, occurred_at, partner_id, settled_at, created_at)
    select $1, {made_id("5", "2 * n + k")}, 'sale', 'bench-' || n || '-' || k, 'confirmed', net * 6 / 5,
        case when n % 50 = 0 then 'EUR' else 'TRY' end, net, 'order',
        case when n % 25 = 1 then net / 2 else 0 end, {made_id("4", "n")}, k = 0, 'webhook', true,
        $2::timestamptz + (at + least(k * 30, 365 - at)) * interval '1 day', {made_id("2", "by")},
        $2::timestamptz + (at + least(k * 30, 365 - at)) * interval '1 day', $2
    from (select *, 5000 + n * 7919 % 395000 as net from staged_referrals where state in (3, 4)) r
    cross join generate_series(0, 1) k
    where k = 0 or n % 10 < {int(AGAIN * 10)}
"""
_REWARDS = f"""
    insert into rewards (workspace_id, id, program_id, advocate_id, partner_id, referral_id, conversion_id,
        cause, rule, trigger, side, kind, amount, currency, terms_version, status, total, rest, due_at,
        earned_at, delivered_at)
    select $1, {made_id("6", "n")}, $2, {made_id("1", "by")}, {made_id("2", "by")}, {made_id("3", "n")},
        {made_id("5", "2 * n")}, 'points:advocate:bench-' || n, 'points', 'first_purchase', 'advocate',
        'points', 100, 'points', 1, case when is_new then 'pending' when n % 5 = 0 then 'redeemed'
            else 'available' end, 100, case when is_new or n % 5 > 0 then 100 else 0 end,
        t + interval '14 days', t, case when not is_new then t + interval '14 days' end
    from (select *, $3::timestamptz + at * interval '1 day' as t, at > 351 as is_new
        from staged_referrals where state = 4 and not held) r
"""
_ACCOUNTS = """
    with held as (
        select partner_id, 'reward_' || status as kind, sum(amount)::bigint as balance from rewards
        where workspace_id = $1 and program_id = $2 group by 1, 2
    )
    insert into ledger_accounts (workspace_id, id, kind, partner_id, currency, balance)
    select $1, gen_random_uuid(), kind, partner_id, 'points', balance from held
    union all select $1, gen_random_uuid(), 'reward_expense', partner_id, 'points', -sum(balance)
        from held group by partner_id
"""


async def fill(
    owner: Connection,
    workspace_id: UUID,
    program_id: UUID,
    count: int,
    progress: Callable[[str], None] = lambda name: None,
) -> Grown:
    """Writes `count` referrals and all that belongs to them into a program that has its terms; of a year, up
    to now. The n-th advocate's id is `made_id("1", n)`: the first one's tree is by far the largest."""
    made = grown(count)
    since = await owner.fetchval("select elci_now() - interval '366 days'")
    indexes = await _without_indexes(owner)
    await _stage(owner, made)
    values = (workspace_id, program_id, since)
    for name, text, given in (
        ("partners", _PARTNERS, values),
        ("partner_history", _HISTORY, values[:2]),
        ("advocates", _ADVOCATES, values),
        ("advocate_keys", _KEYS, values[:2]),
        ("referrals", _REFERRALS, values),
        ("referral_keys", _REFERRAL_KEYS, values[:2]),
        ("customers", _CUSTOMERS, values[:1]),
        ("customer_keys", _CUSTOMER_KEYS, values[:1]),
        ("conversions", _ORDERS, (workspace_id, since)),
        ("rewards", _REWARDS, values),
        ("ledger_accounts", _ACCOUNTS, values[:2]),
    ):
        await owner.execute(text, *given)
        progress(name)
    for statement in indexes:
        await owner.execute(statement)
    for table in TABLES:
        await owner.execute(f"alter table {table} enable trigger user")
        await owner.execute(f"vacuum (analyze) {table}")
    progress("indexes")
    return made


async def _stage(owner: Connection, made: Grown) -> None:
    await owner.execute(_STAGES)
    people: dict[str, NDArray[Any]] = {"n": np.arange(len(made.joined)), "through": made.through}
    people |= {"joined": made.joined, "guest": made.guest}
    referrals: dict[str, NDArray[Any]] = {"n": np.arange(len(made.by)), "by": made.by, "friend": made.friend}
    referrals |= {"state": made.state, "held": made.held, "at": made.at}
    for table, columns in (("staged_people", people), ("staged_referrals", referrals)):
        await owner.copy_to_table(
            table, source=BytesIO(packed(columns)), columns=list(columns), format="binary"
        )
        await owner.execute(f"analyze {table}")


async def _without_indexes(owner: Connection) -> list[str]:
    """Drops what slows the filling down, and stills triggers of users, but those that keep sums of rewards;
    the statements that make it again."""
    keys = await owner.fetch(
        """select conrelid::regclass::text as owner, conname, pg_get_constraintdef(oid) as definition
           from pg_constraint where contype = 'f' and conrelid = any($1::regclass[])""",
        list(TABLES),
    )
    for key in keys:
        await owner.execute(f"alter table {key['owner']} drop constraint {key['conname']}")
    found = await owner.fetch(
        """select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
           from pg_index i where indrelid = any($1::regclass[])
               and not exists (select from pg_constraint c where c.conindid = i.indexrelid)""",
        list(TABLES),
    )
    for row in found:
        await owner.execute(f"drop index {row['name']}")
    for table in TABLES:
        if table != "rewards":
            await owner.execute(f"alter table {table} disable trigger user")
    return [row["definition"] for row in found] + [
        f"alter table {key['owner']} add constraint {key['conname']} {key['definition']}" for key in keys
    ]
