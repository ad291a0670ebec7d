"""What would change a rank: the least that one score, and one of its inputs, must change to pass another fit.

One thing changes at a time. The fit is a weighted mean, so the score that is needed follows from it; the
input that gives this score is found by halving an interval, as every score rises or falls with each input.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from msgspec import Struct

from scoring.fit import CAP, CAP_SCORE
from scoring.model import WEIGHTS
from scoring.ranking import Key, Ranked
from scoring.scores import rounded

# Fits are compared to six decimals; a hundredth more is a difference that a reader sees.
MARGIN = 0.01
HALVINGS = 50
# A learned fit takes milliseconds a look; a ten-thousandth of a point is near enough.
BLENDED_HALVINGS = 20
# The fit before cap and vetoes, if some scores were other than they are.
Mean = Callable[[Mapping[str, float]], float | None]


@dataclass(frozen=True, slots=True)
class Lever:
    """An input of a score. value: as it is; best: as far as it can go; `score` rises on the way there.

    >>> rate = Lever("rate", 0.02, 1.0, lambda value: min(100.0, 1000 * value))
    >>> round(reach(rate, 45.0), 4)
    0.045
    """

    input: str
    value: float
    best: float
    score: Callable[[float], float]


class Change(Struct, frozen=True):
    """One way past: this score from and to, and (where one is known) the input that brings it there.

    A score of None was unknown; `score` "veto" or "cap": what holds the fit down must go.
    """

    score: str
    score_from: float | None
    score_to: float | None
    fit: float
    input: str | None = None
    value_from: float | None = None
    value_to: float | None = None


def reach(lever: Lever, wanted: float, halvings: int = HALVINGS) -> float | None:
    """The value nearest to the present one that scores `wanted`; None where even the best scores less."""
    if lever.score(lever.best) < wanted:
        return None
    short, enough = lever.value, lever.best
    for _ in range(halvings):
        middle = (short + enough) / 2
        if lever.score(middle) >= wanted:
            enough = middle
        else:
            short = middle
    return enough


def needed(
    scores: Mapping[str, float | None], weights: Mapping[str, float], target: float
) -> dict[str, float]:
    """Per score the value at which, the others as they are, the mean is `target`; only values up to 100.

    >>> needed({"audience": 80.0, "engagement": 40.0}, {"audience": 1.0, "engagement": 1.0}, 65.0)
    {'audience': 90.0, 'engagement': 50.0}
    """
    known = {name: score for name, score in scores.items() if score is not None and weights[name] > 0}
    total = sum(weights[name] for name in known)
    points = sum(weights[name] * score for name, score in known.items())
    found = {}
    for name in scores:
        if weights[name] <= 0:
            continue
        others = total - (weights[name] if name in known else 0.0)
        rest = points - weights[name] * known.get(name, 0.0)
        value = (target * (others + weights[name]) - rest) / weights[name]
        if value <= 100:
            found[name] = rounded(max(value, 0.0))
    return found


def weighted(scores: Mapping[str, float | None], weights: Mapping[str, float]) -> float | None:
    """The weighted mean of the known scores; None where none is known.

    >>> weighted({"audience": 80.0, "engagement": None}, {"audience": 1.0, "engagement": 1.0})
    80.0
    """
    known = {name: score for name, score in scores.items() if score is not None and weights[name] > 0}
    total = sum(weights[name] for name in known)
    return sum(weights[name] * score for name, score in known.items()) / total if known else None


def searched(
    scores: Mapping[str, float | None], weights: Mapping[str, float], target: float, mean: Mean
) -> dict[str, float]:
    """As `needed`, of a fit that is no mere mean but rises with every score.

    >>> halved = lambda changed: 0.5 * changed["audience"]
    >>> round(searched({"audience": 80.0}, {"audience": 1.0}, 45.0, halved)["audience"], 3)
    90.0
    """
    found = {}
    for name, score in scores.items():
        if weights[name] <= 0:
            continue
        lever = Lever(name, score or 0.0, 100.0, lambda value, name=name: mean({name: value}) or 0.0)  # type: ignore[misc]
        if (value := reach(lever, target, BLENDED_HALVINGS)) is not None:
            found[name] = rounded(value)
    return found


def changes(
    ranked: Ranked[Key],
    target: float,
    weights: Mapping[str, float],
    levers: Mapping[str, Sequence[Lever]],
    mean: Mean | None = None,
) -> list[Change]:
    """The ways past a fit of `target`, the smallest change of a score first; unknown scores come last.

    weights: of the model by score, a brief's own included. levers: by score, of this candidate's inputs.
    mean: the fit before cap and vetoes where it is more than the weighted mean (a learned part).
    """
    own = ranked.fit
    if own.score is not None and own.score > target:
        return []
    scores = {
        name: ranked.scores[name].score for name in WEIGHTS if ranked.scores[name].reason != "not_computed"
    }
    whole = weighted(scores, weights) if mean is None else mean({})
    if held := _held(ranked, scores, whole, target):
        return held
    if own.vetoes:
        return []  # the fit stays 0 whatever else rises
    goal = min(target + MARGIN, 100.0)
    wanted = needed(scores, weights, goal) if mean is None else searched(scores, weights, goal, mean)
    low = scores.get(CAP_SCORE)
    if low is not None and low < CAP <= target:
        # Nothing else lifts the cap.
        wanted = {name: max(value, CAP) for name, value in wanted.items() if name == CAP_SCORE}
    rising = {name: value for name, value in wanted.items() if value > (scores[name] or 0.0)}
    order = sorted(
        rising, key=lambda name: (scores[name] is None, rising[name] - (scores[name] or 0.0), name)
    )
    return [
        change
        for name in order
        for change in _ways(name, scores[name], rising[name], levers.get(name, ()), target)
    ]


def _ways(
    name: str, score: float | None, value: float, levers: Sequence[Lever], target: float
) -> list[Change]:
    fit = rounded(min(target + MARGIN, 100.0))
    reached = [(lever, reach(lever, value)) for lever in levers] if score is not None else []
    found = [
        Change(name, score, value, fit, lever.input, rounded(lever.value), rounded(end))
        for lever, end in reached
        if end is not None
    ]
    # Without a lever the score itself is all that can be told; where no lever reaches it, that is no way.
    return found if levers and score is not None else [Change(name, score, value, fit)]


def _held(
    ranked: Ranked[Key], scores: Mapping[str, float | None], mean: float | None, target: float
) -> list[Change]:
    """A veto or the cap holds the fit down: what is under it comes out when that is gone."""
    if mean is None:
        return []
    if ranked.fit.vetoes and mean > target:
        return [Change("veto", None, None, rounded(mean), veto) for veto in ranked.fit.vetoes[:1]]
    low = scores.get(CAP_SCORE)
    if not ranked.fit.vetoes and low is not None and low < CAP and mean > target >= CAP:
        return [Change("cap", rounded(low), CAP, rounded(mean), CAP_SCORE, rounded(low), CAP)]
    return []
