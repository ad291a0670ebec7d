"""Texts as counts of hashed n-grams: char_wb 2-5 and word 1-2, of each word as written and its ASCII copy.

The n-grams of a word are worked out once for all texts that hold it, so a text costs a sum of rows: counts
are (texts x words) times (words x n-grams), both sparse.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from scoring.content.text import Document, folded_hashtags, words
from scoring.folding import fold_word

# N-grams of letters fill the first half of the columns, words and pairs the second; hashtags stand apart.
LETTERS = 2**16
WORDS = 2**16
TEXT_COLUMNS = LETTERS + WORDS
TAG_COLUMNS = 2**16

Sparse = Any  # scipy.sparse.csr_array, which is not typed


def text_counts(documents: Sequence[Document]) -> Sparse:
    """float32[N, TEXT_COLUMNS] of N documents.

    >>> counts = text_counts([Document("kahve"), Document("kahve kahve")])
    >>> float(counts[0].sum()), float(counts[1].sum())
    (19.0, 39.0)
    """
    from scipy.sparse import csr_array

    known: dict[str, int] = {}
    inside: list[int] = []
    pairs: list[int] = []
    ends, pair_ends = [0], [0]
    for document in documents:
        spoken = words(document.text)
        inside.extend(known.setdefault(word, len(known)) for word in spoken)
        pairs.extend(_pair(one, two) for one, two in pairwise(spoken))
        ends.append(len(inside))
        pair_ends.append(len(pairs))
    said = csr_array(_ones(inside, ends), shape=(len(documents), len(known)))
    paired = csr_array(_ones(pairs, pair_ends), shape=(len(documents), TEXT_COLUMNS))
    counts = said @ _grams_of(list(known)) + paired
    counts.sum_duplicates()
    return counts


def tag_counts(documents: Sequence[Document]) -> Sparse:
    """float32[N, TAG_COLUMNS]: how often each hashtag is used.

    >>> tag_counts([Document("", ("Kahve", "kahve"))]).data.tolist()
    [2.0]
    """
    from scipy.sparse import csr_array

    inside: list[int] = []
    ends = [0]
    for document in documents:
        inside.extend(_hashed(tag) % TAG_COLUMNS for tag in folded_hashtags(document.hashtags))
        ends.append(len(inside))
    counts = csr_array(_ones(inside, ends), shape=(len(documents), TAG_COLUMNS))
    counts.sum_duplicates()
    return counts


def _ones(columns: Sequence[int], ends: Sequence[int]) -> tuple[Any, Any, Any]:
    return np.ones(len(columns), np.float32), np.asarray(columns, np.int32), np.asarray(ends, np.int32)


def _grams_of(known: Sequence[str]) -> Sparse:
    from scipy.sparse import csr_array

    rows = [_columns(word) for word in known]
    ends = np.cumsum([0, *(len(row) for row in rows)])
    columns = np.concatenate(rows) if rows else np.empty(0, np.int32)
    return csr_array((np.ones(len(columns), np.float32), columns, ends), shape=(len(known), TEXT_COLUMNS))


@lru_cache(maxsize=200_000)
def _columns(word: str) -> NDArray[np.int32]:
    """The columns of a word; what its ASCII copy shares with it counts once."""
    folded = fold_word(word)
    grams = _letters(word)
    if folded != word:
        grams = [*grams, *(set(_letters(folded)) - set(grams))]
    letters = [_hashed(gram) % LETTERS for gram in grams]
    return np.array([*letters, word_column(folded)], dtype=np.int32)


def word_column(folded: str) -> int:
    """The column of a word in ASCII."""
    return LETTERS + _hashed(folded) % WORDS


def _letters(word: str) -> list[str]:
    """n-grams of 2 to 5 letters within the word's borders, as scikit-learn's analyzer `char_wb`."""
    padded = f" {word} "
    return [
        padded[at : at + size]
        for size in range(2, min(5, len(padded)) + 1)
        for at in range(len(padded) - size + 1)
    ]


@lru_cache(maxsize=400_000)
def _pair(one: str, two: str) -> int:
    return LETTERS + _hashed(f"{fold_word(one)} {fold_word(two)}") % WORDS


def _hashed(text: str) -> int:
    """CRC-32 (ISO 3309): equal on every machine and in every process, unlike Python's own hash."""
    return crc32(text.encode("utf-8", "surrogatepass"))
