"""How an author is named where everybody reads it. Pure."""

import re

_LETTERS = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-])*")


def short_name(name: str | None) -> str | None:
    """The first name and the initial of the last at most; None for what is no name (an address, a number).

    >>> short_name("Ayşe Nur  yılmaz"), short_name("İpek"), short_name("ipek ışık")
    ('Ayşe Y.', 'İpek', 'ipek I.')
    >>> short_name("ayse@shop.example"), short_name("0532 111 22 33"), short_name("A. B."), short_name(None)
    (None, None, 'A. B.', None)
    """
    words = (name or "").split()
    if not words or any(not _LETTERS.fullmatch(word) for word in words):
        return None
    first = words[0][:40]
    return first if len(words) == 1 else f"{first} {_upper(words[-1][0])}."


def _upper(letter: str) -> str:
    return "İ" if letter == "i" else letter.upper()[:1]
