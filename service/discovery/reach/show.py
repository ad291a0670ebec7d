"""Figures about reach as the API shows them."""

from collections.abc import Sequence

from msgspec import Struct, structs

from graph.estimates import Estimate, missing
from service.discovery.reach.schemas import Inputs, LeftOut
from service.kit import ids

_DIGITS = 6


class Figure(Struct, frozen=True):
    """A figure with its 95% interval.

    exact: nothing was estimated. Without a value, low and high are bounds that the truth can't pass, and
    `reason` says why. n: people, posts or samples behind it. basis: exact, uniform_samples, hash_samples,
    reach_rates, outside_followers, bounds, or several; with links: of linked platforms, where whoever has no
    link may be the same person all the same. low is the largest platform's own figure then.
    """

    value: float | None
    low: float | None
    high: float | None
    exact: bool
    n: float | None
    basis: str
    reason: str | None


class ReachFigure(Figure, frozen=True):
    """assumed: a reach rate that it rests on is taken from a table, not from the account's own figures."""

    assumed: bool


class LeftOutInfluencer(Struct, frozen=True):
    """Who is in no figure, and why: archived, opted_out, no_account (on the platforms asked for)."""

    influencer_id: str
    reason: str


def figure(found: Estimate) -> Figure:
    """An estimate, in up to six decimals."""
    value, low, high = (
        None if part is None else round(part, _DIGITS) for part in (found.value, found.low, found.high)
    )
    return Figure(value, low, high, found.exact, found.n, found.basis, found.reason)


def reached(found: Estimate, assumed: bool) -> ReachFigure:
    """The same of people who are expected to see a post."""
    return ReachFigure(**structs.asdict(figure(found)), assumed=assumed)


def left_out(found: Inputs) -> list[LeftOutInfluencer]:
    return [_left_out(each) for each in found.left_out]


def _left_out(each: LeftOut) -> LeftOutInfluencer:
    return LeftOutInfluencer(ids.show("inf", each.influencer_id), each.reason)


def across(parts: Sequence[Estimate]) -> Estimate:
    """A figure of people over platforms whose people are not linked: at least the largest, at most the sum.

    One part is itself.

    >>> from graph.estimates import exactly
    >>> found = across([exactly(3.0), exactly(5.0)])
    >>> found.value, found.low, found.high, found.reason
    (None, 5.0, 8.0, 'platforms_not_linked')
    """
    if len(parts) == 1:
        return parts[0]
    lows, highs = [each.low for each in parts], [each.high for each in parts]
    low = max((each for each in lows if each is not None), default=None)
    known = [each for each in highs if each is not None]
    high = sum(known) if len(known) == len(parts) else None
    return missing("bounds", "platforms_not_linked", low, high)
