"""TF-IDF and its reduction to few dimensions (latent semantic analysis, Deerwester et al. 1990)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

# A term of one person alone says nothing of likeness, and must not outlive that person in a stored space.
LEAST_DOCUMENTS = 2
MOST_SHARE = 0.7
MOST_TERMS = 60_000
# Below this many texts a term's rarity says nothing.
FEW = 20
ROWS_AT_ONCE = 1_000

Sparse = Any
Rows = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Projection:
    """From counts to a vector of D dimensions.

    columns: int32[K], which columns of the counts are kept, rising. rarity: float32[K], their inverse
    document frequency. axes: float16[K, D]. bounds: where blocks of columns end; each block of a text is
    brought to unit length before they are joined, so that many letters do not drown few words.
    """

    columns: NDArray[np.int32]
    rarity: NDArray[np.float32]
    axes: NDArray[np.float16]
    bounds: tuple[int, ...]

    @property
    def size(self) -> int:
        """The number of dimensions."""
        return int(self.axes.shape[1])

    def weigh(self, counts: Sparse) -> Sparse:
        """Counts of N texts -> float32[N, K]: (1 + ln tf) idf, each block of unit length, the whole too."""
        from scipy.sparse import csr_array

        kept = csr_array(counts[:, self.columns], dtype=np.float32)
        np.log(kept.data, out=kept.data)  # every count is 1 or more
        kept.data += 1
        kept.data *= self.rarity[kept.indices]
        return _unit_blocks(kept, np.searchsorted(self.columns, self.bounds))

    def project(self, counts: Sparse) -> Rows:
        """Counts of N texts -> float32[N, D] of unit length, zero where nothing of the text is known."""
        made = np.asarray(self.weigh(counts) @ self.axes.astype(np.float32))
        return unit(made)


def fit(counts: Sparse, dimensions: int, bounds: Sequence[int], *, seed: int = 0) -> Projection:
    """Learns rarity and axes from the counts of N texts; D is at most min(dimensions, N, K).

    Randomised SVD (Halko, Martinsson, Tropp 2011) with a fixed seed: equal texts make equal axes.
    """
    from sklearn.utils.extmath import randomized_svd

    columns, rarity = _terms(counts)
    empty = Projection(columns, rarity, np.zeros((len(columns), 0), np.float16), tuple(bounds))
    size = min(dimensions, counts.shape[0], len(columns))
    if size == 0:
        return empty
    weighed = empty.weigh(counts)
    _, _, axes = randomized_svd(weighed, size, n_iter=4, random_state=seed)
    return Projection(columns, rarity, np.ascontiguousarray(axes.T.astype(np.float16)), tuple(bounds))


def unit(vectors: Rows) -> Rows:
    """Rows of length 1; a row without length stays zero.

    >>> unit(np.array([[3.0, 4.0], [0.0, 0.0]])).tolist()
    [[0.6, 0.8], [0.0, 0.0]]
    """
    length = np.sqrt((vectors * vectors).sum(axis=1, keepdims=True))
    return np.asarray(np.divide(vectors, length, out=np.zeros_like(vectors), where=length > 1e-12))


def _terms(counts: Sparse) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    size = counts.shape[0]
    seen = np.bincount(counts.indices[counts.data > 0], minlength=counts.shape[1])
    least, most = (LEAST_DOCUMENTS, MOST_SHARE * size) if size >= FEW else (1, size)
    usable = np.flatnonzero((seen >= least) & (seen <= most))
    if len(usable) > MOST_TERMS:
        usable = np.sort(usable[np.argsort(-seen[usable], kind="stable")[:MOST_TERMS]])
    rarity = np.log((1 + size) / (1 + seen[usable])) + 1
    return usable.astype(np.int32), rarity.astype(np.float32)


def _unit_blocks(rows: Sparse, ends: NDArray[np.intp]) -> Sparse:
    """Each block of each row of length 1, then each row; some rows at a time, for the memory."""
    for start in range(0, rows.shape[0], ROWS_AT_ONCE):
        pointers = rows.indptr[start : start + ROWS_AT_ONCE + 1]
        inside = slice(pointers[0], pointers[-1])
        rows.data[inside] *= _scales(rows.data[inside], rows.indices[inside], np.diff(pointers), ends)
    return rows


def _scales(
    values: NDArray[np.float32],
    columns: NDArray[np.integer[Any]],
    lengths: NDArray[np.integer[Any]],
    ends: NDArray[np.intp],
) -> NDArray[np.float32]:
    """By what each value of some rows is multiplied."""
    blocks = len(ends) + 1
    owner = np.repeat(np.arange(len(lengths)), lengths)
    place = owner * blocks + np.searchsorted(ends, columns, side="right")
    power = np.bincount(place, weights=values**2, minlength=len(lengths) * blocks)
    present = (power.reshape(-1, blocks) > 0).sum(axis=1)
    length = np.sqrt(power[place] * present[owner])
    return np.asarray(np.divide(1, length, out=np.zeros_like(length), where=length > 0), dtype=np.float32)
