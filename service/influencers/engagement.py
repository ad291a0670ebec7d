"""The engagement rate of an account: from its posts, else from averages, else as it was given.

What is summed over which base is scoring's; here rows become columns and the answers rows again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from uuid import UUID

import msgspec
import numpy as np

from scoring.basis import default_base, settled_components
from scoring.posts import LAST, Posts, from_posts
from scoring.rates import WINDOW_DAYS, from_averages

# Formats that have a basis of their own; every other one is the feed's.
OWN_BASIS = ("reel", "short", "story")
_PREFERENCE = ("feed", "reel", "short", "story")
_COUNTS = ("likes", "comments", "shares", "saves", "private")


class Figures(msgspec.Struct, frozen=True):
    """What a snapshot says of engagement; a given rate may say its base and window."""

    platform: str
    followers: int | None = None
    avg_views: float | None = None
    avg_likes: float | None = None
    avg_comments: float | None = None
    avg_shares: float | None = None
    avg_engagements: float | None = None
    er_given: float | None = None
    er_given_format: str | None = None
    er_given_basis: str | None = None
    er_given_components: str | None = None
    er_given_statistic: str | None = None
    er_given_n: int | None = None
    er_given_window_days: int | None = None


class EngagementRate(msgspec.Struct, frozen=True):
    """A rate with all that it says of itself; the columns er_* of an account, without er_as_of."""

    value: float
    format: str
    basis: str
    components: str
    statistic: str
    n: int | None
    window_days: int | None
    origin: str


class PostFigures(msgspec.Struct, frozen=True):
    """A post as its rate needs it; `followers` are those of the snapshot nearest to it.

    `age_hours` is at the newest look at the account's posts, None where nobody says when it was published.
    """

    account_id: UUID
    platform: str
    format: str
    sponsored: bool
    age_hours: float | None
    likes: int | None
    comments: int | None
    shares: int | None
    saves: int | None
    private: int | None
    views: int | None
    reach: int | None
    followers: int | None


def of_figures(rows: Sequence[Figures]) -> list[EngagementRate | None]:
    """The rate of each row: from average counts, else from the average of all, else as given."""
    found: list[EngagementRate | None] = [None] * len(rows)
    by_platform = sorted(range(len(rows)), key=lambda at: rows[at].platform)
    for platform, positions in groupby(by_platform, key=lambda at: rows[at].platform):
        taken = list(positions)
        for at, value in zip(taken, _averages(platform, [rows[at] for at in taken]), strict=True):
            found[at] = _averaged(platform, value) if value is not None else _given(rows[at])
    return found


def _averages(platform: str, rows: Sequence[Figures]) -> list[float | None]:
    columns = {
        "followers": [row.followers for row in rows],
        "views": [row.avg_views for row in rows],
        "likes": [row.avg_likes for row in rows],
        "comments": [row.avg_comments for row in rows],
        "shares": [row.avg_shares for row in rows],
    }
    arrays = {name: np.array(column, dtype=np.float64) for name, column in columns.items()}
    counted = from_averages(platform, arrays).value
    base = arrays[default_base(platform)]
    with np.errstate(divide="ignore", invalid="ignore"):
        whole = np.where(base > 0, np.array([row.avg_engagements for row in rows], np.float64) / base, np.nan)
    best = np.where(np.isnan(counted), whole, counted)
    return [None if value != value else value for value in best.tolist()]


def _averaged(platform: str, value: float) -> EngagementRate:
    # A vendor's average does not say over how many posts it goes, nor over which days.
    basis = default_base(platform)
    return EngagementRate(value, "feed", basis, "public", "mean_unknown_n", None, None, "averages")


def _given(row: Figures) -> EngagementRate | None:
    if row.er_given is None:
        return None
    format = row.er_given_format or "feed"
    return EngagementRate(
        value=row.er_given,
        format=format,
        basis=row.er_given_basis or default_base(row.platform, format),
        components=settled_components(format, row.er_given_components),
        statistic=row.er_given_statistic or ("mean" if row.er_given_n else "mean_unknown_n"),
        n=row.er_given_n,
        window_days=row.er_given_window_days,
        origin="given",
    )


def of_posts(rows: Iterable[PostFigures]) -> dict[UUID, EngagementRate]:
    """The rate of each account that has posts to measure; of its formats, the one with the most of them.

    Stories only where there is nothing else: few accounts have peers whose reach is known.
    """
    best: dict[UUID, tuple[tuple[bool, int], EngagementRate]] = {}
    for platform, format, accounts, posts in by_format(rows):
        rates = from_posts(posts, len(accounts), platform=platform, format=format, last=LAST)
        for account_id, value, n in zip(accounts, rates.value.tolist(), rates.n.tolist(), strict=True):
            weight = (format != "story", int(n))
            if value == value and weight > best.get(account_id, ((False, 0), None))[0]:
                basis = rates.basis
                rate = EngagementRate(
                    value,
                    format,
                    basis.base,
                    basis.components,
                    rates.statistic,
                    int(n),
                    WINDOW_DAYS,
                    "posts",
                )
                best[account_id] = (weight, rate)
    return {account_id: rate for account_id, (_, rate) in best.items()}


def basis_format(format: str) -> str:
    """The format that shares its basis with others: `video` and `post` are the feed's.

    >>> basis_format("video"), basis_format("reel")
    ('feed', 'reel')
    """
    return format if format in OWN_BASIS else "feed"


def by_format(
    rows: Iterable[PostFigures], base: str | None = None
) -> Iterator[tuple[str, str, list[UUID], Posts]]:
    """Posts by platform and format, in the order in which formats win a tie; `base` None: the default."""

    def kind(row: PostFigures) -> tuple[str, int]:
        return row.platform, _PREFERENCE.index(basis_format(row.format))

    for (platform, place), group in groupby(sorted(rows, key=kind), key=kind):
        taken = list(group)
        positions: dict[UUID, int] = {}
        for row in taken:
            positions.setdefault(row.account_id, len(positions))
        format = _PREFERENCE[place]
        yield (
            platform,
            format,
            list(positions),
            _columns(taken, positions, base or default_base(platform, format)),
        )


def _columns(rows: list[PostFigures], positions: Mapping[UUID, int], base: str) -> Posts:
    return Posts(
        account=np.array([positions[row.account_id] for row in rows], dtype=np.int64),
        age_hours=np.array([row.age_hours for row in rows], dtype=np.float64),
        counts={name: np.array([getattr(row, name) for row in rows], dtype=np.float64) for name in _COUNTS},
        denominator=np.array([getattr(row, base) for row in rows], np.float64),
        sponsored=np.array([row.sponsored for row in rows], dtype=bool),
    )
