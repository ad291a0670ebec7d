"""The words of mentions as topics count them, and as people wrote them. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from scoring.folding import fold_tr, lower_tr
from service.mentions.language.words import joined, places, query_form

MOST_WORDS = 300
_PIECE = re.compile(r"https?://\S+|www\.\S+|[@][\w.]+|[\w'’ʼ`-]*\w|[.!?;:\n…]+")
_ENDING = re.compile("['’ʼ`].*")
_WORD = re.compile(r"\w+")


def words_of(title: str | None, text: str) -> tuple[list[str], list[str]]:
    """The folded words of a mention, and as they stand there in small letters; "" where a sentence ends.

    Addresses and handles are nobody's topic; an ending behind an apostrophe is left out.

    >>> words_of(None, "Trendyol'dan GEÇ geldi! @ada https://x.co/1 iade")
    (['trendyol', 'gec', 'geldi', '', '', '', 'iade'], ['trendyol', 'geç', 'geldi', '', '', '', 'iade'])
    """
    folded: list[str] = []
    written: list[str] = []
    for piece in _PIECE.findall(joined(title, text))[:MOST_WORDS]:
        word = lower_tr(_ENDING.sub("", piece))
        told = fold_tr(word)
        names = piece[0] == "@" or piece.startswith(("http", "www.")) or not _WORD.search(told)
        folded.append("" if names else told)
        written.append("" if names else word)
    return folded, written


def spelling(texts: Iterable[tuple[Sequence[str], Sequence[str]]]) -> Mapping[str, str]:
    """How each folded word is mostly written."""
    found: dict[str, Counter[str]] = {}
    for folded, written in texts:
        for word, spelt in zip(folded, written, strict=True):
            found.setdefault(word, Counter())[spelt] += 1
    return {word: min(counts, key=lambda spelt: (-counts[spelt], spelt)) for word, counts in found.items()}


def asked_words(expressions: Iterable[str]) -> set[str]:
    """The words of queries: what was searched for is no finding.

    >>> sorted(asked_words(['(migros OR "A101") NEAR/5 kargo -lang:en']))
    ['a101', 'kargo', 'migros']
    """
    found = set()
    for text in expressions:
        bare = re.sub(r"\w+:\S+|NEAR/\d+|\b(?:AND|OR|NOT)\b", " ", text)
        found |= {query_form(word).lstrip("#@") for word in re.findall(r"[\w'’]+", bare)}
    return found - {""}


def unsaid(words: Iterable[str], asked: set[str]) -> set[str]:
    """Those words that are a form of what was asked for, with any ending.

    >>> sorted(unsaid(["migrosta", "migros", "kasada"], {"migros"}))
    ['migros', 'migrosta']
    """
    return {word for word in set(words) if word and any(forms & asked for forms in places(word))}
