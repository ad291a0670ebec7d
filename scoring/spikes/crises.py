"""When a spike is a crisis: many mentions, and people who are angry."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

# Of fewer polar mentions a sentiment is a rumour.
LEAST_POLAR = 20
NET_FALL = Fraction(1, 5)
NEGATIVE_TIMES = 2


@dataclass(frozen=True, slots=True)
class Polarity:
    """Mentions by sentiment. Those without a label count nowhere."""

    positive: int
    negative: int
    neutral: int

    def __post_init__(self) -> None:
        if min(self.positive, self.negative, self.neutral) < 0:
            raise ValueError("mentions are 0 or more")

    @property
    def polar(self) -> int:
        """Positive and negative ones."""
        return self.positive + self.negative

    @property
    def net(self) -> float | None:
        """(P - N) / (P + N), None without polar mentions."""
        return (self.positive - self.negative) / self.polar if self.polar else None

    @property
    def negative_share(self) -> float | None:
        """Negative ones among all with a label, None without any."""
        labelled = self.polar + self.neutral
        return self.negative / labelled if labelled else None


class Reason(StrEnum):
    """Why it is a crisis, or why nobody can say."""

    NET_FELL = "net_sentiment_fell"
    NEGATIVE_DOUBLED = "negative_share_doubled"
    FEW_POLAR = "few_polar_mentions"
    NO_SPIKE = "no_spike"
    NO_BASELINE = "no_sentiment_before"


@dataclass(frozen=True, slots=True)
class Crisis:
    """crisis, with every reason for it, or with what spoke against; the figures that were compared."""

    crisis: bool
    reasons: tuple[Reason, ...]
    polar: int
    net: float | None
    net_before: float | None
    negative_share: float | None
    negative_share_before: float | None


def crisis(spike: bool, now: Polarity, before: Polarity) -> Crisis:
    """Whether a spike is a crisis: net sentiment fell by more than .2, or the negative share is above twice
    the usual one, with at least 20 polar mentions.

    now: of the spike's hours; before: of the baseline's. A baseline without a single negative mention is
    taken to have one more mention, a negative one, because twice nothing is nothing.

    >>> crisis(True, Polarity(5, 20, 25), Polarity(60, 40, 100)).reasons
    (<Reason.NET_FELL: 'net_sentiment_fell'>,)
    >>> crisis(True, Polarity(8, 12, 40), Polarity(60, 60, 60)).crisis
    False
    """
    found = _reasons(spike, now, before)
    return Crisis(
        crisis=any(reason in (Reason.NET_FELL, Reason.NEGATIVE_DOUBLED) for reason in found),
        reasons=found,
        polar=now.polar,
        net=now.net,
        net_before=before.net,
        negative_share=now.negative_share,
        negative_share_before=before.negative_share,
    )


def _reasons(spike: bool, now: Polarity, before: Polarity) -> tuple[Reason, ...]:
    if not spike:
        return (Reason.NO_SPIKE,)
    if now.polar < LEAST_POLAR:
        return (Reason.FEW_POLAR,)
    if not before.polar + before.neutral:
        return (Reason.NO_BASELINE,)
    found = []
    # In whole numbers: .5 - .3 is not .2 in binary.
    if before.polar and _net(before) - _net(now) > NET_FALL:
        found.append(Reason.NET_FELL)
    if _negative(now) > NEGATIVE_TIMES * _usually_negative(before):
        found.append(Reason.NEGATIVE_DOUBLED)
    return tuple(found)


def _net(polarity: Polarity) -> Fraction:
    return Fraction(polarity.positive - polarity.negative, polarity.polar)


def _negative(polarity: Polarity) -> Fraction:
    return Fraction(polarity.negative, polarity.polar + polarity.neutral)


def _usually_negative(before: Polarity) -> Fraction:
    if before.negative:
        return _negative(before)
    return Fraction(1, before.polar + before.neutral + 1)
