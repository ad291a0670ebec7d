"""What a score is, for one candidate (`Score`, `Term`) and for all candidates at once (`Column`).

A score is 0..100 or null with a reason; its terms' points sum to it; its confidence says how much of what
the formula asks for was known. Unknown inputs lower the confidence, never the score.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from msgspec import Struct

from scoring.arrays import Codes, Flags, Floats

# Below this a single score is null: a number that nobody should act on is not shown.
CONFIDENCE_FLOOR = 0.3

# Six decimals everywhere: equal for the eye is equal for the order, and sums stay within .01.
DECIMALS = 6

REASONS = (
    "",
    "not_computed",
    "not_requested",
    "no_distribution",
    "no_rate",
    "no_posts",
    "hidden_likes",
    "missing_components",
    "no_base",
    "no_followers",
    "zero_engagement",
    "no_peers",
    "peers_all_equal",
    "low_confidence",
    "no_scores",
    "no_edges",
    "no_signals",
    "no_text",
    "too_few_peers",
    "no_group",
    "not_indexed",
    "nothing_shared",
)
CODE: Mapping[str, int] = {reason: code for code, reason in enumerate(REASONS)}


class RateBasis(Struct, frozen=True):
    """How an engagement rate was measured and against whom. window_days: null where a vendor does not say."""

    platform: str
    format: str
    base: str
    components: str
    statistic: str
    n: float
    window_days: int | None
    peers: str
    peers_n: int


class Place(Struct, frozen=True):
    """Where an input stands: its mid-rank percentile among n peers of a platform, or of a category there."""

    percentile: float
    platform: str
    category: str | None
    n: int


class Observed(Struct, frozen=True, omit_defaults=True):
    """What a term of authenticity was seen in: followers of a sample or weeks (n), the estimated share, the
    oddest week's change of followers and the day that shows it, comments per like where they are odd."""

    n: float | None = None
    share: float | None = None
    jump: float | None = None
    jump_at: datetime | None = None
    ratio: float | None = None


class Term(Struct, frozen=True, omit_defaults=True):
    """One summand of a score: the input as measured, what it is held against, the points it brings.

    `shared` names what of a brief's content it shares: words, hashtags, topics.
    """

    name: str
    raw: float | None
    reference: float | None
    points: float
    basis: RateBasis | None = None
    place: Place | None = None
    observed: Observed | None = None
    shared: tuple[str, ...] = ()


class Score(Struct, frozen=True, omit_defaults=True):
    """One score of one candidate; `reason` says why it is null, `flags` what a person should look at."""

    score: float | None
    confidence: float
    terms: tuple[Term, ...]
    reason: str | None
    as_of: datetime
    model_version: str
    flags: tuple[str, ...] = ()


class FitScore(Score, frozen=True, kw_only=True):
    """A fit says of itself when it rests on little, and names every veto that struck."""

    low_confidence: bool
    vetoes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One score of N candidates. `score` is NaN where `reason` (an index into REASONS) is not 0.

    `terms(position)` is called only for candidates that are shown, and only where there is a score.
    """

    score: Floats
    confidence: Floats
    reason: Codes
    terms: Callable[[int], tuple[Term, ...]]
    flags: Mapping[str, Flags] = field(default_factory=dict)

    @classmethod
    def empty(cls, size: int, reason: str) -> "Column":
        """Null for everybody.

        >>> Column.empty(2, "not_computed").score.tolist()
        [nan, nan]
        """
        codes = np.full(size, CODE[reason], dtype=np.int8)
        return cls(np.full(size, np.nan), np.zeros(size), codes, lambda position: ())

    @classmethod
    def settle(
        cls,
        score: Floats,
        confidence: Floats,
        reason: Codes,
        terms: Callable[[int], tuple[Term, ...]],
        flags: Mapping[str, Flags] | None = None,
    ) -> "Column":
        """The rules that all single scores share: null where there is a reason, null below the floor."""
        known = np.where(reason == 0, confidence, 0.0)
        weak = (reason == 0) & (known < CONFIDENCE_FLOOR - 1e-9)
        codes = np.where(weak, CODE["low_confidence"], reason).astype(np.int8)
        return cls(np.where(codes == 0, score, np.nan), known, codes, terms, flags or {})

    def at(self, position: int, as_of: datetime, model_version: str) -> Score:
        """The score object of one candidate."""
        code = int(self.reason[position])
        return Score(
            score=None if code else rounded(self.score[position]),
            confidence=rounded(self.confidence[position]),
            terms=() if code else self.terms(position),
            reason=REASONS[code] or None,
            as_of=as_of,
            model_version=model_version,
            flags=tuple(name for name, struck in self.flags.items() if struck[position]),
        )


def first_reason(*cases: tuple[Flags, str]) -> Codes:
    """Per row the first reason whose condition holds, 0 where none does.

    >>> first_reason((np.array([False, True]), "no_rate"), (np.array([True, True]), "no_posts")).tolist()
    [5, 4]
    """
    reason = np.zeros(len(cases[0][0]), dtype=np.int8)
    for condition, name in reversed(cases):
        reason[condition] = CODE[name]
    return reason


def rounded(value: float | np.floating) -> float:
    """A plain float with six decimals, never -0.0.

    >>> rounded(-1e-9)
    0.0
    """
    return round(float(value), DECIMALS) + 0.0
