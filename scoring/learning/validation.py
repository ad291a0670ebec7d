"""Out-of-sample figures of the learned fit beside the cold start's: later in time, and of other influencers.

Collaborations are cut into blocks of time; what a block is predicted by ended before the block began. Inside
a block the influencers are dealt into groups, and what a group is predicted by holds none of its influencers:
so an influencer never stands on both sides, and those who come back often do not empty the training part.
"""

from collections.abc import Callable, Iterator

import numpy as np
from msgspec import Struct

from scoring.arrays import Floats, Integers
from scoring.learning.calibration import fit_sigmoid
from scoring.learning.estimator import LearnedFit, NothingToLearn
from scoring.learning.evaluation import Evaluation, Fold
from scoring.learning.features import Features
from scoring.learning.metrics import calibration_error, log_loss, losses, lower_bound
from scoring.learning.outcomes import Outcomes, better, usual

# The first share of all collaborations is only learned from.
FIRST = 0.4
BLOCKS = 4
GROUPS = 4

# Fewer rows teach nothing, so the share of successes stands for them.
FEWEST = 40


class Tested(Struct, frozen=True):
    """Predictions of rows that were not learned from; columns of equal length, block: from 0."""

    row: Integers
    block: Integers
    trained: Integers
    success: Floats
    learned: Floats
    cold_start: Floats


def splits(at: Floats, influencer: Integers) -> Iterator[tuple[int, Integers, Integers]]:
    """(block, training rows, test rows), earlier before later and no influencer in both.

    >>> parts = list(splits(np.arange(20.0), np.arange(20) % 7))
    >>> all(test.min() > train.max() for _, train, test in parts)
    True
    """
    order = np.argsort(at, kind="stable")
    first = int(len(order) * FIRST)
    group = _dealt(influencer)
    for block, rows in enumerate(np.array_split(order[first:], BLOCKS)):
        if not len(rows):
            continue
        earlier = np.flatnonzero(at < at[rows].min())
        for number in range(GROUPS):
            test = np.sort(rows[group[rows] == number])
            if len(test):
                yield block, earlier[group[earlier] != number], test


def _dealt(influencer: Integers) -> Integers:
    """int64[N]: each row's group; influencers with many rows are dealt first, so that groups are alike."""
    _, code, counts = np.unique(influencer, return_inverse=True, return_counts=True)
    filled, group = np.zeros(GROUPS, dtype=np.int64), np.zeros(len(counts), dtype=np.int64)
    for person in np.argsort(-counts, kind="stable").tolist():
        group[person] = int(np.argmin(filled))
        filled[group[person]] += counts[person]
    return group[code]


def evaluate(
    features: Features,
    outcomes: Outcomes,
    cold_start: Floats,
    progress: Callable[[int, int], None] | None = None,
) -> Evaluation:
    """Figures of N usable collaborations; `cold_start` float64[N] is their weighted fit, NaN where unknown.

    The weighted fit becomes a probability by a sigmoid that is fitted on the same training rows as the
    learned fit, so neither knows more than the other. `progress(done, total)` is told after each part.
    """
    parts = list(splits(outcomes.at, outcomes.influencer))
    made = []
    for done, part in enumerate(parts, 1):
        made.append(_predicted(features, outcomes, cold_start, *part))
        if progress is not None:
            progress(done, len(parts))
    tested = _together([each for each in made if each is not None])
    return _figures(tested, outcomes)


def _predicted(
    features: Features, outcomes: Outcomes, cold_start: Floats, block: int, train: Integers, test: Integers
) -> Tested | None:
    """Test rows by training rows; None where the training rows are none, or say nothing of the test rows."""
    if not len(train):
        return None
    medians = usual(outcomes.rows(train))
    success, wanted = better(outcomes.rows(train), medians), better(outcomes.rows(test), medians)
    test, wanted = test[np.isfinite(wanted)], wanted[np.isfinite(wanted)]
    if not len(test):
        return None
    return Tested(
        row=test,
        block=np.full(len(test), block),
        trained=np.full(len(test), len(train)),
        success=wanted,
        learned=_learned(features, outcomes, success, train, test),
        cold_start=mapped(cold_start[train], success, cold_start[test]),
    )


def _learned(
    features: Features, outcomes: Outcomes, success: Floats, train: Integers, test: Integers
) -> Floats:
    people = outcomes.influencer[train]
    if len(train) < FEWEST or len(np.unique(success)) < 2 or len(np.unique(people)) < 2:
        return np.full(len(test), share(success))
    try:
        fitted = LearnedFit().fit(features.rows(train), success, people)
    except NothingToLearn:
        return np.full(len(test), share(success))
    return fitted.probability(features.rows(test))


def mapped(known: Floats, success: Floats, asked: Floats) -> Floats:
    """Weighted fits as probabilities, by a sigmoid of the known ones; without a fit the share."""
    there, wanted = np.isfinite(known), np.isfinite(asked)
    answer = np.full(len(asked), share(success))
    if there.any():
        answer[wanted] = fit_sigmoid(known[there], success[there]).probability(asked[wanted])
    return answer


def share(success: Floats) -> float:
    """The share of successes, as if there had been one more of each."""
    return float((np.sum(success) + 1) / (len(success) + 2))


def _together(parts: list[Tested]) -> Tested:
    if not parts:
        none, nothing = np.zeros(0, dtype=np.int64), np.zeros(0)
        return Tested(none, none, none, nothing, nothing, nothing)
    columns = {
        name: np.concatenate([getattr(part, name) for part in parts]) for name in Tested.__struct_fields__
    }
    return Tested(**columns)


def _figures(tested: Tested, outcomes: Outcomes) -> Evaluation:
    loss, cold = (log_loss(tested.success, each) for each in (tested.learned, tested.cold_start))
    error = calibration_error(tested.success, tested.learned)
    saved = losses(tested.success, tested.cold_start) - losses(tested.success, tested.learned)
    return Evaluation(
        tested=len(tested.row),
        influencers=len(np.unique(outcomes.influencer[tested.row])),
        log_loss=_known(loss),
        cold_start_log_loss=_known(cold),
        gain=_known(1 - loss / cold),
        gain_low=_known(lower_bound(saved, outcomes.influencer[tested.row]) / cold),
        ece=_known(error.ece),
        ece_of_chance=_known(error.chance),
        ece_bins=error.bins,
        cold_start_ece=_known(calibration_error(tested.success, tested.cold_start).ece),
        folds=tuple(_fold(tested, outcomes.at, block) for block in np.unique(tested.block).tolist()),
    )


def _known(figure: float) -> float | None:
    return float(figure) if np.isfinite(figure) else None


def _fold(tested: Tested, at: Floats, block: int) -> Fold:
    own = tested.block == block
    days = at[tested.row[own]]
    return Fold(
        starts_at=float(days.min()),
        ends_at=float(days.max()),
        trained=round(float(tested.trained[own].mean())),
        tested=int(own.sum()),
        log_loss=log_loss(tested.success[own], tested.learned[own]),
        cold_start_log_loss=log_loss(tested.success[own], tested.cold_start[own]),
    )
