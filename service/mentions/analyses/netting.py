"""Sentiment of groups of mentions: counts, and net sentiment corrected for the models' errors. Pure.

Slow where there are many groups (a few tenths of a second): off the event loop.
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from service.mentions.analyses.schemas import LabelSums, NetSentiment, SentimentFigures

LABELS = ("negative", "neutral", "positive")
_UNSURE = 3


def figures_of(groups: Sequence[Sequence[LabelSums]]) -> list[SentimentFigures]:
    """The figures of each group."""
    import numpy as np

    from scoring.sentiment.grouped import nets

    languages = sorted({row.language for rows in groups for row in rows if confusion(row.language)})
    outcomes = np.zeros((len(groups), len(languages) + 1, _UNSURE + 1))
    known = np.zeros((len(groups), len(LABELS)))
    for at, rows in enumerate(groups):
        for row in rows:
            label = _UNSURE if row.label is None else LABELS.index(row.label)
            if row.by_hand and label != _UNSURE:
                known[at, label] += int(row.n or 0)
            else:
                kind = languages.index(row.language) if row.language in languages else len(languages)
                outcomes[at, kind, label] += int(row.n or 0)
    nothing = [[[0.0] * (_UNSURE + 1)] * len(LABELS)]
    seen = np.array([confusion(name) for name in languages] + nothing)
    found = nets(outcomes, seen, known)
    return [
        _figures(
            rows,
            _net(found.raw[at], found.corrected[at], found.low[at], found.high[at]),
            _net(found.raw_all[at], found.corrected_all[at], found.low_all[at], found.high_all[at]),
        )
        for at, rows in enumerate(groups)
    ]


@cache
def confusion(language: str) -> list[list[float]] | None:
    """Of texts of each known class, how many the model of a language gave each outcome, [3][4]; all kinds
    of text that it learned from count alike. None where there is no model."""
    from scoring.sentiment.labelling import SUPPORTED, builtin
    from scoring.sentiment.net import blended

    if language not in SUPPORTED:
        return None
    import numpy as np

    kinds = builtin(language).confusion
    made: list[list[float]] = blended(kinds, np.full(len(kinds), 1 / len(kinds))).tolist()
    return made


def _figures(rows: Sequence[LabelSums], net: NetSentiment, net_all: NetSentiment) -> SentimentFigures:
    counts: dict[str | None, int] = defaultdict(int)
    for row in rows:
        counts[row.label] += int(row.n or 0)
    rated = sum(int(row.rated or 0) for row in rows)
    return SentimentFigures(
        mentions=sum(counts.values()),
        positive=counts["positive"],
        neutral=counts["neutral"],
        negative=counts["negative"],
        abstained=counts[None],
        by_hand=sum(int(row.n or 0) for row in rows if row.by_hand),
        net_sentiment=net,
        net_sentiment_all=net_all,
        mean_stars=sum(row.stars or 0.0 for row in rows) / rated if rated else None,
        rated=rated,
    )


def _net(*values: float) -> NetSentiment:
    return NetSentiment(*(None if value != value else round(float(value), 6) for value in values))
