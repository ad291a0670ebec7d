"""Text as it is searched and compared: one folding, used everywhere.

The databases that elci runs on have no usable Turkish collation, so keys are folded here and stored. The
folding itself stands in scoring, which compares texts by it and may not import from here.
"""

import re

from scoring.folding import fold_tr

__all__ = ["fold_tr", "is_storable", "trigrams", "words"]


def words(text: str) -> list[str]:
    """The folded words of a text, in order, without punctuation.

    >>> words("Moda & Güzellik, İzmir!")
    ['moda', 'guzellik', 'izmir']
    """
    return re.findall(r"\w+", fold_tr(text))


def trigrams(text: str) -> set[str]:
    """The three-letter pieces of a folded word with two spaces before and one behind it (as pg_trgm).

    >>> sorted(trigrams("Ayşe"))
    ['  a', ' ay', 'ays', 'se ', 'yse']
    """
    padded = f"  {fold_tr(text)} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def is_storable(text: str) -> bool:
    """Whether PostgreSQL can hold the text: it knows neither NUL nor lone surrogates."""
    return "\x00" not in text and not any("\ud800" <= char <= "\udfff" for char in text)
