"""Topics: each a distribution over words, each text a distribution over topics.

Fitted as probabilistic latent semantic analysis (Hofmann 1999), which is non-negative factorisation under
the Kullback-Leibler divergence; texts are folded in by expectation-maximisation with a Dirichlet prior.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.content.text import Document, words
from scoring.folding import fold_word

MOST_WORDS = 20_000
MOST_SHARE = 0.5
LEAST_DOCUMENTS = 3
LEAST_LETTERS = 3
# A topic of its own needs several texts that speak of it.
TEXTS_PER_TOPIC = 5
# Topics are coarse: more texts make them slower, not better.
MOST_TEXTS = 6_000
ROUNDS = 60
FOLD_ROUNDS = 15
# The prior's weight per topic: a text of three words is no certainty.
PRIOR = 0.05

Sparse = Any


@dataclass(frozen=True, slots=True)
class Topics:
    """words: V words in ASCII; shares: float32[T, V], rows sum to 1."""

    words: tuple[str, ...]
    shares: NDArray[np.float32]

    @property
    def size(self) -> int:
        """The number of topics."""
        return int(self.shares.shape[0])

    def name(self, topic: int, most: int = 3) -> str:
        """A topic's most telling words: the likeliest in it against all topics."""
        overall = self.shares.mean(axis=0) + 1e-12
        telling = self.shares[topic] * np.log((self.shares[topic] + 1e-12) / overall)
        return " ".join(self.words[at] for at in np.argsort(-telling, kind="stable")[:most])

    def fold_in(self, documents: Sequence[Document]) -> NDArray[np.float32]:
        """float32[N, T]: each text's topics, summing to 1; all 0 where none of its words is known."""
        index = {word: at for at, word in enumerate(self.words)}
        counts = _counts([_known(document, index) for document in documents], len(self.words))
        return _fold_in(counts, self.shares)


def fit(documents: Sequence[Document], size: int, *, seed: int = 0) -> Topics:
    """`size` topics, fewer where there are few texts, none where no word is shared."""
    sample = _sample(documents, seed)
    spoken = [_spoken(document) for document in sample]
    known = _vocabulary(spoken)
    size = min(size, len(sample) // TEXTS_PER_TOPIC, len(known))
    if size < 2:
        return Topics((), np.zeros((0, 0), np.float32))
    index = {word: at for at, word in enumerate(known)}
    counts = _counts([[index[word] for word in each if word in index] for each in spoken], len(known))
    return Topics(tuple(known), _factorised(counts, size, seed))


def _factorised(counts: Sparse, size: int, seed: int) -> NDArray[np.float32]:
    from sklearn.decomposition import non_negative_factorization

    spoken = counts[np.flatnonzero(np.diff(counts.indptr))]
    _, shares, _ = non_negative_factorization(
        spoken,
        n_components=size,
        init="nndsvda",
        solver="mu",
        beta_loss="kullback-leibler",
        max_iter=ROUNDS,
        tol=0,
        random_state=seed,
    )
    shares = shares + 1e-9
    return np.asarray(shares / shares.sum(axis=1, keepdims=True), dtype=np.float32)


def _fold_in(counts: Sparse, shares: NDArray[np.float32]) -> NDArray[np.float32]:
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    made = np.full((counts.shape[0], shares.shape[0]), 1 / max(1, shares.shape[0]), dtype=np.float32)
    by_word = np.ascontiguousarray(shares.T)
    if shares.shape[0] == 0:
        return made
    likely = by_word[counts.indices]
    starts = counts.indptr[:-1][np.diff(counts.indptr) > 0]
    known = np.flatnonzero(np.diff(counts.indptr))
    for _ in range(FOLD_ROUNDS):
        joint = likely * made[rows]
        joint *= (counts.data / joint.sum(axis=1))[:, None]
        sums = np.add.reduceat(joint, starts, axis=0) + PRIOR if len(starts) else joint
        made[known] = sums / sums.sum(axis=1, keepdims=True)
    made[np.diff(counts.indptr) == 0] = 0
    return made


def _spoken(document: Document) -> list[str]:
    folded = [fold_word(word) for word in words(document.text)]
    return [word for word in folded if len(word) >= LEAST_LETTERS and not word.isdigit()]


def _known(document: Document, index: dict[str, int]) -> list[int]:
    return [index[word] for word in _spoken(document) if word in index]


def _counts(rows: Sequence[Sequence[int]], columns: int) -> Sparse:
    from scipy.sparse import csr_array

    ends = np.cumsum([0, *(len(row) for row in rows)])
    inside = np.fromiter((at for row in rows for at in row), np.int32, int(ends[-1]))
    counts = csr_array((np.ones(len(inside), np.float32), inside, ends), shape=(len(rows), columns))
    counts.sum_duplicates()
    return counts


def _vocabulary(spoken: Sequence[Sequence[str]]) -> list[str]:
    """Words that several texts share and not most: names of one person and stop words fall out."""
    seen: dict[str, int] = {}
    for each in spoken:
        for word in set(each):
            seen[word] = seen.get(word, 0) + 1
    most = max(LEAST_DOCUMENTS, MOST_SHARE * len(spoken))
    usable = [word for word, count in seen.items() if LEAST_DOCUMENTS <= count <= most]
    return sorted(sorted(usable, key=lambda word: (-seen[word], word))[:MOST_WORDS])


def _sample(documents: Sequence[Document], seed: int) -> Sequence[Document]:
    if len(documents) <= MOST_TEXTS:
        return documents
    chosen = np.random.default_rng(seed).choice(len(documents), MOST_TEXTS, replace=False)
    return [documents[at] for at in np.sort(chosen)]
