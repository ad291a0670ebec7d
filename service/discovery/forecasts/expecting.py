"""What one post of an account is expected to bring, from its own posts (pure; loads scipy).

Of the last 12 posts of the kind that show the figure: organic ones, and sponsored ones only where no organic
one does, as reach rates are measured. Views and engagements are medians, so that one post that went viral
moves nothing; engagements per view are the ratio of the sums.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from uuid import UUID

from graph.arithmetic import ratio
from graph.estimates import Estimate, missing
from scoring.basis import component_names
from scoring.medians import Median, median
from scoring.posts import LAST
from service.discovery.forecasts.schemas import AverageRow, Past, PerPost
from service.influencers.engagement import PostFigures, basis_format

OWN = "own_history"
AVERAGE = "account_average"
Kind = tuple[UUID, str]
Shown = Callable[[PostFigures], float | None]


def per_post(posts: Iterable[PostFigures]) -> dict[Kind, PerPost]:
    """By account and kind of posts (feed, reel, short, story)."""

    def kind(row: PostFigures) -> tuple[str, str]:
        return row.account_id.hex, basis_format(row.format)

    newest = sorted(posts, key=lambda row: float("inf") if row.age_hours is None else row.age_hours)
    return {
        (group[0].account_id, name): _of(group, name)
        for (_, name), rows in groupby(sorted(newest, key=kind), key=kind)
        for group in [list(rows)]
    }


def _of(posts: Sequence[PostFigures], kind: str) -> PerPost:
    def engaged(row: PostFigures) -> float | None:
        return engagements(row, kind)

    both = _showing(posts, lambda row: None if row.views is None else engaged(row))
    return PerPost(
        views=_typical([float(row.views or 0) for row in _showing(posts, lambda row: row.views)]),
        engagements=_typical([engaged(row) or 0.0 for row in _showing(posts, engaged)]),
        rate=ratio([engaged(row) or 0.0 for row in both], [float(row.views or 0) for row in both], OWN),
    )


def _showing(posts: Sequence[PostFigures], shown: Shown) -> list[PostFigures]:
    for sponsored in (False, True):
        own = [row for row in posts if row.sponsored == sponsored and shown(row) is not None]
        if own:
            return own[:LAST]
    return []


def engagements(row: PostFigures, kind: str) -> float | None:
    """Public interactions of a post (of a story whatever is known of them); None where one is not shown."""
    if kind == "story":
        known = [count for count in (row.likes, row.comments, row.shares, row.private) if count is not None]
        return float(sum(known)) if known else None
    counts = [getattr(row, name) for name in component_names(row.platform, "public", kind)]
    return None if any(count is None for count in counts) else float(sum(counts))


def _typical(figures: Sequence[float]) -> Estimate:
    found = median(figures)
    return missing(OWN, "no_history") if found is None else _estimate(found)


def _estimate(found: Median) -> Estimate:
    reason = "too_few_samples" if found.low is None else None
    return Estimate(found.value, found.low, found.high, float(found.n), OWN, reason)


def averaged(row: AverageRow | None) -> PerPost:
    """What a vendor's averages say of a post of the feed; over how many posts they go nobody says."""
    if row is None:
        row = AverageRow(UUID(int=0), None, None, None, None)
    engaged = row.avg_engagements
    if engaged is None and row.avg_likes is not None and row.avg_comments is not None:
        engaged = row.avg_likes + row.avg_comments
    rate = engaged / row.avg_views if engaged is not None and row.avg_views else None
    return PerPost(_given(row.avg_views), _given(engaged), _given(rate))


def _given(value: float | None) -> Estimate:
    if value is None:
        return missing(OWN, "no_history")
    return Estimate(value, None, None, None, AVERAGE, "no_interval")


def expected(
    measured: Mapping[Kind, PerPost], average: AverageRow | None, account_id: UUID, form: str
) -> PerPost:
    """One post of a format: figure by figure from the account's posts, else from its averages.

    Averages say nothing of stories.
    """
    kind = basis_format(form)
    nothing = averaged(None)
    own = measured.get((account_id, kind), nothing)
    other = nothing if kind == "story" else averaged(average)
    return PerPost(
        *(
            mine if mine.value is not None else theirs
            for mine, theirs in (
                (own.views, other.views),
                (own.engagements, other.engagements),
                (own.rate, other.rate),
            )
        )
    )


def orders_per_engagement(past: Sequence[Past]) -> Estimate:
    """Of the workspace's finished collaborations that say both.

    >>> orders_per_engagement([]).reason
    'no_history'
    """
    return ratio([each.conversions for each in past], [each.engagements for each in past], OWN)
