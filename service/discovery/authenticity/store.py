"""All SQL of what authenticity is judged by."""

from uuid import UUID

from service.discovery.authenticity.schemas import Figures, PlatformRatios, Samples, Steadiness
from service.kit.db import Connection, sql


def _sent(**columns: str) -> str:
    """Expressions as arrays' bytes, without the 20 that say what they are."""
    column = "coalesce(substr(array_send(array_agg(coalesce(({0})::float8, 'NaN'))), 21), '') as {1}"
    return ", ".join(column.format(text, name) for name, text in columns.items())


# Digits and length as in scoring.profiles.digit_ratio; handles are stored without @.
_FIGURES = _sent(
    places="asked.place",
    following="a.following",
    posts="a.posts_count",
    bio_length="length(i.bio)",
    has_picture="case when coalesce(a.avatar_url, i.avatar_url) is not null then 1 end",
    digit_ratio="1 - length(translate(a.handle, '0123456789', ''))::float8 / nullif(length(a.handle), 0)",
    likes="a.avg_likes",
    comments="a.avg_comments",
)


@sql(f"""
    select {_FIGURES}
    from unnest($2::uuid[]) with ordinality as asked (account_id, place)
    join influencer_accounts a on a.workspace_id = $1 and a.id = asked.account_id
    join influencers i on i.workspace_id = $1 and i.id = a.influencer_id
""")
async def figures(db: Connection, workspace_id: UUID, account_ids: list[UUID | None]) -> Figures: ...


_SAMPLES = _sent(places="place", n="n", flagged="flagged", tpr="tpr", fpr="fpr")


@sql(f"""
    with newest as (
        select distinct on (asked.place) asked.place, s.n, s.flagged, s.tpr, s.fpr
        from unnest($2::uuid[]) with ordinality as asked (account_id, place)
        join follower_samples s on s.workspace_id = $1 and s.account_id = asked.account_id
        order by asked.place, s.as_of desc, s.source desc
    )
    select {_SAMPLES} from newest
""")
async def samples(db: Connection, workspace_id: UUID, account_ids: list[UUID | None]) -> Samples: ...


_GROWTH = _sent(places="asked.place", usual="usual", weeks="weeks", jump="jump", jump_day="jump_day")


@sql(f"""
    select {_GROWTH}
    from unnest($2::uuid[]) with ordinality as asked (account_id, place)
    join account_growth g on g.workspace_id = $1 and g.account_id = asked.account_id
""")
async def steadiness(db: Connection, workspace_id: UUID, account_ids: list[UUID | None]) -> Steadiness: ...


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
