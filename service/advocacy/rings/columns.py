"""SQL of what is read of a program by COPY (trees/reading.py): no nulls, each column of one width.

Of 32-byte hashes 8 bytes are read: two of a million are alike with a chance below one in ten million.
"""

from service.advocacy.rings.agents import TELLING
from service.advocacy.trees.reading import CODE, COUNT, DAYS, UUID, YES, Layout

HASH = ">u8"
_NIL = "'00000000-0000-0000-0000-000000000000'::uuid"
_NONE = r"'\x0000000000000000'::bytea"
_AGENT = TELLING.replace("'", "''")
_STANDS = """
    v.kind in ('sale', 'booking') and not v.test and v.status <> 'cancelled' and v.merged_into is null
        and (v.amount = 0 or v.refunded < v.amount)
"""
_CAME = """
    r.workspace_id = $1 and r.program_id = $2
        and coalesce(r.before, r.state) in ('signed_up', 'qualified', 'rewarded')
"""


def _days(column: str) -> str:
    return f"(extract(epoch from {column}) / 86400)::float8"


def _eight(column: str) -> str:
    return f"coalesce(substr({column}, 1, 8), {_NONE})"


def _click(id_column: str) -> str:
    """A click's day is found by its id, which carries the time to the millisecond."""
    at = f"""timestamptz 'epoch' + interval '1 millisecond'
        * ('x' || translate(left({id_column}::text, 13), '-', ''))::bit(48)::bigint"""
    return f"""
        select c.visitor, coalesce(c.user_agent ~ '{_AGENT}', false) as telling from clicks c
        where c.workspace_id = $1 and c.clicked_at = {at} and c.id = {id_column} limit 1
    """


PEOPLE_LAYOUT: Layout = [("id", UUID), ("referral", UUID), ("at", DAYS)]
PEOPLE = f"""
    select a.id, coalesce(a.referral_id, {_NIL}), {_days("coalesce(a.joined_at, a.created_at)")}
    from advocates a where a.workspace_id = $1 and a.program_id = $2
"""

REFERRALS_LAYOUT: Layout = [
    ("id", UUID),
    ("advocate", UUID),
    ("friend", UUID),
    ("at", DAYS),
    ("purchases", COUNT),
    ("domain", HASH),
]
REFERRALS = f"""
    select r.id, r.advocate_id, coalesce(r.friend_id, {_NIL}),
        {_days("coalesce(least(r.signed_up_at, r.qualified_at), r.created_at)")}, r.purchases,
        {_eight("v.domain")}
    from referrals r
    left join conversions v on v.workspace_id = $1 and v.id = r.conversion_id
    where {_CAME}
"""

ADVOCATE_KEYS_LAYOUT: Layout = [("of", UUID), ("key", HASH)]
ADVOCATE_KEYS = """
    select advocate_id, substr(key, 1, 8) from advocate_keys where workspace_id = $1 and program_id = $2
"""
REFERRAL_KEYS = """
    select referral_id, substr(key, 1, 8) from referral_keys where workspace_id = $1 and program_id = $2
"""

# Orders of advocates that stand, and the days on which they bought or did what is a deed.
ACTIVITY_LAYOUT: Layout = [("of", UUID), ("orders", COUNT), ("days", COUNT)]
ACTIVITY = f"""
    select d.advocate_id, count(distinct d.order_id)::integer, count(distinct d.day)::integer
    from (
        select k.advocate_id, v.id as order_id, (v.occurred_at at time zone 'UTC')::date as day
        from advocate_keys k
        join customer_keys c on c.workspace_id = $1 and c.key = k.key
        join conversions v on v.workspace_id = $1 and v.customer_id = c.customer_id and {_STANDS}
        where k.workspace_id = $1 and k.program_id = $2
        union all
        select e.advocate_id, null, (e.occurred_at at time zone 'UTC')::date from advocate_deeds e
        where e.workspace_id = $1 and e.program_id = $2
    ) d
    group by 1
"""
# The days on which friends bought who bought again.
AGAIN_LAYOUT: Layout = [("of", UUID), ("days", COUNT)]
AGAIN = f"""
    select r.id, count(distinct (v.occurred_at at time zone 'UTC')::date)::integer
    from referrals r
    join referral_keys k on k.workspace_id = $1 and k.referral_id = r.id
    join customer_keys c on c.workspace_id = $1 and c.key = k.key
    join conversions v on v.workspace_id = $1 and v.customer_id = c.customer_id and {_STANDS}
    where {_CAME} and r.purchases >= 2
    group by 1
"""

SEEN_LAYOUT: Layout = [("of", UUID), ("value", HASH), ("telling", YES)]
FRIENDS_CLICKS = f"""
    select r.id, substr(c.visitor, 1, 8), c.telling from referrals r
    cross join lateral ({_click("r.click_id")}) c
    where {_CAME} and r.click_id is not null and c.visitor is not null
"""
ADVOCATES_CLICKS = f"""
    select k.advocate_id, substr(c.visitor, 1, 8), c.telling from advocate_keys k
    join customer_keys u on u.workspace_id = $1 and u.key = k.key
    join conversions v on v.workspace_id = $1 and v.customer_id = u.customer_id
    join conversion_touches t on t.workspace_id = $1 and t.conversion_id = v.id and t.click_id is not null
    cross join lateral ({_click("t.click_id")}) c
    where k.workspace_id = $1 and k.program_id = $2 and c.visitor is not null
"""
KINDS = ("device", "agent", "address")
MARKS_LAYOUT: Layout = [("key", HASH), ("value", HASH), ("kind", CODE)]
MARKS = f"""
    select substr(key, 1, 8), substr(value, 1, 8), (array_position(array{list(KINDS)}, kind) - 1)::int2
    from referral_marks
    where workspace_id = $1 and $2::uuid is not null
"""
PAYOUT_LAYOUT: Layout = [("of", UUID), ("value", HASH)]
PAYOUT = """
    select a.id, substr(x.number_key, 1, 8) from payout_accounts x
    join partners p on p.workspace_id = $1 and p.id = x.partner_id
    join advocates a on a.workspace_id = $1 and a.partner_id = coalesce(p.merged_into, p.id)
    where x.workspace_id = $1 and a.program_id = $2 and x.number_key is not null
"""
