"""Words and phrases of one to three words, counted by the mentions that they stand in."""

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from typing import Final

from scoring.topics.stop_words import STOP_WORDS

LONGEST: Final = 3
_SHORTEST_WORD: Final = 3
# A word that stands in a phrase this often is told by the phrase.
_SWALLOWED: Final = 0.8


def phrases(words: Sequence[str], unsaid: Set[str] = frozenset()) -> set[str]:
    """The words and phrases of one mention; none begins or ends with a word that says nothing.

    Parameters:
        words: folded, in their order; "" is a break that no phrase goes across.
        unsaid: further words that say nothing here, as those that were searched for.

    >>> sorted(phrases(["kargo", "cok", "gec", "geldi", "", "iade"]))
    ['gec', 'gec geldi', 'geldi', 'iade', 'kargo', 'kargo cok gec']
    """
    found = set()
    for start, first in enumerate(words):
        if not _tells(first, unsaid):
            continue
        found.add(first)
        for end in range(start + 1, min(start + LONGEST, len(words))):
            if not words[end]:
                break
            if _tells(words[end], unsaid):
                found.add(" ".join(words[start : end + 1]))
    return found


def counted(mentions: Iterable[Set[str]]) -> Counter[str]:
    """In how many mentions each stands."""
    found: Counter[str] = Counter()
    for one in mentions:
        found.update(one)
    return found


def leading(counts: Counter[str], limit: int, least: int = 2) -> list[str]:
    """The most frequent; of a phrase and a word that is hardly ever without it, the phrase alone.

    >>> leading(Counter({"kargo": 10, "gec kargo": 9, "gec": 9, "iade": 4, "ayse": 1}), 3)
    ['gec kargo', 'iade']
    """
    kept = [term for term, count in counts.items() if count >= least]
    swallowed = set()
    for term in kept:
        words = term.split(" ")
        for size in range(1, len(words)):
            for start in range(len(words) - size + 1):
                part = " ".join(words[start : start + size])
                if counts[term] >= _SWALLOWED * counts[part]:
                    swallowed.add(part)
    told = [term for term in kept if term not in swallowed]
    return sorted(told, key=lambda term: (-counts[term], -len(term), term))[:limit]


def _tells(word: str, unsaid: Set[str]) -> bool:
    return (
        len(word) >= _SHORTEST_WORD and not word.isdigit() and word not in STOP_WORDS and word not in unsaid
    )
