"""Fits a model: a logistic regression for each kind of text, calibrated on texts that it was not fitted on.

A rare class weighs more within a kind than its share there (EVENED): what a brand's mentions are like is not
known before, and net.py corrects for the shares that are found.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from scoring.arrays import Flags, Floats, Integers
from scoring.sentiment.classes import ABSTAIN, CLASSES, OUTCOMES
from scoring.sentiment.features import Sparse, counts, weighted
from scoring.sentiment.linear import Linear, Quantised, mixed, softmax
from scoring.sentiment.splits import folds, groups
from scoring.sentiment.text import Reading

# Inverse strength of the ridge. .5 to 2 differ by less than a split does.
C = 1.0
# How far the classes of a language's texts are evened out: 0 as they come, 1 in equal shares; what gave the
# highest macro F1 within training parts.
EVENED = {"tr": 1.0, "en": 0.5}
# How far texts of the other kinds count for a kind's weights.
OTHERS = 0.05
FOLDS = 3
# Under this the model says nothing.
THRESHOLD = 0.5
_LEAST = 20
_ANY = -1


class TooFew(ValueError):
    """Rows that no model can be fitted on."""


@dataclass(frozen=True)
class Examples:
    """N labelled texts. classes: 0 to 2; kind: its place in `kinds`, -1 for one of any kind (a correction);
    weight: how often a row counts."""

    readings: Sequence[Reading]
    classes: Integers
    kind: Integers
    kinds: tuple[str, ...]
    weight: Floats

    @classmethod
    def of(cls, readings: Sequence[Reading], classes: Sequence[int], kind: str = "texts") -> "Examples":
        """Rows of one kind, each counting once."""
        size = len(readings)
        zeros = np.zeros(size, dtype=np.int64)
        return cls(tuple(readings), np.asarray(classes, dtype=np.int64), zeros, (kind,), np.ones(size))

    def __len__(self) -> int:
        return len(self.readings)

    def take(self, rows: Integers | Flags) -> "Examples":
        """Some rows, by number or flag."""
        places = np.flatnonzero(rows) if rows.dtype == np.bool_ else rows
        readings = tuple(self.readings[place] for place in places)
        return replace(
            self,
            readings=readings,
            classes=self.classes[places],
            kind=self.kind[places],
            weight=self.weight[places],
        )

    def corrected(self, readings: Sequence[Reading], classes: Sequence[int], weight: float) -> "Examples":
        """With further rows, of any kind, that count `weight` times."""
        size = len(readings)
        return replace(
            self,
            readings=(*self.readings, *readings),
            classes=np.concatenate([self.classes, np.asarray(classes, dtype=np.int64)]),
            kind=np.concatenate([self.kind, np.full(size, _ANY)]),
            weight=np.concatenate([self.weight, np.full(size, weight)]),
        )


def joined(parts: Sequence[Examples]) -> Examples:
    """Several sets as one; sets with equal names of kinds share the kind."""
    kinds = tuple(dict.fromkeys(kind for part in parts for kind in part.kinds))
    moved = []
    for part in parts:
        places = np.array([*(kinds.index(kind) for kind in part.kinds), _ANY])
        moved.append(places[part.kind])
    return Examples(
        tuple(reading for part in parts for reading in part.readings),
        np.concatenate([part.classes for part in parts]),
        np.concatenate(moved),
        kinds,
        np.concatenate([part.weight for part in parts]),
    )


@dataclass(frozen=True)
class Fitted:
    """A model, and what models of the same settings said of each row that they were not fitted on.

    likely float64[N, 3]: probabilities; confusion float64[K, 3, 4]: counts of (kind, class, outcome).
    """

    model: Linear
    likely: Floats
    confusion: Floats


def fit(
    examples: Examples, language: str, *, seed: int = 0, progress: Callable[[float], None] | None = None
) -> Fitted:
    """Fits on the folds' other parts, calibrates by what was left out, then fits on everything.

    Raises: TooFew, where a kind holds under 20 rows of a class.
    """
    _enough(examples)
    found = counts(examples.readings, language)
    fold = folds(groups(examples.readings), FOLDS, seed)
    logits = np.zeros((len(examples), len(examples.kinds), len(CLASSES)))
    gate = np.zeros((len(examples), len(examples.kinds)))
    for number in range(FOLDS):
        left_out = np.flatnonzero(fold == number)
        model = fitted_once(found[np.flatnonzero(fold != number)], examples.take(fold != number), language)
        logits[left_out], gate[left_out] = model.logits(weighted(found[left_out], model.weights))
        if progress:
            progress((number + 1) / (FOLDS + 1))
    sharpness = np.array(
        [_sharpness(logits[:, k], examples, k, language) for k in range(len(examples.kinds))]
    )
    likely, _ = mixed(logits, gate, sharpness)
    whole = replace(fitted_once(found, examples, language), sharpness=sharpness)
    if progress:
        progress(1.0)
    return Fitted(whole, likely, confusions(likely, examples))


def decided(likely: Floats, threshold: float = THRESHOLD) -> Integers:
    """The likeliest class of each row, ABSTAIN where it is under the threshold.

    >>> decided(np.array([[0.1, 0.2, 0.7], [0.4, 0.3, 0.3]])).tolist()
    [2, 3]
    """
    made: Integers = np.where(likely.max(axis=1) < threshold, ABSTAIN, likely.argmax(axis=1))
    return made


def confusions(likely: Floats, examples: Examples) -> Floats:
    """float64[K, 3, 4]: how many texts of each kind and class were given each outcome."""
    made = np.zeros((len(examples.kinds), len(CLASSES), len(OUTCOMES)))
    own = examples.kind >= 0
    np.add.at(made, (examples.kind[own], examples.classes[own], decided(likely)[own]), 1.0)
    return made


def _enough(examples: Examples) -> None:
    for place, name in enumerate(examples.kinds):
        held = np.bincount(examples.classes[examples.kind == place], minlength=len(CLASSES))
        if held.min() < _LEAST:
            short = ", ".join(f"{count} {label}" for count, label in zip(held, CLASSES, strict=True))
            raise TooFew(f"{name}: {short}; at least {_LEAST} of each class are needed")


def fitted_once(found: Sparse, examples: Examples, language: str) -> Linear:
    """A model of all rows, as sharp as it comes: probabilities are not yet calibrated."""
    weights = Quantised.of(_column_weights(found, examples)[None, :])
    values = weighted(found, weights.values()[:, 0].astype(np.float64))
    kinds = len(examples.kinds)
    fits = [
        _logistic(values, examples.classes, _row_weights(examples, kind, language)) for kind in range(kinds)
    ]
    gate, gate_intercepts = _gate(values, examples)
    return Linear(
        language,
        examples.kinds,
        weights,
        Quantised.of(np.vstack([rows for rows, _ in fits])),
        Quantised.of(gate),
        np.vstack([intercepts for _, intercepts in fits]),
        gate_intercepts,
        np.ones(kinds),
    )


def _column_weights(found: Sparse, examples: Examples) -> Floats:
    """Rare features count more (idf), and those that differ between classes (the root of the largest log
    ratio, as in naive Bayes SVM: Wang and Manning 2012). One that a single text holds is dropped."""
    each = np.eye(len(CLASSES))[examples.classes]
    inside = np.asarray(found.T @ each)
    frequency = inside.sum(axis=1)
    raised = inside + 1.0
    total = raised.sum(axis=0)
    others = raised.sum(axis=1, keepdims=True) - raised
    ratio = np.abs(np.log((raised / total) / (others / (total.sum() - total))))
    idf = np.log((1.0 + len(examples)) / (1.0 + frequency)) + 1.0
    return np.where(frequency > 1, idf * np.sqrt(ratio.max(axis=1)), 0.0)


def evened(held: Floats, language: str) -> Floats:
    """What a row of each class counts, by the classes' numbers of rows: rare ones more, all rows as many.

    >>> evened(np.array([400.0, 100.0, 100.0]), "en").round(2).tolist()
    [0.75, 1.5, 1.5]
    """
    raised = np.maximum(held, 1e-9) ** -EVENED[language]
    made: Floats = raised * held.sum() / (raised @ held)
    return made


def _row_weights(examples: Examples, kind: int, language: str) -> Floats:
    """Classes of a kind are evened out; other kinds count OTHERS, corrections as they say."""
    made = np.zeros(len(examples))
    for place in range(len(examples.kinds)):
        own = examples.kind == place
        held = np.bincount(examples.classes[own], weights=examples.weight[own], minlength=len(CLASSES))
        made[own] = evened(held.astype(np.float64), language)[examples.classes[own]] * (
            1.0 if place == kind else OTHERS
        )
    made[examples.kind == _ANY] = 1.0
    return made * examples.weight


def _logistic(values: Sparse, target: Integers, weight: Floats) -> tuple[Floats, Floats]:
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    # Columns of a single text weigh nothing; leaving them out takes two thirds of the work away.
    used = np.unique(values.indices[values.data != 0])
    inside = csr_matrix(values)[:, used]
    inside.eliminate_zeros()
    rows = np.flatnonzero(weight > 0)
    fitted = LogisticRegression(C=C, max_iter=150, tol=1e-3).fit(
        inside[rows], target[rows], sample_weight=weight[rows]
    )
    made = np.zeros((len(fitted.coef_), values.shape[1]))
    made[:, used] = fitted.coef_
    return made, np.asarray(fitted.intercept_, dtype=np.float64)


def _gate(values: Sparse, examples: Examples) -> tuple[Floats, Floats]:
    kinds = len(examples.kinds)
    if kinds == 1:
        return np.zeros((1, values.shape[1])), np.zeros(1)
    own = np.flatnonzero(examples.kind >= 0)
    held = np.bincount(examples.kind[own], minlength=kinds)
    weight = (len(own) / kinds / held)[examples.kind[own]]
    rows, intercepts = _logistic(values[own], examples.kind[own], weight)
    if kinds == 2:
        # The one margin of two kinds, shared between them.
        return np.vstack([-rows / 2, rows / 2]), np.concatenate([-intercepts / 2, intercepts / 2])
    return rows, intercepts


def _sharpness(logits: Floats, examples: Examples, kind: int, language: str) -> float:
    """What the logits are multiplied with for the least log loss on a kind's texts, classes evened out."""
    from scipy.optimize import minimize_scalar

    own = examples.kind == kind
    classes, weight = examples.classes[own], _row_weights(examples, kind, language)[own]
    mine = logits[own]

    def loss(log_sharpness: float) -> float:
        likely = softmax(mine * np.exp(log_sharpness))[np.arange(len(mine)), classes]
        return float(-(weight * np.log(np.maximum(likely, 1e-12))).sum())

    return float(np.exp(minimize_scalar(loss, bounds=(-2.0, 3.0), method="bounded").x))
