"""The reach rate of a planned format: the account's own figures, else what is assumed (pure).

In this order: first-party reach over followers; views over followers; a vendor's average views over
followers; the workspace's setting; the built-in table. Where figures are too few for an interval of their
own, and for what is assumed, the interval is how far accounts of a tier lie apart.
"""

from graph.contacts import ReachRate as Rate
from graph.outside import Outside
from scoring.medians import Median
from scoring.rates import WINDOW_DAYS
from scoring.reach_rates import built_in, factor, spread, table
from service.accounts.workspaces.schemas import ReachRate, Tiers
from service.discovery.reach.measuring import RECOMMENDED, Measure, Measured
from service.discovery.reach.schemas import AccountRow, RateBasis, Settings, UsedRate
from service.influencers.engagement import basis_format

TIERS = ("mega", "macro", "mid", "micro", "nano")


def rate_of(
    account: AccountRow, format: str, posts: int, measured: Measured | None, settings: Settings
) -> UsedRate | None:
    """The rate of one format, None where nothing is known or assumed."""
    if measured and measured.reach:
        return _measured(format, posts, measured.reach, "reach")
    if measured and measured.views:
        return _measured(format, posts, measured.views, "views")
    return (
        _averaged(account, format, posts)
        or _set(account, format, posts, settings)
        or _published(account, format, posts)
    )


def chance(used: UsedRate) -> Rate:
    """The rate as graph takes it."""
    return Rate(used.rate, used.low, used.high, used.assumed)


def _measured(format: str, posts: int, found: Measure, basis: RateBasis) -> UsedRate:
    middle = found.median
    low, high = _ends(middle)
    return UsedRate(
        format=format,
        posts=posts,
        rate=min(1.0, middle.value),
        low=min(1.0, low),
        high=min(1.0, high),
        basis=basis,
        measured_as=basis_format(format),
        statistic="median",
        n=middle.n,
        window_days=WINDOW_DAYS,
        sponsored=found.sponsored,
        source=None,
        year=None,
        assumed=False,
    )


def _ends(middle: Median) -> tuple[float, float]:
    if middle.low is None or middle.high is None:
        return middle.value / factor(), middle.value * factor()
    return middle.low, middle.high


def _averaged(account: AccountRow, format: str, posts: int) -> UsedRate | None:
    """A vendor's average is of videos: it says nothing of stories, nor of pictures."""
    kind = basis_format(format)
    videos = kind in ("reel", "short") or (account.platform, kind) in RECOMMENDED
    if not videos or account.avg_views is None or not account.followers:
        return None
    rate = min(1.0, account.avg_views / account.followers)
    return _wide(format, posts, rate, "average_views", "mean_unknown_n", assumed=False)


def _set(account: AccountRow, format: str, posts: int, settings: Settings) -> UsedRate | None:
    tier = tier_of(account.followers, settings.tiers)
    fitting = [
        (_exactness(each, format), each.rate)
        for each in settings.reach_rates
        if each.platform == account.platform and _meant(each, format) and each.tier in (None, tier)
    ]
    if not fitting:
        return None
    return _wide(format, posts, max(fitting)[1], "workspace", "set", assumed=True)


def _meant(each: ReachRate, format: str) -> bool:
    return each.format is None or each.format == format or basis_format(each.format) == basis_format(format)


def _exactness(each: ReachRate, format: str) -> tuple[bool, bool, bool]:
    return each.format == format, each.format is not None, each.tier is not None


def _published(account: AccountRow, format: str, posts: int) -> UsedRate | None:
    row = built_in(account.platform or "other", basis_format(format), account.followers)
    if row is None:
        return None
    source = f"built-in {table().as_of}: {row.source}"
    return _wide(
        format, posts, row.rate, "built_in", row.statistic, assumed=True, source=source, year=row.year
    )


def _wide(
    format: str,
    posts: int,
    rate: float,
    basis: RateBasis,
    statistic: str,
    *,
    assumed: bool,
    source: str | None = None,
    year: int | None = None,
) -> UsedRate:
    low, high = spread(rate)
    kind = basis_format(format)
    return UsedRate(
        format, posts, rate, low, high, basis, kind, statistic, None, None, False, source, year, assumed
    )


def tier_of(followers: int | None, tiers: Tiers) -> str | None:
    """The highest tier that an account has the followers for.

    >>> tier_of(60_000, Tiers()), tier_of(10, Tiers())
    ('mid', None)
    """
    if followers is None:
        return None
    return next((name for name in TIERS if followers >= getattr(tiers, name)), None)


def outside_of(measured: Measured | None, posts: int) -> Outside | None:
    """People above the followers whom so many posts reach; None where no figure says, or few say nobody."""
    if measured is None or measured.outside is None:
        return None
    middle = measured.outside.median
    if middle.low is None and not middle.value:
        return None
    low, high = _ends(middle)
    return Outside(middle.value, low, high, posts)
