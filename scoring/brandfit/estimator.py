"""Order influencers by their fit to brands, learnt from pairs of brands and the influencers they chose."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import ArrayLike
from sklearn.base import BaseEstimator

from scoring.arrays import Floats
from scoring.brandfit.choice import Choices, Weights, log_likelihood, maximise
from scoring.brandfit.pairs import Laid, distinct_pairs
from scoring.brandfit.vectors import TINY, Space, Vectors, roots

PARTS = ("topics", "hashtags", "learned")


class BrandFit(BaseEstimator):  # type: ignore[misc]
    """Topic Bhattacharyya, hashtag cosine and a bilinear form of both, weighted by what brands chose.

    A score is in standard deviations of the fitted influencers' scores for the same brand, 0 = their mean; it
    depends on its brand, its influencer and the learnt values alone, never on who else is asked about.
    Without pairs it is the plain sum of topics and hashtags, each at unit spread: the cold start.

    Parameters
    - penalties: candidates for the strength that holds the bilinear form at 0; taken is the one under which
      the choices of brands left out are likeliest (none of their influencers is fitted on either).
    - folds: by brand, to find it. With fewer than 2 * folds brands the strongest penalty is taken untried.
    - rivals: at most so many influencers make up a choice: all that were chosen, filled up at random.
    - shrinkage: of the hashtags' covariance (Space).
    - random_state: of folds and rivals.

    Learns: space_, spread_ float64[2] (of the two bases), weights_ float64[2], form_ float64[d, d],
    mean_ float64[d] and covariance_ float64[d, d] of the influencers, penalty_ (None without pairs),
    held_out_ {penalty: mean log-likelihood per choice}. No influencer's or brand's row is kept.

    >>> rng = np.random.default_rng(0)
    >>> influencers = Vectors(rng.dirichlet([0.3] * 4, 60), rng.normal(size=(60, 5)))
    >>> brands = influencers.take(np.arange(20))
    >>> fit = BrandFit().fit(brands, influencers, [(b, b) for b in range(20)])
    >>> scores = fit.decision_function(brands, influencers)
    >>> scores.shape, bool(np.mean(scores.argmax(axis=1) == np.arange(20)) > 0.9)
    ((20, 60), True)
    """

    def __init__(
        self,
        penalties: Sequence[float] = (0.3, 1.0, 3.0, 10.0, 100.0, 1000.0),
        folds: int = 3,
        rivals: int = 4000,
        shrinkage: float = 0.3,
        random_state: int = 0,
    ) -> None:
        self.penalties = penalties
        self.folds = folds
        self.rivals = rivals
        self.shrinkage = shrinkage
        self.random_state = random_state

    def fit(self, brands: Vectors, influencers: Vectors, pairs: ArrayLike) -> "BrandFit":
        """Learn from pairs: int[M, 2], rows (brand, influencer it chose); a pair counts once.

        Raises: ValueError where a pair names a row that isn't there, there is no influencer, or no penalty.
        """
        distinct = distinct_pairs(pairs, len(brands), len(influencers))
        if not len(influencers) or not self.penalties or min(self.penalties) <= 0:
            raise ValueError("fitting needs influencers and penalties above 0")
        self.space_ = Space(self.shrinkage).fit(influencers)
        y = self.space_.transform(influencers)
        self.mean_ = y.mean(axis=0)
        self.covariance_ = (y - self.mean_).T @ (y - self.mean_) / len(y)
        x, bases = self.space_.transform(brands), self._bases(brands)
        self.spread_ = self._spread(bases if len(brands) else self._bases(influencers))
        self._learn(Laid(x, bases / self.spread_[:, None, None], y, distinct))
        return self

    def decision_function(self, brands: Vectors, influencers: Vectors) -> Floats:
        """Scores, float64[B, N], finite, higher fits better; all 0 for a brand of which nothing is known."""
        parts = self.parts(brands, influencers)
        return parts["topics"] + parts["hashtags"] + parts["learned"]

    def parts(self, brands: Vectors, influencers: Vectors) -> dict[str, Floats]:
        """The three summands of each score, float64[B, N] by name: what an explanation shows."""
        x, bases = self.space_.transform(brands), self._bases(brands)
        bases = bases * (self.weights_ / self.spread_)[:, None, None]
        directions = np.concatenate([bases, (x @ self.form_)[None]])
        whole = directions.sum(axis=0)
        spread = np.sqrt(np.maximum(np.einsum("bd,de,be->b", whole, self.covariance_, whole), 0))
        scale = np.divide(1.0, spread, out=np.zeros_like(spread), where=spread > TINY)
        away = (self.space_.transform(influencers) - self.mean_).T
        return {
            name: (direction * scale[:, None]) @ away
            for name, direction in zip(PARTS, directions, strict=True)
        }

    def _bases(self, brands: Vectors) -> Floats:
        """Per base what a brand looks for in the space, float64[2, B, d]."""
        x = self.space_.transform(brands)
        topics = len(self.space_.topic_centre_)
        bases = np.zeros((2, *x.shape))
        bases[0, :, :topics] = roots(brands)
        bases[1, :, topics:] = x[:, topics:]
        return bases

    def _spread(self, bases: Floats) -> Floats:
        """Each base's standard deviation over influencers, root mean square over brands; 1 where it is 0."""
        variance = np.einsum("kbd,de,kbe->kb", bases, self.covariance_, bases).mean(axis=1)
        spread = np.sqrt(np.maximum(variance, 0))
        return np.where(spread > TINY, spread, 1.0)

    def _learn(self, data: Laid) -> None:
        weights = Weights.start(2, data.x.shape[1])
        rng = np.random.default_rng(self.random_state)
        self.penalty_: float | None = None
        self.held_out_: dict[float, float] = {}
        if len(data.pairs):
            data = data.rivals(self.rivals, rng)
            self.penalty_ = self._penalty(data, rng)
            *_, (_, weights) = self._path(data.choices(), self.penalty_)
        self.weights_, self.form_ = weights.bases, weights.learned

    def _penalty(self, data: Laid, rng: np.random.Generator) -> float:
        brands = rng.permutation(np.unique(data.pairs[:, 0]))
        if len(brands) < 2 * self.folds or self.folds < 2 or len(set(self.penalties)) == 1:
            return float(max(self.penalties))
        scores: dict[float, list[float]] = {}
        for held in np.array_split(brands, self.folds):
            fitted, unseen = data.split(held)
            if not len(fitted.pairs):
                continue
            for penalty, weights in self._path(fitted.choices(), min(self.penalties)):
                scores.setdefault(penalty, []).append(log_likelihood(unseen.choices(), weights))
        self.held_out_ = {penalty: float(np.mean(values)) for penalty, values in scores.items()}
        return max(self.held_out_, key=lambda p: self.held_out_[p]) if scores else max(self.penalties)

    def _path(self, choices: Choices, last: float) -> Iterator[tuple[float, Weights]]:
        """Fits from the strongest penalty down to `last`, each from the one before: fewer steps in all."""
        weights = Weights.start(2, choices.brands.shape[1])
        for penalty in sorted(set(self.penalties), reverse=True):
            if penalty >= last:
                weights = maximise(choices, penalty, weights)
                yield float(penalty), weights
