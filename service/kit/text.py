"""Text as it is searched and compared: one folding, used everywhere.

Python's casing is wrong for Turkish (`"İ".lower()` is two characters, `"I".lower()` is not `ı`), and the
databases that elci runs on have no usable Turkish collation; so keys are folded here and stored.
"""

import re
import unicodedata

_TURKISH = str.maketrans({"İ": "i", "I": "i", "ı": "i"})
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_SPACES = re.compile(r"\s+")
# What Unicode does not decompose and a searcher types as ASCII.
_PLAIN = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


def fold_tr(text: str) -> str:
    """The search key of a text: lower case in Turkish and English at once, ASCII where a letter has one.

    All four i's become `i`, diacritics fall, compatibility forms and invisible characters go, white space
    is squeezed. Folding twice changes nothing.

    >>> fold_tr("  İSTANBUL   Güzellik ")
    'istanbul guzellik'
    >>> fold_tr("ISPARTA ışık") == fold_tr("ısparta IŞIK")
    True
    """
    if text.isascii():
        # Most handles and many names: a twentieth of the time, and a file has hundreds of thousands.
        return " ".join(text.lower().split())
    visible = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    lowered = visible.translate(_TURKISH).casefold()
    # casefold can bring back what NFKC took away, so the marks are dropped from its own decomposition.
    marked = unicodedata.normalize("NFKD", lowered)
    bare = "".join([char for char in marked if char < "\u0300" or not unicodedata.combining(char)])
    plain = unicodedata.normalize("NFC", bare.translate(_TURKISH)).translate(_PLAIN)
    return _SPACES.sub(" ", plain).strip()


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
