"""Fitting the model of fakes.py, and measuring it on what was not fitted on.

scikit-learn is imported where it is used: it takes over a second.
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
from msgspec import Struct

from scoring.arrays import Floats, Integers
from scoring.fakes import PRIOR, FakeModel, flags
from scoring.profiles import FEATURES, Profiles, features

# Inverse strength of the penalty: between .1 and 3 the figures hardly differ.
STRENGTH = 0.3
FOLDS = 10
# What is written of coefficients and rates; the rest is noise of the solver.
DIGITS = 6


class Collection(Struct, frozen=True):
    """Profiles of one source with the truth: fake is float64[N] of 0 and 1."""

    profiles: Profiles
    fake: Floats


def fit(
    collections: Sequence[Collection],
    *,
    version: str = "own",
    card: Mapping[str, Any] | None = None,
    strength: float = STRENGTH,
) -> FakeModel:
    """A model of some collections, each class of each counting the same, and its rates of error by CV.

    Raises ValueError where a collection has fewer than FOLDS profiles of a class.
    """
    if any(min(np.sum(one.fake == 1), np.sum(one.fake == 0)) < FOLDS for one in collections):
        raise ValueError(f"a collection needs at least {FOLDS} profiles of each class")
    rows = _Rows.of(collections)
    mean, scale, weight, intercept = _fitted(rows, np.arange(len(rows.fake)), strength)
    return FakeModel(
        version=version,
        features=FEATURES,
        mean=_plain(mean),
        scale=_plain(scale),
        weight=_plain(weight),
        intercept=round(intercept, DIGITS),
        prior=PRIOR,
        rates=_rates(collections, rows, strength),
        card=dict(card or {}),
    )


def out_of_fold(one: Collection, *, folds: int, seed: int = 0, strength: float = STRENGTH) -> Floats:
    """Each profile's probability by a model that has not seen it nor its like; for honest figures."""
    rows = _Rows.of([one])
    made = np.full(len(rows.fake), np.nan)
    for train, test in _folds(rows, folds, seed):
        model = _model(_fitted(rows, train, strength))
        made[test] = model.probability(one.profiles)[test]
    return made


class _Rows(Struct, frozen=True):
    """All collections in one table: features, truth, weight, collection, and which rows are alike."""

    x: Floats
    fake: Floats
    weight: Floats
    source: Integers
    alike: Integers

    @classmethod
    def of(cls, collections: Sequence[Collection]) -> "_Rows":
        x = np.concatenate([features(one.profiles) for one in collections])
        fake = np.concatenate([one.fake for one in collections])
        source = np.repeat(np.arange(len(collections)), [len(one.fake) for one in collections])
        weight = np.zeros(len(fake))
        for code, truth in product(range(len(collections)), (0, 1)):
            cell = (source == code) & (fake == truth)
            weight[cell] = len(fake) / (2 * len(collections) * max(1, cell.sum()))
        _, alike = np.unique(np.nan_to_num(x, nan=-1.0), axis=0, return_inverse=True)
        return cls(x, fake, weight, source, alike.ravel())


_Fitted = tuple[Floats, Floats, Floats, float]


def _fitted(rows: _Rows, train: Integers, strength: float) -> _Fitted:
    from sklearn.linear_model import LogisticRegression

    x, weight = rows.x[train], rows.weight[train]
    mean, scale = _scaled(x, weight)
    z = np.nan_to_num((x - mean) / scale)
    # Newton's steps end at the same coefficients on every machine.
    model = LogisticRegression(C=strength, solver="newton-cholesky", tol=1e-10, max_iter=1000)
    model.fit(z, rows.fake[train], sample_weight=weight)
    return mean, scale, model.coef_[0], float(model.intercept_[0])


def _scaled(values: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Weighted mean and standard deviation of each feature over what is known of it; 0 and 1 of nothing."""
    seen = np.where(np.isfinite(values), weight[:, None], 0.0)
    mass = np.maximum(seen.sum(axis=0), 1e-12)
    filled = np.nan_to_num(values)
    mean = (seen * filled).sum(axis=0) / mass
    scale = np.sqrt((seen * (filled - mean) ** 2).sum(axis=0) / mass)
    return mean, np.where(scale > 1e-9, scale, 1.0)


def _model(fitted: _Fitted) -> FakeModel:
    mean, scale, weight, intercept = fitted
    columns = (tuple(mean), tuple(scale), tuple(weight), intercept)
    return FakeModel("fold", FEATURES, *columns, PRIOR, {}, {})


def _folds(rows: _Rows, folds: int, seed: int) -> Iterator[tuple[Integers, Integers]]:
    """Train and test rows; what is alike is never on both sides."""
    from sklearn.model_selection import StratifiedGroupKFold

    cut = StratifiedGroupKFold(folds, shuffle=True, random_state=seed)
    strata = rows.source * 2 + rows.fake.astype(np.int64)
    yield from cut.split(rows.x, strata, rows.alike)


def _rates(collections: Sequence[Collection], rows: _Rows, strength: float) -> dict[str, tuple[float, float]]:
    """Rates of error by which fields of CORE are known: the mean of the collections' own."""
    folds = [(_model(_fitted(rows, train, strength)), test) for train, test in _folds(rows, FOLDS, 0)]
    every = _joined([one.profiles for one in collections])
    found = {}
    for pattern in product((1, 0), repeat=len(Profiles.CORE)):
        hidden = [name for name, known in zip(Profiles.CORE, pattern, strict=True) if not known]
        if len(hidden) == len(Profiles.CORE):
            continue
        flag, profiles = np.zeros(len(rows.fake)), every.without(*hidden)
        for model, test in folds:
            flag[test] = flags(model.probability(profiles))[test]
        found["".join(map(str, pattern))] = _pair(rows, flag)
    return found


def _pair(rows: _Rows, flag: Floats) -> tuple[float, float]:
    def rate(truth: int) -> float:
        shares = [
            flag[(rows.source == code) & (rows.fake == truth)].mean() for code in np.unique(rows.source)
        ]
        return round(float(np.mean(shares)), DIGITS)

    return rate(1), rate(0)


def _joined(parts: Sequence[Profiles]) -> Profiles:
    names = [field.name for field in dataclasses.fields(Profiles)]
    columns = {
        name: np.concatenate([getattr(part, name) for part in parts]) for name in names if name != "CORE"
    }
    return Profiles(**columns)


def _plain(values: Floats) -> tuple[float, ...]:
    return tuple(round(float(value), DIGITS) + 0.0 for value in values)
