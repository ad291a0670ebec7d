"""All SQL of trees."""

STATUSES = ("guest", "active", "paused", "left")
STATES = ("invited", "clicked", "signed_up", "qualified", "rewarded", "rejected")
CHANNELS = ("link", "code", "email", "manual")

_NIL = "'00000000-0000-0000-0000-000000000000'::uuid"


def _days(column: str) -> str:
    return f"coalesce(extract(epoch from {column}) / 86400, 'NaN')::float8"


def _code(column: str, names: tuple[str, ...]) -> str:
    return f"(array_position(array{list(names)}, {column}) - 1)::int2"


# Columns for COPY (reading.py): none is null, each is of one width.
PEOPLE = f"""
    select a.id, coalesce(a.referral_id, {_NIL}), {_code("a.status", STATUSES)}, {_days("a.joined_at")},
        {_days("a.created_at")}
    from advocates a where a.workspace_id = $1 and a.program_id = $2
"""
REFERRALS = f"""
    select r.id, r.advocate_id, coalesce(r.friend_id, {_NIL}), {_code("r.state", STATES)},
        {_code("r.channel", CHANNELS)}, r.held is not null, r.purchases, {_days("r.created_at")},
        {_days("r.invited_at")}, {_days("r.clicked_at")}, {_days("r.signed_up_at")},
        {_days("r.qualified_at")}, {_days("r.rewarded_at")}
    from referrals r where r.workspace_id = $1 and r.program_id = $2
"""
