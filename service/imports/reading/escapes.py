"""Lone surrogates in JSON: `"\\ud800"` is half a character, which the streaming parser would turn into
`?`."""

import re
from collections.abc import Iterable, Iterator

LONE_HALF = "\ufdd0"
"""Stands for a lone half until its row is rejected: a noncharacter, which no text holds."""

_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)
_PAIR = 12  # characters of an escaped pair
_HALF = re.compile("[\ud800-\udfff]")


def mark_lone_halves(pieces: Iterable[str]) -> Iterator[str]:
    """The pieces, with each lone half replaced by `LONE_HALF`, also where a piece ends inside a pair.

    >>> list(mark_lone_halves(['{"a": "\\\\ud83d\\\\u', 'de00 \\\\ud83d."}']))
    ['{"a": "', '\\\\ud83d\\\\ude00 ', '\\ufdd0."}']
    """
    held = ""
    for piece in pieces:
        text = held + piece
        cut = _safe_end(text)
        held = text[cut:]
        if cut:
            yield mark(text[:cut])
    if held:
        yield mark(held)


def _safe_end(text: str) -> int:
    at = text.find("\\", max(len(text) - _PAIR, 0))
    if at < 0:
        return len(text)
    while at and text[at - 1] == "\\" and at > len(text) - 4 * _PAIR:
        at -= 1
    return at


def mark(text: str) -> str:
    """The text with each lone half, written out or escaped, replaced by `LONE_HALF`."""
    marked = _HALF.sub(LONE_HALF, text)
    if "\\u" not in marked:
        return marked
    return _ESCAPE.sub(lambda found: LONE_HALF if found.group(1) else found.group(), marked)
