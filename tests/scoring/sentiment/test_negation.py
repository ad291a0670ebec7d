"""Which words are turned round, in both languages."""

import pytest

from scoring.sentiment.features import _polarity
from scoring.sentiment.negation import negated, suffix
from scoring.sentiment.text import read

SUFFIXES = {
    "beğenmedim": ("not", "begen"),
    "çalışmıyor": ("not", "calis"),
    "almayın": ("not", "al"),
    "olmaz": ("not", "ol"),
    "gelmemiş": ("not", "gel"),
    "kullanmayacağım": ("not", "kullan"),
    "bulamadım": ("not", "bul"),
    "etmem": ("not", "et"),
    "sorunsuz": ("without", "sorun"),
    "kalitesiz": ("without", "kalite"),
    "gereksizdi": ("without", "gerek"),
    "güzel": None,
    "almak": None,
    "almalı": None,
    "hemen": None,
    "zaman": None,
    "beğendim": None,
    "elma": None,
}


@pytest.mark.parametrize(("word", "turned"), SUFFIXES.items(), ids=list(SUFFIXES))
def test_turkish_suffixes(word: str, turned: tuple[str, str] | None) -> None:
    assert suffix(read(word).words[0]) == turned


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        ("güzel değil", "guzel"),
        ("pek güzel değil.", "guzel pek"),
        ("sorun yok, güzel", "sorun"),
        ("hiç güzel", "guzel"),
        ("memnun kalmadım", "memnun"),
        ("asla tavsiye etmem", "etmem tavsiye"),
        ("not good", "good"),
        ("not very good. great", "good very"),
        ("I don't like it", "it like"),
        ("never again", "again"),
        ("nothing", ""),
        ("good", ""),
    ],
)
def test_words_beside_a_negation(text: str, turned: str) -> None:
    words = read(text).words
    found = {word for word, off in zip(words, negated(words), strict=True) if off}
    assert " ".join(sorted(found)) == turned


@pytest.mark.parametrize(
    ("text", "language", "sum_"),
    [
        ("güzel", "tr", 1),
        ("güzel değil", "tr", -1),
        ("hiç beğenmedim", "tr", 1),
        ("beğenmedim", "tr", -1),
        ("sorunsuz", "tr", 1),
        ("kalitesiz", "tr", -1),
        ("not good", "en", -1),
        ("no problem", "en", 1),
        ("great service", "en", 1),
    ],
)
def test_praise_and_blame_are_turned_round(text: str, language: str, sum_: int) -> None:
    assert f"sum {sum_}" in _polarity(read(text).words, language)
