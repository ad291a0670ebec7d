"""All SQL of what authenticity is judged by."""

from uuid import UUID

from service.discovery.authenticity.schemas import Facts, PlatformRatios
from service.kit.db import Connection, sql


def _sent(**columns: str) -> str:
    """Expressions as bytes of float8, a value behind the other."""
    column = "coalesce(string_agg(float8send(coalesce(({0})::float8, 'NaN')), ''), '') as {1}"
    return ", ".join(column.format(text, name) for name, text in columns.items())


# Digits and length as in scoring.profiles.digit_ratio; handles are stored without @.
_FACTS = _sent(
    places="asked.place",
    following="a.following",
    posts="a.posts_count",
    bio_length="length(i.bio)",
    has_picture="case when coalesce(a.avatar_url, i.avatar_url) is not null then 1 end",
    digit_ratio="1 - length(translate(a.handle, '0123456789', ''))::float8 / nullif(length(a.handle), 0)",
    ratio="a.avg_comments / nullif(a.avg_likes, 0)",
    **{name: f"s.{name}" for name in ("n", "flagged", "tpr", "fpr")},
    **{name: f"g.{name}" for name in ("usual", "weeks", "jump", "jump_day")},
)


# One statement: looking 100,000 accounts up costs more than what is read of each.
@sql(f"""
    select {_FACTS}
    from unnest($2::uuid[]) with ordinality as asked (account_id, place)
    join influencer_accounts a on a.workspace_id = $1 and a.id = asked.account_id
    join influencers i on i.workspace_id = $1 and i.id = a.influencer_id
    left join follower_samples s on s.workspace_id = $1 and s.account_id = a.id and s.latest
    left join account_growth g on g.workspace_id = $1 and g.account_id = a.id
""")
async def facts(db: Connection, workspace_id: UUID, account_ids: list[UUID | None]) -> Facts: ...


_RATIOS = _sent(ratios="a.avg_comments / a.avg_likes")


# Who opted out is no one's peer.
@sql(f"""
    select a.platform, {_RATIOS}
    from influencer_accounts a
    join influencers i on i.workspace_id = $1 and i.id = a.influencer_id and i.opted_out_at is null
    where a.workspace_id = $1 and a.avg_likes > 0 and a.avg_comments >= 0
    group by a.platform
""")
async def ratios(db: Connection, workspace_id: UUID) -> list[PlatformRatios]: ...
