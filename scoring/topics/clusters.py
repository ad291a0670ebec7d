"""Mentions that say alike things: weighted words, their main directions, k-means. The same ones each time."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np

_LEAST: Final = 12
_DIRECTIONS: Final = 40
_WORDS: Final = 3_000
_NAMES: Final = 5
_SEED: Final = 0


@dataclass(frozen=True)
class Cluster:
    """terms: what sets it apart, the strongest first; members: places of its mentions, those that speak
    most for it first."""

    terms: tuple[str, ...]
    members: tuple[int, ...]


def clusters(mentions: Sequence[Set[str]], most: int = 10) -> list[Cluster]:
    """Groups of mentions by their words and phrases (terms.phrases), the largest first; none of fewer than
    a dozen.

    >>> said = [{"kargo", "gec"}, {"kargo", "iade"}] * 8 + [{"lezzet", "kahve"}, {"kahve", "sicak"}] * 6
    >>> [(found.terms[0], len(found.members)) for found in clusters(said, 2)]
    [('kargo', 16), ('kahve', 12)]
    """
    from sklearn.cluster import KMeans
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import normalize

    told = [place for place, one in enumerate(mentions) if one]
    if len(told) < _LEAST:
        return []
    weighing = TfidfVectorizer(analyzer=sorted, min_df=2, max_df=0.8, max_features=_WORDS, sublinear_tf=True)
    try:
        weights = weighing.fit_transform([mentions[place] for place in told])
    except ValueError:
        # No word stands in two of them.
        return []
    names = weighing.get_feature_names_out()
    points = weights.toarray() if weights.shape[1] <= _DIRECTIONS else _directed(TruncatedSVD, weights)
    points = normalize(points)
    kept = np.flatnonzero(np.abs(points).sum(axis=1) > 0)
    distinct = len(np.unique(points[kept].round(9), axis=0)) if len(kept) else 0
    groups = min(most, distinct, max(2, round(sqrt(len(kept) / 4))))
    if groups < 2:
        return []
    fitted = KMeans(groups, n_init=4, random_state=_SEED).fit(points[kept])
    distances = np.linalg.norm(points[kept] - fitted.cluster_centers_[fitted.labels_], axis=1)
    mean = np.asarray(weights.mean(axis=0)).ravel()
    made = []
    for group in range(groups):
        mine = kept[fitted.labels_ == group]
        ordered = mine[np.argsort(distances[fitted.labels_ == group], kind="stable")]
        over = np.asarray(weights[ordered].mean(axis=0)).ravel() - mean
        terms = [str(names[at]) for at in np.argsort(-over, kind="stable")[:_NAMES] if over[at] > 0]
        made.append(Cluster(tuple(terms), tuple(told[place] for place in ordered)))
    return sorted((one for one in made if one.terms), key=lambda one: (-len(one.members), one.terms))


def _directed(reducing: type, weights: object) -> np.ndarray:
    return np.asarray(reducing(_DIRECTIONS, random_state=_SEED).fit_transform(weights))
