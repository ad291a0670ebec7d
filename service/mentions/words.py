"""The words of a mention as they are searched (a tsvector). Pure."""

import re

from service.kit.text import fold_tr

MOST_WORDS = 10_000
LONGEST_WORD = 60
_WORD = re.compile(r"[^\W_]+")


def tokens(title: str | None, text: str) -> str:
    """The folded words of a mention with their places, as PostgreSQL reads a tsvector.

    >>> tokens(None, "Yeni KAHVE geldi, kahve!")
    "'yeni':1 'kahve':2,4 'geldi':3"
    """
    places: dict[str, list[int]] = {}
    for at, word in enumerate(_words(f"{title}\n{text}" if title else text), start=1):
        places.setdefault(word, []).append(at)
    return " ".join(f"'{word}':{','.join(map(str, at[:255]))}" for word, at in places.items())


def _words(text: str) -> list[str]:
    return [word[:LONGEST_WORD] for word in _WORD.findall(fold_tr(text))[:MOST_WORDS]]
