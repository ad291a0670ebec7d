"""The small language in which rule packs write sentences, and how they are found in tokens. Pure.

A phrase is a row of elements, parted by spaces:

    word        exactly this word (folded: isbirligi also reads İşbirliği)
    word*       a word that begins so
    #word       a hashtag
    one|two*    one of several
    word?       may be left out
    ...3        up to three words of any kind
    {x}         the advertiser, or somebody's handle
    {any}       the advertiser within the last three words, else any word

No element repeats without a bound, so that no text makes the search long.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from scoring.folding import fold_tr
from service.mentions.disclosure.tokens import HANDLE, TAG, Token

_WORDS = re.compile(r"#?[a-z0-9]+\*?(\|[a-z0-9]+\*?)*\??")
_GAP = re.compile(r"\.\.\.([1-9])")
ADVERTISER, OTHER_HANDLE, OTHER = "advertiser", "handle", "other"
# Before the name that `{any}` stands for: "Acme Türkiye ailesi tarafından".
_NEAR = 2


@dataclass(frozen=True, slots=True)
class Element:
    kind: str
    exact: frozenset[str] = frozenset()
    begins: tuple[str, ...] = ()
    optional: bool = False
    most: int = 0
    tag: bool = False

    def fits(self, token: Token) -> bool:
        if token.kind == HANDLE or (self.tag and token.kind != TAG):
            return False
        return token.name in self.exact or bool(self.begins and token.name.startswith(self.begins))


@dataclass(frozen=True, slots=True)
class Phrase:
    """`anchor`: the element that is looked for first; `keys`: the first two letters of its words."""

    text: str
    elements: tuple[Element, ...]
    anchor: int
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens `start` to `end`; `slot` says who stands in the place of the advertiser, None: nobody does."""

    start: int
    end: int
    slot: str | None


def parse(text: str) -> Phrase:
    """A phrase of its text. Raises ValueError, which says which element is wrong.

    >>> parse("{x} ile? isbirlig*").anchor
    2
    """
    elements = tuple(_element(part) for part in text.split())
    fixed = [at for at, one in enumerate(elements) if one.kind == "words" and not one.optional]
    if not fixed:
        raise ValueError(f"{text!r} holds no word that has to be there")
    anchor = fixed[0]
    words = [*elements[anchor].exact, *elements[anchor].begins]
    return Phrase(text, elements, anchor, frozenset(word[:2] for word in words))


def _element(part: str) -> Element:
    if part in ("{x}", "{any}"):
        return Element(part)
    if gap := _GAP.fullmatch(part):
        return Element("gap", most=int(gap[1]))
    if not _WORDS.fullmatch(part) or part != fold_tr(part):
        raise ValueError(
            f"{part!r} is no element: folded words, word*, one|two, word?, ...3, {{x}} or {{any}}"
        )
    words = part.lstrip("#").rstrip("?").split("|")
    short = [word for word in words if len(word.rstrip("*")) < 2]
    if short:
        raise ValueError(f"{part!r} holds a word of one letter")
    exact = frozenset(word for word in words if not word.endswith("*"))
    begins = tuple(word[:-1] for word in words if word.endswith("*"))
    return Element("words", exact, begins, part.endswith("?"), tag=part.startswith("#"))


@dataclass(frozen=True, slots=True)
class Line:
    """A text's tokens without endings, and where they name the advertiser (start -> end, end -> start)."""

    tokens: Sequence[Token]
    names: dict[int, int]
    ends: dict[int, int]


def find(line: Line, phrase: Phrase, at: int) -> Match | None:
    """The phrase where its anchor is token `at`."""
    if not phrase.elements[phrase.anchor].fits(line.tokens[at]):
        return None
    before = _back(line, phrase.elements[: phrase.anchor], at)
    if before is None:
        return None
    after = _forth(line, phrase.elements[phrase.anchor + 1 :], at + 1)
    if after is None:
        return None
    return Match(before[0], after[0], before[1] or after[1])


def _back(line: Line, elements: Sequence[Element], end: int) -> tuple[int, str | None] | None:
    """Where the elements begin that end before `end`."""
    if not elements:
        return end, None
    last, rest = elements[-1], elements[:-1]
    if last.kind == "gap":
        return next((one for skip in range(last.most + 1) if (one := _back(line, rest, end - skip))), None)
    if last.kind in ("{x}", "{any}"):
        placed = _slot_back(line, last.kind, end)
        if placed is None or (found := _back(line, rest, placed[0])) is None:
            return None
        return found[0], placed[1]
    if end > 0 and last.fits(line.tokens[end - 1]) and (found := _back(line, rest, end - 1)):
        return found
    return _back(line, rest, end) if last.optional else None


def _forth(line: Line, elements: Sequence[Element], start: int) -> tuple[int, str | None] | None:
    """Where the elements end that begin at `start`."""
    if not elements:
        return start, None
    first, rest = elements[0], elements[1:]
    if first.kind == "gap":
        return next(
            (one for skip in range(first.most + 1) if (one := _forth(line, rest, start + skip))), None
        )
    if first.kind in ("{x}", "{any}"):
        placed = _slot_forth(line, first.kind, start)
        if placed is None or (found := _forth(line, rest, placed[0])) is None:
            return None
        return found[0], placed[1]
    if (
        start < len(line.tokens)
        and first.fits(line.tokens[start])
        and (found := _forth(line, rest, start + 1))
    ):
        return found
    return _forth(line, rest, start) if first.optional else None


def _slot_back(line: Line, kind: str, end: int) -> tuple[int, str] | None:
    if end <= 0 or end > len(line.tokens):
        return None
    for skipped in range((_NEAR if kind == "{any}" else 0) + 1):
        if end - skipped in line.ends:
            return line.ends[end - skipped], ADVERTISER
    return _other(line.tokens[end - 1], kind, end - 1)


def _slot_forth(line: Line, kind: str, start: int) -> tuple[int, str] | None:
    if start >= len(line.tokens):
        return None
    if start in line.names:
        return line.names[start], ADVERTISER
    found = _other(line.tokens[start], kind, start)
    return None if found is None else (start + 1, found[1])


def _other(token: Token, kind: str, at: int) -> tuple[int, str] | None:
    if token.kind == HANDLE:
        return at, OTHER_HANDLE
    return (at, OTHER) if kind == "{any}" and token.kind != TAG else None
