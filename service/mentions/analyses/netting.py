"""Sentiment of groups of mentions: counts, and net sentiment corrected for the models' errors. Pure.

Slow where there are many groups (a few tenths of a second): off the event loop.
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from service.mentions.analyses.schemas import LabelSums, NetSentiment, SentimentFigures

LABELS = ("negative", "neutral", "positive")
_UNSURE = 3
_UNREAD = "-"


def figures_of(groups: Sequence[Sequence[LabelSums]]) -> list[SentimentFigures]:
    """The figures of each group."""
    import numpy as np

    from scoring.sentiment.grouped import nets

    strata = sorted({_stratum(row) for rows in groups for row in rows})
    outcomes = np.zeros((len(groups), len(strata), _UNSURE + 1))
    known = np.zeros((len(groups), len(LABELS)))
    for at, rows in enumerate(groups):
        for row in rows:
            label = _UNSURE if row.label is None else LABELS.index(row.label)
            if row.by_hand and label != _UNSURE:
                known[at, label] += int(row.n or 0)
            else:
                outcomes[at, strata.index(_stratum(row)), label] += int(row.n or 0)
    seen = np.array([confusion(*each) for each in strata]).reshape(-1, len(LABELS), _UNSURE + 1)
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
def confusion(language: str, kind: str) -> list[list[float]]:
    """Of texts of each known class, how many the model of a language gave each outcome, [3][4]; zeros
    where no model reads it. A kind of text that the model doesn't know is like all its kinds alike."""
    import numpy as np

    from scoring.sentiment.labelling import SUPPORTED, builtin
    from scoring.sentiment.net import blended

    if language not in SUPPORTED or kind == _UNREAD:
        return [[0.0] * (_UNSURE + 1)] * len(LABELS)
    held = builtin(language)
    places = [at for at, name in enumerate(held.model.kinds) if name == kind]
    kinds = held.confusion[places or slice(None)]
    made: list[list[float]] = blended(kinds, np.full(len(kinds), 1 / len(kinds))).tolist()
    return made


def _stratum(row: LabelSums) -> tuple[str, str]:
    """What the model errs alike in: a language and a kind of text."""
    if row.text_kind is None and row.label is None:
        return "", _UNREAD
    return row.language, row.text_kind or ""


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
