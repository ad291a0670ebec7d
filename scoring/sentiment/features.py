"""Readings as hashed features in blocks: words, pairs, letters, negation, praise and blame. No word is kept.

What a word brings is worked out once and remembered, because mentions repeat their words.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np

from scoring.arrays import Floats, Integers
from scoring.sentiment.negation import negated, suffix
from scoring.sentiment.polarity import sign
from scoring.sentiment.text import Reading


class Block(NamedTuple):
    """Features of one kind: how many columns they share, and the length of their part of a text's vector."""

    size: int
    weight: float


# Each kind has a length of its own, so that the hundreds of letter n-grams do not drown a negation.
BLOCKS = {
    "marks": Block(2**11, 0.5),
    "polarity": Block(2**8, 0.6),
    "negation": Block(2**14, 0.5),
    "words": Block(2**16, 1.0),
    "stems": Block(2**16, 0.5),
    "pairs": Block(2**17, 1.0),
    "triples": Block(2**17, 0.7),
    "skips": Block(2**16, 0.5),
    "letters": Block(2**17, 1.0),
}
_NAMES = tuple(BLOCKS)
_STARTS = dict(zip(_NAMES, np.cumsum([0, *(block.size for block in BLOCKS.values())]).tolist(), strict=False))
COLUMNS = sum(block.size for block in BLOCKS.values())
_BLOCK_OF = np.repeat(np.arange(len(BLOCKS)), [block.size for block in BLOCKS.values()]).astype(np.int8)
_LENGTHS = np.array([block.weight for block in BLOCKS.values()])
# Turkish words with the same beginning are mostly one word with other endings.
_STEMS = (4, 5, 7)
_STEM = 5

Sparse = Any  # scipy.sparse.csr_array, which is not typed


def counts(readings: Sequence[Reading], language: str) -> Sparse:
    """float32[N, COLUMNS]: 1 where a text has a feature.

    >>> from scoring.sentiment.text import read
    >>> one, two = counts([read("çok güzel"), read("Cok Guzel")], "tr").toarray()
    >>> bool((one == two).all())
    True
    """
    from scipy.sparse import csr_array

    rows = [_columns(reading, language) for reading in readings]
    ends = np.cumsum([0, *(len(row) for row in rows)])
    inside = np.concatenate(rows) if rows else np.empty(0, np.int32)
    return csr_array((np.ones(len(inside), np.float32), inside, ends), shape=(len(rows), COLUMNS))


def weighted(found: Sparse, weights: Floats) -> Sparse:
    """The counts times the columns' weights, each block of a text at the length that BLOCKS gives it."""
    from scipy.sparse import csr_array

    values = weights[found.indices].astype(np.float32)
    rows = np.repeat(np.arange(found.shape[0]), np.diff(found.indptr))
    places = rows * len(BLOCKS) + _BLOCK_OF[found.indices]
    squares = np.bincount(places, values.astype(np.float64) ** 2, minlength=found.shape[0] * len(BLOCKS))
    lengths = np.sqrt(np.maximum(squares, 1e-30))
    scaled = values * (np.tile(_LENGTHS, found.shape[0]) / lengths)[places]
    return csr_array((scaled.astype(np.float32), found.indices, found.indptr), shape=found.shape)


def _columns(reading: Reading, language: str) -> Integers:
    words = [_numberless(word) for word in reading.words]
    spoken = [word for word in words if word != "."]
    padded = ["^", *map(_numberless, reading.line), "$"]
    stems = [word[:_STEM] for word in words]
    found: set[int] = {_column("marks", mark) for mark in reading.marks}
    found.update(_column("polarity", name) for name in _polarity(words, language))
    turned = negated(words)
    for word, off in zip(words, turned, strict=True):
        if word != ".":
            found.update(_of_word(word, language))
            if off:
                found.update(_turned(word))
    found.update(_joined("pairs", one, two) for one, two in pairwise(padded))
    found.update(_joined("skips", one, two) for one, two in zip(stems, stems[2:], strict=False))
    found.update(
        _column("triples", f"{one} {two} {three}")
        for one, two, three in zip(padded, padded[1:], padded[2:], strict=False)
    )
    if spoken:
        found.add(_column("marks", f"length {len(spoken).bit_length()}"))
    return np.fromiter(sorted(found), dtype=np.int32, count=len(found))


@lru_cache(maxsize=100_000)
def _numberless(word: str) -> str:
    return "".join("0" if char.isdigit() else char for char in word)


@lru_cache(maxsize=100_000)
def _of_word(word: str, language: str) -> tuple[int, ...]:
    made = [_column("words", word), *(_column("stems", word[:n]) for n in _STEMS)]
    made += [_column("letters", gram) for gram in _letters(word)]
    if language == "tr" and (itself := suffix(word)):
        kind, stem = itself
        made += [_column("negation", kind), _column("negation", f"{kind} {stem[:_STEM]}")]
    return tuple(made)


@lru_cache(maxsize=100_000)
def _turned(word: str) -> tuple[int, int]:
    return _column("negation", f"w {word}"), _column("negation", f"s {word[:_STEM]}")


@lru_cache(maxsize=200_000)
def _joined(block: str, one: str, two: str) -> int:
    return _column(block, f"{one} {two}")


def _letters(word: str) -> Iterable[str]:
    padded = f" {word} "
    for size in range(3, min(5, len(padded)) + 1):
        for at in range(len(padded) - size + 1):
            yield padded[at : at + size]


def _polarity(words: Sequence[str], language: str) -> list[str]:
    """How often there is praise and blame, turned round or not, which comes first and last, and the sum."""
    voices = _voices(words, language)
    if not voices:
        return ["none"]
    names = [f"{voice} {n}" for voice, count in Counter(voices).items() for n in range(1, min(count, 3) + 1)]
    total = sum(1 if voice in ("+", "n-") else -1 for voice in voices)
    mixed = "mixed" if len(set(voices)) > 1 else "one"
    return [*names, f"first {voices[0]}", f"last {voices[-1]}", f"sum {max(-3, min(3, total))}", mixed]


def _voices(words: Sequence[str], language: str) -> list[str]:
    made = []
    for word, off in zip(words, negated(words), strict=True):
        voice, itself = _voice(word, language)
        if voice:
            made.append(("n" if off != itself else "") + ("+" if voice > 0 else "-"))
    return made


@lru_cache(maxsize=100_000)
def _voice(word: str, language: str) -> tuple[int, bool]:
    """Praise or blame, and whether the word's own suffix turns it round."""
    whole = sign(word, language)
    itself = suffix(word) if language == "tr" else None
    stem = sign(itself[1], language) if itself else 0
    return (stem or whole), bool(stem)


def _column(block: str, name: str) -> int:
    """CRC-32 (ISO 3309): equal on every machine and in every process, unlike Python's own hash."""
    return int(_STARTS[block]) + crc32(name.encode("utf-8", "surrogatepass")) % BLOCKS[block].size
