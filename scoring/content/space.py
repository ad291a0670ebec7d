"""The space of a workspace's texts: what is learnt from them, kept as plain arrays with a hash.

A space holds no text of anybody: hashed n-grams, and words that at least three people use.
"""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.content import topics as topic_model
from scoring.content import weighting
from scoring.content.features import LETTERS, TEXT_COLUMNS, tag_counts, text_counts, word_column
from scoring.content.text import Document
from scoring.content.topics import Topics
from scoring.content.weighting import Projection

TEXT_SIZE = 64
TAG_SIZE = 32
TOPICS = 20
MOST_TOPICS = 100
FORMAT = 1

Rows = NDArray[np.floating[Any]]

PARTS = ("text", "topics", "hashtags")


class SpaceRefused(ValueError):
    """The stored bytes are not those that were written, or of a format that this code does not read."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """N texts: text float32[N, A], topics float32[N, T], hashtags float32[N, B]; zero rows are unknown."""

    text: Rows
    topics: Rows
    hashtags: Rows

    def __len__(self) -> int:
        return len(self.text)

    def encode(self) -> list[bytes]:
        """Each row as float16, little endian: text, topics, hashtags."""
        joined = np.hstack([self.text, self.topics, self.hashtags]).astype("<f2")
        return [row.tobytes() for row in joined]


@dataclass(frozen=True, slots=True)
class Space:
    """How texts become vectors."""

    text: Projection
    topics: Topics
    hashtags: Projection

    @property
    def sizes(self) -> tuple[int, int, int]:
        """Dimensions of text, topics and hashtags."""
        return self.text.size, self.topics.size, self.hashtags.size

    def project(self, documents: Sequence[Document]) -> Vectors:
        """Vectors of texts, also of texts that were not fitted on."""
        return Vectors(
            self.text.project(text_counts(documents)),
            self.topics.fold_in(documents),
            self.hashtags.project(tag_counts(documents)),
        )

    def rarity(self, word: str) -> float:
        """The inverse document frequency of a word in ASCII; that of the rarest where nobody uses it."""
        column = word_column(word)
        at = int(np.searchsorted(self.text.columns, column))
        if at < len(self.text.columns) and self.text.columns[at] == column:
            return float(self.text.rarity[at])
        return float(self.text.rarity.max(initial=1.0))

    def decode(self, rows: bytes, size: int | None = None) -> Vectors:
        """Vectors that `Vectors.encode` wrote, joined; `size` of them where that is known.

        SpaceRefused where the length is another's.
        """
        width = sum(self.sizes)
        found = len(rows) // (2 * width) if width else size or 0
        if len(rows) != 2 * width * found or size not in (None, found):
            raise SpaceRefused(f"{size} rows of {width} numbers do not make {len(rows)} bytes")
        joined = np.frombuffer(rows, dtype="<f2").reshape(found, width).astype(np.float32)
        text, topics, hashtags = np.split(joined, np.cumsum(self.sizes)[:2], axis=1)
        return Vectors(text, topics, hashtags)


def fit(documents: Sequence[Document], *, topics: int = TOPICS, seed: int = 0) -> Space:
    """Learns a space from texts; the same texts in the same order make the same space.

    >>> texts = [Document("kahve tarifi", ("kahve",)), Document("yeni telefon", ("tech",))] * 10
    >>> space = fit(texts, topics=2)
    >>> likeness = space.project([Document("Türk kahvesi")]).text @ space.project(texts[:2]).text.T
    >>> bool(likeness[0, 0] > likeness[0, 1])
    True
    """
    return Space(
        weighting.fit(text_counts(documents), TEXT_SIZE, (LETTERS,), seed=seed),
        topic_model.fit(documents, topics, seed=seed),
        weighting.fit(tag_counts(documents), TAG_SIZE, (), seed=seed),
    )


def write(space: Space) -> tuple[bytes, str]:
    """The space as an .npz without objects, and its SHA-256 in hexadecimal."""
    arrays = {
        "format": np.array(FORMAT),
        "columns_in_all": np.array(TEXT_COLUMNS),
        "topic_words": np.array(space.topics.words, dtype=np.str_),
        "topic_shares": space.topics.shares.astype(np.float16),
        **_arrays("text", space.text),
        **_arrays("hashtags", space.hashtags),
    }
    out = io.BytesIO()
    np.savez(out, allow_pickle=False, **arrays)
    made = out.getvalue()
    return made, hashlib.sha256(made).hexdigest()


def read(stored: bytes, sha256: str) -> Space:
    """The space that `write` wrote. Raises SpaceRefused where a byte is another, or the format is unknown."""
    if hashlib.sha256(stored).hexdigest() != sha256:
        raise SpaceRefused("the stored space is not the one that was written: its SHA-256 differs")
    with np.load(io.BytesIO(stored), allow_pickle=False) as arrays:
        if int(arrays["format"]) != FORMAT or int(arrays["columns_in_all"]) != TEXT_COLUMNS:
            raise SpaceRefused("the stored space has another format; it has to be fitted anew")
        shares = arrays["topic_shares"].astype(np.float32)
        return Space(
            _projection("text", arrays),
            Topics(tuple(arrays["topic_words"].tolist()), shares),
            _projection("hashtags", arrays),
        )


def _arrays(name: str, projection: Projection) -> dict[str, NDArray[np.generic]]:
    return {
        f"{name}_columns": projection.columns,
        f"{name}_rarity": projection.rarity,
        f"{name}_axes": projection.axes,
        f"{name}_bounds": np.array(projection.bounds, dtype=np.int32),
    }


def _projection(name: str, arrays: "np.lib.npyio.NpzFile") -> Projection:
    return Projection(
        arrays[f"{name}_columns"],
        arrays[f"{name}_rarity"],
        arrays[f"{name}_axes"],
        tuple(arrays[f"{name}_bounds"].tolist()),
    )
