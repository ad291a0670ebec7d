"""How well labels hold on texts that were not fitted on: by random parts or by a column's values."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from scoring.arrays import Flags, Floats, Integers
from scoring.sentiment.classes import NEGATIVE, OUTCOMES, POSITIVE
from scoring.sentiment.labelling import Sentiment
from scoring.sentiment.language import ascii_copy
from scoring.sentiment.linear import Linear
from scoring.sentiment.measures import Figures, figures, macro_f1
from scoring.sentiment.net import blended, net
from scoring.sentiment.splits import equal, groups, held_out
from scoring.sentiment.text import read
from scoring.sentiment.training import Examples, decided, fit


class Result(Struct, frozen=True):
    """One kind's texts, held out once. held_out: the seed or the value; macro_f1_ascii: of the same texts in
    ASCII; net_bias: corrected net sentiment less the true one, the correction learnt from other texts."""

    held_out: str
    kind: str
    figures: Figures
    macro_f1_ascii: float
    net_bias: float


def by_split(
    texts: Sequence[str],
    examples: Examples,
    language: str,
    *,
    seeds: int = 3,
    share: float = 0.25,
    near: bool = True,
) -> list[Result]:
    """Fits on the rest, `seeds` times. No text stands on both sides: none that is nearly the same (`near`:
    splits.groups), or none that is equal (splits.equal)."""
    group = groups(examples.readings) if near else equal(texts)
    results: list[Result] = []
    for seed in range(seeds):
        results += _held(texts, examples, held_out(group, share, seed), language, str(seed))
    return results


def by_group(texts: Sequence[str], examples: Examples, values: Sequence[str], language: str) -> list[Result]:
    """Fits without each value of a column (a brand, say); its texts' copies elsewhere are left out, too."""
    group, cells = groups(examples.readings), np.array(values, dtype=object)
    results: list[Result] = []
    for value in sorted(set(values)):
        away: Flags = cells == value
        results += _held(texts, examples, away, language, value, ~away & ~np.isin(group, group[away]))
    return results


def of_model(held: Sentiment, texts: Sequence[str], examples: Examples) -> list[Result]:
    """What a given model does on all rows."""
    return _measured(held.model, held.confusion, texts, examples, "all")


def _held(
    texts: Sequence[str],
    examples: Examples,
    away: Flags,
    language: str,
    name: str,
    kept: Flags | None = None,
) -> list[Result]:
    fitted = fit(examples.take(~away if kept is None else kept), language)
    tested = [text for text, out in zip(texts, away, strict=True) if out]
    return _measured(fitted.model, fitted.confusion, tested, examples.take(away), name)


def _measured(
    model: Linear, confusion: Floats, texts: Sequence[str], examples: Examples, name: str
) -> list[Result]:
    likely, shares = model.predict(examples.readings)
    plain, _ = model.predict([read(ascii_copy(text)) for text in texts])
    results = []
    for place, kind in enumerate(examples.kinds):
        own = np.flatnonzero(examples.kind == place)
        if len(own):
            classes = examples.classes[own]
            bias = _bias(likely[own], classes, blended(confusion, shares[own].mean(axis=0)))
            in_ascii = round(macro_f1(classes, plain[own].argmax(axis=1)), 4)
            results.append(
                Result(name, kind, figures(likely[own], classes, model.language), in_ascii, round(bias, 4))
            )
    return results


def _bias(likely: Floats, classes: Integers, confusion: Floats) -> float:
    counted = np.bincount(decided(likely), minlength=len(OUTCOMES)).astype(np.float64)
    positive, negative = int((classes == POSITIVE).sum()), int((classes == NEGATIVE).sum())
    found = net(counted, confusion, draws=20).corrected
    if found is None or not positive + negative:
        return 0.0
    return found - (positive - negative) / (positive + negative)
