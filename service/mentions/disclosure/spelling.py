"""A text in its folded spelling, with the way back to the text as it was written. Pure.

Full-width letters, marks apart, invisible characters and the four i's read alike, and a span still points
into what people see.
"""

from dataclasses import dataclass
from unicodedata import combining

from scoring.folding import fold_tr

_SPACE = " "


class _Table(dict[int, str]):
    """How each character folds, learnt as it comes."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = _SPACE if char.isspace() else fold_tr(char)
        if len(folded) > _LETTERS:
            # Whole phrases in one character, of up to 18 letters; no label is written with them.
            folded = char
        if len(folded) != 1:
            _UNEVEN.add(char)
        if len(self) < _MOST:
            self[code] = folded
        return folded


# Unicode has more characters than anybody writes; the table does not grow with hostile texts.
_MOST = 20_000
_FAR = 2_000
_LETTERS = 4
_UNEVEN: set[str] = set()
_TABLE = _Table()


@dataclass(frozen=True, slots=True)
class Spelling:
    """A folded text. `starts[i]` is where its character i stands as written; None: where it stands itself."""

    text: str
    folded: str
    starts: tuple[int, ...] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span as written of folded[start:end], in code points: with the last letter's marks."""
        if self.starts is None or start >= end:
            return start, end
        after = self.starts[end - 1] + 1
        while after < len(self.text) and combining(self.text[after]):
            after += 1
        return self.starts[start], after

    def seen_before(self, end: int) -> int:
        """How many characters people see up to a place of the folded text, without leading white space."""
        blank = len(self.folded) - len(self.folded.lstrip())
        if self.starts is None:
            return max(0, end - blank)
        # Nobody asks beyond the longest fold: a long text costs no more.
        return len(set(self.starts[blank : min(end, blank + _FAR)])) + max(0, end - blank - _FAR)


def spell(text: str) -> Spelling:
    """The folded spelling of a text.

    >>> spelt = spell("#I\u0307s\u0327birlig\u0306i")
    >>> spelt.folded, spelt.span(0, 10) == (0, 13)
    ('#isbirligi', True)
    """
    if text.isascii():
        return Spelling(text, text.translate(_TABLE), None)
    folded = text.translate(_TABLE)
    if _UNEVEN.isdisjoint(text) and len(folded) == len(text):
        return Spelling(text, folded, None)
    starts = [at for at, char in enumerate(text) for _ in _TABLE[ord(char)]]
    return Spelling(text, folded, tuple(starts))
