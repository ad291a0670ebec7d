"""Turkish and English text in one spelling: how it is searched, compared and scored.

Python's casing is wrong for Turkish (`"İ".lower()` is two characters, `"I".lower()` is not `ı`).
"""

import re
import unicodedata
from functools import lru_cache

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
    lowered = visible(text).translate(_TURKISH).casefold()
    # casefold can bring back what NFKC took away, so the marks are dropped from its own decomposition.
    marked = unicodedata.normalize("NFKD", lowered)
    bare = "".join([char for char in marked if char < "\u0300" or not unicodedata.combining(char)])
    plain = unicodedata.normalize("NFC", bare.translate(_TURKISH)).translate(_PLAIN)
    return _SPACES.sub(" ", plain).strip()


def lower_tr(text: str) -> str:
    """Lower case in Turkish and English at once; the other letters keep their marks, all i's are one.

    >>> lower_tr("ŞIK İçkin IŞIK")
    'şik içkin işik'
    """
    if text.isascii():
        return text.lower()
    lowered = visible(text).translate(_TURKISH).lower()
    return unicodedata.normalize("NFC", lowered)


@lru_cache(maxsize=200_000)
def fold_word(word: str) -> str:
    """`fold_tr` of a word that will come again: texts repeat their words."""
    return fold_tr(word)


def visible(text: str) -> str:
    """Compatibility forms as plain ones (NFKC), without invisible characters; casing and marks stay.

    >>> visible("ﬁ\u200byat")
    'fiyat'
    """
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
