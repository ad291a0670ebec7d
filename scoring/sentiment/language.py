"""Is a short text Turkish, English, or neither? By its letters, also where Turkish is written in ASCII.

Scripts other than Latin answer by themselves; the rest is a small logistic regression on hashed n-grams of
letters.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from scoring.arrays import Floats
from scoring.folding import lower_tr
from scoring.sentiment.linear import softmax
from scoring.sentiment.others import texts as other_texts
from scoring.sentiment.text import stripped

LANGUAGES = ("tr", "en", "other")
UNKNOWN = "unknown"
COLUMNS = 2**15
# Under this nobody should rely on it.
SURE = 0.55
_WORD = re.compile(r"[^\W\d_]+")
_MOST_WORDS = 80
_C = 4.0
_ASCII = str.maketrans("çğıöşüâîûÇĞİÖŞÜ", "cgiosuaiuCGIOSU")


class Detected(NamedTuple):
    """languages: tr, en, other or unknown of each text; confidence: how sure, 0 to 1, 0 for unknown."""

    languages: tuple[str, ...]
    confidence: Floats


@dataclass(frozen=True)
class LanguageModel:
    """int8[COLUMNS, 3] in steps of `step`, and intercepts [3], in the order of LANGUAGES."""

    levels: NDArray[np.int8]
    step: float
    intercepts: Floats

    def predict(self, texts: Sequence[str]) -> Floats:
        """Probabilities [N, 3] of texts in Latin letters."""
        found = counts(texts)
        return softmax(np.asarray(found @ self._dense, dtype=np.float64) + self.intercepts)

    @cached_property
    def _dense(self) -> NDArray[np.float32]:
        return self.levels.astype(np.float32) * np.float32(self.step)


def detect(texts: Sequence[str], model: LanguageModel | None = None) -> Detected:
    """The language of each text.

    >>> detect(["bu urunu hic begenmedim", "I really like this one", "Это очень хорошо", "12 :)"]).languages
    ('tr', 'en', 'other', 'unknown')
    """
    bare = [" ".join(_WORD.findall(stripped(text))[:_MOST_WORDS]) for text in texts]
    latin = np.array([_latin_share(text) for text in bare])
    likely = np.zeros((len(texts), len(LANGUAGES)))
    asked = np.flatnonzero(latin >= 0.5)
    if len(asked):
        likely[asked] = (model or builtin()).predict([bare[place] for place in asked])
    likely[(latin >= 0) & (latin < 0.5)] = (0.0, 0.0, 1.0)
    best = likely.argmax(axis=1)
    confidence = likely.max(axis=1, initial=0.0)
    names = tuple(
        LANGUAGES[place] if sure >= SURE else UNKNOWN for place, sure in zip(best, confidence, strict=True)
    )
    return Detected(names, np.where(confidence >= SURE, confidence, 0.0))


def ascii_copy(text: str) -> str:
    """A Turkish text as a keyboard without Turkish letters would have it.

    >>> ascii_copy("Çok şık İstanbul ığdır")
    'Cok sik Istanbul igdir'
    """
    return unicodedata.normalize("NFC", text).translate(_ASCII)


def counts(texts: Sequence[str]) -> Any:
    """float32[N, COLUMNS], rows of length 1: n-grams of 1 to 4 letters within words, and words."""
    from scipy.sparse import csr_array

    rows = [
        np.unique(np.array([c for word in text.split() for c in _columns(word)], dtype=np.int32))
        for text in texts
    ]
    ends = np.cumsum([0, *(len(row) for row in rows)])
    inside = np.concatenate(rows) if rows else np.empty(0, np.int32)
    sizes = np.diff(ends)
    lengths = np.repeat(1 / np.sqrt(np.maximum(sizes, 1)), sizes)
    return csr_array((lengths.astype(np.float32), inside, ends), shape=(len(rows), COLUMNS))


def fit(turkish: Sequence[str], english: Sequence[str], *, seed: int = 0) -> LanguageModel:
    """Learns from texts of both; Turkish ones are learnt in ASCII, too, and short pieces of all of them."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    rng = np.random.default_rng(seed)
    parts = [
        [*turkish, *(ascii_copy(text) for text in turkish)],
        list(english),
        list(other_texts(max(2_000, (len(turkish) + len(english)) // 4), seed)),
    ]
    bare = [[" ".join(_WORD.findall(stripped(text))[:_MOST_WORDS]) for text in part] for part in parts]
    bare = [part + [_piece(text, rng) for text in part] for part in bare]
    found = counts([text for part in bare for text in part])
    target = np.repeat(np.arange(len(parts)), [len(part) for part in bare])
    fitted = LogisticRegression(C=_C, class_weight="balanced", max_iter=150, tol=1e-3).fit(
        csr_matrix(found), target
    )
    step = float(np.abs(fitted.coef_).max() / 127)
    levels = np.rint(fitted.coef_.T / step).astype(np.int8)
    return LanguageModel(levels, step, np.asarray(fitted.intercept_, dtype=np.float64))


def dump(model: LanguageModel) -> bytes:
    """A compressed npz of plain arrays."""
    out = BytesIO()
    np.savez_compressed(out, levels=model.levels, step=np.array(model.step), intercepts=model.intercepts)
    return out.getvalue()


@cache
def builtin() -> LanguageModel:
    """The model that ships."""
    data = files("scoring.sentiment.data").joinpath("language.npz").read_bytes()
    with np.load(BytesIO(data), allow_pickle=False) as held:
        return LanguageModel(held["levels"], float(held["step"]), held["intercepts"])


def _piece(text: str, rng: np.random.Generator) -> str:
    words = text.split()
    size = int(rng.integers(1, 5))
    start = int(rng.integers(max(1, len(words) - size)))
    return " ".join(words[start : start + size])


def _latin_share(text: str) -> float:
    """Of the letters; -1 where there are none."""
    letters = [char for char in text if char.isalpha()]
    if not letters:
        return -1.0
    return sum(char.isascii() or _is_latin(char) for char in letters) / len(letters)


@lru_cache(maxsize=4_096)
def _is_latin(char: str) -> bool:
    return unicodedata.name(char, "").startswith("LATIN")


@lru_cache(maxsize=100_000)
def _columns(word: str) -> tuple[int, ...]:
    lowered = lower_tr(word)[:40]
    padded = f" {lowered} "
    grams = {padded[at : at + n] for n in (1, 2, 3, 4) for at in range(len(padded) - n + 1)}
    return tuple(crc32(gram.encode()) % COLUMNS for gram in (*grams, "w" + padded))
