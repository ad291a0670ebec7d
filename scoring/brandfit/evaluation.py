"""How well an order of influencers finds the ones that unseen brands chose: AUC and recall in the first k.

Folds are by brand: the brands that chose somebody are shuffled and cut into equal parts. The brands of a part
share one pool: all influencers that any of them chose, filled up with others, drawn at random without
replacement, to an exact size. Neither these brands nor any influencer of their pool is fitted on (their pairs
with other brands are left out, too). Every brand of the part ranks the whole pool.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from zipfile import BadZipFile

import numpy as np

from scoring.arrays import Flags, Integers
from scoring.brandfit.estimator import BrandFit
from scoring.brandfit.measures import Figures, figures
from scoring.brandfit.pairs import distinct_pairs
from scoring.brandfit.vectors import Vectors

# The pool of the published test: Gan et al., Seeking micro-influencers for brand promotion, 2019.
POOL = 797
FOLDS = 5
SUFFIXES = ("_brand_lda", "_brand_tag", "_inf_lda", "_inf_tag", "_triplets")
METHODS = ("random", "topics", "sum", "learned")


class Incomplete(ValueError):
    """The arrays of a file are not those of a set."""


@dataclass(frozen=True)
class Pairs:
    """Brands, influencers and the distinct pairs int64[M, 2] of (brand row, influencer row)."""

    brands: Vectors
    influencers: Vectors
    pairs: Integers

    def truth(self, brands: Integers, pool: Integers) -> Flags:
        """Who of the pool was chosen by whom, bool[len(brands), len(pool)]."""
        chosen = np.zeros((len(self.brands), len(self.influencers)), dtype=np.bool_)
        chosen[self.pairs[:, 0], self.pairs[:, 1]] = True
        return chosen[np.ix_(brands, pool)]

    def without(self, brands: Integers, influencers: Integers) -> "Pairs":
        """What is left when these brands and influencers are taken out."""
        mine = np.setdiff1d(np.arange(len(self.brands)), brands)
        theirs = np.setdiff1d(np.arange(len(self.influencers)), influencers)
        kept = np.isin(self.pairs[:, 0], mine) & np.isin(self.pairs[:, 1], theirs)
        rows = self.pairs[kept]
        moved = np.column_stack([np.searchsorted(mine, rows[:, 0]), np.searchsorted(theirs, rows[:, 1])])
        return Pairs(self.brands.take(mine), self.influencers.take(theirs), moved)


@dataclass(frozen=True)
class Evaluation:
    """By method, the figures of each repetition (another seed of folds and pools, or the one test set)."""

    runs: Mapping[str, tuple[Figures, ...]]
    protocol: Literal["folds", "test"]

    def mean(self, method: str) -> Figures:
        """Mean over the repetitions."""
        return Figures(*np.mean(self.runs[method], axis=0).tolist())

    def deviation(self, method: str) -> Figures:
        """Standard deviation over the repetitions (n - 1), 0 with a single one."""
        spread = np.std(self.runs[method], axis=0, ddof=min(1, len(self.runs[method]) - 1))
        return Figures(*spread.tolist())


def folds(
    data: Pairs, *, count: int = FOLDS, pool: int = POOL, seed: int = 0
) -> Iterator[tuple[Integers, Integers]]:
    """(brands left out, their pool): `count` parts of the shuffled brands, each with `pool` influencers.

    Raises: ValueError where there are fewer brands than folds, or the pool is too small for a fold's own
    influencers or larger than all there are.
    """
    rng = np.random.default_rng(seed)
    brands = np.unique(data.pairs[:, 0])
    if not 2 <= count <= len(brands):
        raise ValueError(f"{count} folds of {len(brands)} brands")
    for left_out in np.array_split(rng.permutation(brands), count):
        own = np.unique(data.pairs[np.isin(data.pairs[:, 0], left_out), 1])
        others = np.setdiff1d(np.arange(len(data.influencers)), own)
        if not len(own) <= pool <= len(data.influencers):
            raise ValueError(f"a pool of {pool} for {len(own)} own influencers of {len(data.influencers)}")
        fill = rng.choice(others, pool - len(own), replace=False)
        yield np.sort(left_out), np.sort(np.concatenate([own, fill]))


def compare(
    fitted_on: Pairs, brands: Vectors, pool: Vectors, truth: Flags, seed: int = 0
) -> dict[str, Figures]:
    """The figures of a random order, topics alone, the sum without learning, and the learnt fit."""
    nothing = np.empty((0, 2), dtype=np.int64)
    cold = BrandFit().fit(fitted_on.brands, fitted_on.influencers, nothing)
    learned = BrandFit(random_state=seed).fit(fitted_on.brands, fitted_on.influencers, fitted_on.pairs)
    orders = {
        "random": np.random.default_rng(seed).random(truth.shape),
        "topics": cold.parts(brands, pool)["topics"],
        "sum": cold.decision_function(brands, pool),
        "learned": learned.decision_function(brands, pool),
    }
    return {method: figures(scores, truth) for method, scores in orders.items()}


def cross_validate(data: Pairs, *, count: int = FOLDS, pool: int = POOL, seed: int = 0) -> dict[str, Figures]:
    """Means over the folds."""
    parts = []
    for brands, own in folds(data, count=count, pool=pool, seed=seed):
        left = data.without(brands, own)
        truth = data.truth(brands, own)
        parts.append(compare(left, data.brands.take(brands), data.influencers.take(own), truth, seed))
    return {m: Figures(*np.mean([part[m] for part in parts], axis=0).tolist()) for m in METHODS}


def evaluate_files(
    train: str, test: str | None = None, *, count: int = FOLDS, pool: int = POOL, repetitions: int = 5
) -> Evaluation:
    """Figures of .npz files; arrays: a prefix and _brand_lda, _brand_tag, _inf_lda, _inf_tag, _triplets.

    triplets: int[M, 3], rows (brand, an influencer it chose, another one). One file: folds by brand, with
    `repetitions` seeds. With a test file: fitted on all of the first, every brand of the second ranks all
    influencers of the second. A file with several sets gives the one with the prefix train or test.

    Raises: ValueError where a file is no such set; OSError where it can't be read.
    """
    data = _read(train, "train")
    if test is None:
        runs = [cross_validate(data, count=count, pool=pool, seed=seed) for seed in range(repetitions)]
    else:
        other = _read(test, "test")
        truth = other.truth(np.arange(len(other.brands)), np.arange(len(other.influencers)))
        runs = [compare(data, other.brands, other.influencers, truth)]
    gathered = {method: tuple(run[method] for run in runs) for method in METHODS}
    return Evaluation(gathered, "folds" if test is None else "test")


def _read(path: str, role: str) -> Pairs:
    with open(path, "rb") as file:
        try:
            with np.load(file, allow_pickle=False) as arrays:
                named = _named(list(arrays.keys()), role)
                topics, tags, their_topics, their_tags, triplets = (np.asarray(arrays[n]) for n in named)
        except Incomplete as error:
            raise ValueError(f"{path}: no set of brands and influencers ({error})") from error
        except (ValueError, KeyError, AttributeError, TypeError, EOFError, BadZipFile) as error:
            # What numpy says of a file that it does not know is advice to load it unsafely.
            raise ValueError(f"{path}: no set of brands and influencers") from error
    if triplets.ndim != 2 or triplets.shape[1] < 2 or triplets.dtype.kind not in "iu":
        raise ValueError(f"{path}: triplets are whole numbers, three a row")
    brands, influencers = Vectors(topics, tags), Vectors(their_topics, their_tags)
    return Pairs(brands, influencers, distinct_pairs(triplets[:, :2], len(brands), len(influencers)))


def _named(keys: list[str], role: str) -> list[str]:
    """The five names of the file's only set, else those of the set named by its role."""
    prefixes = [key.removesuffix(SUFFIXES[0]) for key in keys if key.endswith(SUFFIXES[0])]
    whole = [p for p in prefixes if all(p + suffix in keys for suffix in SUFFIXES)]
    prefix = whole[0] if len(whole) == 1 else role
    if prefix not in whole:
        raise Incomplete(f"sets found: {whole}, wanted one or {role!r}; each needs {', '.join(SUFFIXES)}")
    return [prefix + suffix for suffix in SUFFIXES]
