"""From an influencer's posts and stored figures to its rates, an account and format at a time (pure)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import isnan
from typing import Any, cast
from uuid import UUID

from msgspec import Struct

from scoring.basis import default_base, settled_components
from scoring.posts import Posts, from_posts, left_out, sponsored_performance
from scoring.rates import AccountRates
from scoring.scores import REASONS, rounded
from service.discovery.engagement.schemas import (
    AccountRow,
    Format,
    LeftOutPosts,
    MeasuredRate,
    Options,
    Quotient,
)
from service.influencers.engagement import PostFigures, by_format


class Measured(Struct, frozen=True):
    """One account and format, measured."""

    account: AccountRow
    format: Format
    organic: MeasuredRate
    sponsored: MeasuredRate
    performance: Quotient


def measure(accounts: Sequence[AccountRow], posts: Iterable[PostFigures], options: Options) -> list[Measured]:
    """The rates of accounts, in their order and by format.

    Where no organic post can be measured, the stored rate of a vendor stands in, if it is of the kind that is
    asked for. An account of which nothing is known has a row that says so.
    """
    known = {(row.id, format): each for row, format, each in _of_posts(accounts, posts, options)}
    found = []
    for account in accounts:
        own = [format for account_id, format in known if account_id == account.id]
        found += [
            known.get((account.id, format)) or _without_posts(account, format, options)
            for format in _formats(account, own, options)
        ]
    return [_completed(each, options) for each in found]


def _of_posts(
    accounts: Sequence[AccountRow], posts: Iterable[PostFigures], options: Options
) -> Iterator[tuple[AccountRow, Format, Measured]]:
    by_id = {account.id: account for account in accounts}
    for platform, format, account_ids, columns in by_format(posts, options.base):
        organic, organic_out = _rates(columns, account_ids, platform, format, options, sponsored=False)
        paid, paid_out = _rates(columns, account_ids, platform, format, options, sponsored=True)
        quotients = sponsored_performance(paid, organic).tolist()
        for at, account_id in enumerate(account_ids):
            account = by_id[account_id]
            rates = (
                _rate(account, organic, organic_out[at], at, options),
                _rate(account, paid, paid_out[at], at, options),
            )
            kind = cast(Format, format)
            yield account, kind, Measured(account, kind, *rates, _quotient(quotients[at], *rates))


def _rates(
    columns: Posts, accounts: Sequence[UUID], platform: str, format: str, options: Options, *, sponsored: bool
) -> tuple[AccountRates, list[LeftOutPosts]]:
    asked: dict[str, Any] = {
        "platform": platform,
        "format": format,
        "base": options.base,
        "components": options.components,
        "last": options.last,
        "window_days": options.window_days,
        "sponsored": sponsored,
    }
    rates = from_posts(columns, len(accounts), statistic=options.statistic or "median", **asked)
    return rates, _counts(left_out(columns, len(accounts), **asked), len(accounts))


def _counts(out: Mapping[str, Any], size: int) -> list[LeftOutPosts]:
    names = LeftOutPosts.__struct_fields__
    return [LeftOutPosts(**{name: int(out[name][at]) for name in names}) for at in range(size)]


def _rate(
    account: AccountRow, rates: AccountRates, out: LeftOutPosts, at: int, options: Options
) -> MeasuredRate:
    value = float(rates.value[at])
    return MeasuredRate(
        value=None if isnan(value) else rounded(value),
        base=rates.basis.base,
        components=rates.basis.components,
        statistic=rates.statistic,
        n=int(rates.n[at]),
        window_days=options.window_days,
        origin="posts",
        reason=REASONS[rates.reason[at]] or None,
        as_of=account.seen_at,
        left_out=out,
    )


def _quotient(value: float, organic: MeasuredRate, sponsored: MeasuredRate) -> Quotient:
    if not isnan(value):
        return Quotient(rounded(value), None)
    return Quotient(None, sponsored.reason or organic.reason or "zero_engagement")


def _formats(account: AccountRow, own: Sequence[Format], options: Options) -> list[Format]:
    if options.format is not None:
        return [options.format]
    stored = [cast(Format, account.er_format)] if account.er_format and _vendors(account) else []
    return list(dict.fromkeys([*own, *stored])) or ["feed"]


def _vendors(account: AccountRow) -> bool:
    return account.er_value is not None and account.er_origin != "posts"


def _without_posts(account: AccountRow, format: Format, options: Options) -> Measured:
    nothing = MeasuredRate(
        value=None,
        base=options.base or default_base(account.platform, format),
        components=settled_components(format, options.components),
        statistic=options.statistic or "median",
        n=0,
        window_days=options.window_days,
        origin="posts",
        reason="no_posts",
        as_of=account.seen_at,
    )
    return Measured(account, format, nothing, nothing, Quotient(None, "no_posts"))


def _completed(measured: Measured, options: Options) -> Measured:
    """With the stored rate where there is none from organic posts and it is of the kind asked for."""
    account, organic = measured.account, measured.organic
    kind = (account.er_format, account.er_basis, account.er_components)
    other_kind = kind != (measured.format, organic.base, organic.components)
    if organic.value is not None or options.statistic or other_kind or not _vendors(account):
        return measured
    stored = MeasuredRate(
        value=rounded(cast(float, account.er_value)),
        base=organic.base,
        components=organic.components,
        statistic=account.er_statistic or "mean_unknown_n",
        n=account.er_n,
        window_days=account.er_window_days,
        origin=account.er_origin or "given",
        reason=None,
        as_of=account.er_as_of,
        left_out=organic.left_out,
    )
    return Measured(account, measured.format, stored, measured.sponsored, measured.performance)
