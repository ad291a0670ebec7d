"""What the posts of a period say: rates by format, the posts and hashtags with the most engagement. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, cast
from uuid import UUID

from scoring.posts import from_posts
from scoring.scores import REASONS
from service.influencers.brands.comparing.schemas import PeriodEngagement, PostRow, TopHashtag, TopPost
from service.influencers.engagement import PostFigures, by_format
from service.kit import ids
from service.kit.text import fold_tr

Owner = Literal["account_id", "brand_id"]
# The period says how old posts may be.
_ANY_AGE_DAYS = 100_000


def rates(
    posts: Sequence[PostRow], owner: Owner, statistic: str, components: str
) -> dict[UUID, list[PeriodEngagement]]:
    """Rates of each account or brand, by platform and format: organic posts, and sponsored ones apart."""
    found: dict[UUID, list[PeriodEngagement]] = defaultdict(list)
    for sponsored in (False, True):
        rows = [_figures(post, owner) for post in posts if post.sponsored == sponsored]
        for owner_id, rate in _rates(rows, sponsored, statistic, components):
            found[owner_id].append(rate)
    return found


def _rates(
    rows: list[PostFigures], sponsored: bool, statistic: str, components: str
) -> Iterator[tuple[UUID, PeriodEngagement]]:
    for platform, format, owners, columns in by_format(rows):
        made = from_posts(
            columns,
            len(owners),
            platform=platform,
            format=format,
            components=components,
            statistic=statistic,
            last=len(rows),
            window_days=_ANY_AGE_DAYS,
            sponsored=sponsored,
        )
        figures = zip(owners, made.value.tolist(), made.n.tolist(), made.reason.tolist(), strict=True)
        for owner_id, value, n, reason in figures:
            known = value == value
            yield (
                owner_id,
                PeriodEngagement(
                    platform=cast(Any, platform),
                    format=format,
                    sponsored=sponsored,
                    value=value if known else None,
                    n=int(n),
                    basis=made.basis.base,
                    components=made.basis.components,
                    statistic=made.statistic,
                    reason=None if known else cast(Any, REASONS[reason]),
                ),
            )


def _figures(post: PostRow, owner: Owner) -> PostFigures:
    return PostFigures(
        account_id=getattr(post, owner),
        platform=post.platform,
        format=post.format,
        sponsored=post.sponsored,
        age_hours=post.age_hours,
        likes=post.likes,
        comments=post.comments,
        shares=post.shares,
        saves=post.saves,
        private=post.private,
        views=post.views,
        reach=post.reach,
        followers=post.followers,
    )


def engagements(post: PostRow) -> int | None:
    """Likes, comments and shares as far as they are known; None where likes are hidden."""
    if post.likes is None:
        return None
    return post.likes + (post.comments or 0) + (post.shares or 0)


def top_posts(posts: Iterable[PostRow], most: int) -> list[TopPost]:
    """The posts with the most engagements, the newest of equal ones first."""
    told = [(engagements(post), post) for post in posts]
    known = [(count, post) for count, post in told if count is not None]
    known.sort(key=lambda pair: (pair[0], pair[1].published_at, pair[1].id), reverse=True)
    return [_top(post, count) for count, post in known[:most]]


def _top(post: PostRow, count: int) -> TopPost:
    return TopPost(
        post_id=ids.show("pst", post.id),
        account_id=ids.show("acc", post.account_id),
        platform=cast(Any, post.platform),
        format=post.format,
        url=post.url,
        caption=post.caption,
        published_at=post.published_at,
        sponsored=post.sponsored,
        engagements=count,
        likes=post.likes or 0,
        comments=post.comments,
        shares=post.shares,
        views=post.views,
    )


def top_hashtags(posts: Iterable[PostRow], most: int) -> list[TopHashtag]:
    """The hashtags of the most posts, each as it is mostly written; then of the most engagements."""
    written: dict[str, Counter[str]] = defaultdict(Counter)
    used: Counter[str] = Counter()
    counted: dict[str, list[int]] = defaultdict(list)
    for post in posts:
        count = engagements(post)
        spelled = {fold_tr(tag): tag for tag in reversed(post.hashtags)}
        for folded, tag in spelled.items():
            written[folded][tag] += 1
            used[folded] += 1
            if count is not None:
                counted[folded].append(count)
    first = sorted(used, key=lambda tag: (-used[tag], -sum(counted[tag]), tag))[:most]
    return [
        TopHashtag(
            hashtag=min(written[tag], key=lambda spelling: (-written[tag][spelling], spelling)),
            posts=used[tag],
            measured=len(counted[tag]),
            engagements=sum(counted[tag]) if counted[tag] else None,
        )
        for tag in first
    ]
