"""Words, hashtags and handles of a text, with what a Turkish ending hangs on by an apostrophe. Pure."""

import re
from typing import NamedTuple

from service.mentions.disclosure.spelling import Spelling

WORD, TAG, HANDLE, ENDING = "word", "tag", "handle", "ending"
_APOSTROPHES = "'\u2019\u2018\u02bc\u201b`"
_TOKEN = re.compile(r"(?<!\w)@\w[\w.]*|#\w+|\w+")


class Token(NamedTuple):
    """`name` is what it is compared by: folded, without # and @, dots and underscores."""

    kind: str
    name: str
    start: int
    end: int


def tokens(spelt: Spelling) -> list[Token]:
    """The tokens of a folded text, in order.

    >>> from service.mentions.disclosure.spelling import spell
    >>> [(one.kind, one.name) for one in tokens(spell("#Reklam @acme.tr'nin serumu."))]
    [('tag', 'reklam'), ('handle', 'acmetr'), ('ending', 'nin'), ('word', 'serumu')]
    """
    found: list[Token] = []
    text, last = spelt.folded, -1
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        raw = match[0]
        if raw[0] == "@":
            kept = raw.rstrip(".")
            end -= len(raw) - len(kept)
            found.append(Token(HANDLE, squashed(kept), start, end))
        elif raw[0] == "#":
            found.append(Token(TAG, squashed(raw), start, end))
        elif start and start - 1 == last and text[start - 1] in _APOSTROPHES:
            found.append(Token(ENDING, raw, start, end))
        else:
            found.append(Token(WORD, squashed(raw), start, end))
        last = end
    return found


def squashed(folded: str) -> str:
    """A folded name without what people leave out: @acme_tr, acme.tr and Acme TR are one.

    >>> squashed("@acme_tr"), squashed("l'oreal")
    ('acmetr', 'loreal')
    """
    return folded if folded.isalnum() else "".join(filter(str.isalnum, folded))
