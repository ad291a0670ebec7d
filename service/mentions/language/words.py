"""The words of a mention with their places: the one reading of text that queries and the index share. Pure.

A place holds all forms by which its word is found: as it is written, before its apostrophe, without Turkish
endings, as a hashtag (`#...`) or a handle (`@...`).
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from service.kit.text import fold_tr
from service.mentions.language.suffixes import stems

# A tsvector's places end at 16,383, and hold 256 of one word.
MOST_WORDS = 10_000
LONGEST_WORD = 60
MOST_PLACES = 255
_APOSTROPHE = re.compile("['’‘ʼ`]")
# Of folded text. What stands behind an apostrophe belongs to the word.
_WORD = re.compile(
    r"@(?P<handle>[\w.]*\w)(?:['’‘ʼ`]\w+)?"
    r"|(?P<sign>#)?(?P<word>\w+(?:['’‘ʼ`]\w+)*)"
)
_PART = re.compile(r"[^\W_]+")


def places(text: str) -> list[frozenset[str]]:
    """The forms of each word, in order.

    >>> [sorted(forms) for forms in places("#Trendyol'dan aldım")]
    [['#trendyol', '#trendyoldan', 'trendyol', 'trendyoldan'], ['aldim']]
    """
    found = []
    for forms in _forms(text):
        found.append(forms)
        if len(found) == MOST_WORDS:
            break
    return found


def query_form(word: str) -> str:
    """The form by which a query's word is looked for; empty where it has no letter and no digit.

    >>> query_form("İŞBİRLİĞİ"), query_form("McDonald's"), query_form("#Kahve"), query_form("@Elci.Tr")
    ('isbirligi', 'mcdonalds', '#kahve', '@elci.tr')
    """
    folded = fold_tr(word)
    sign = folded[:1] if folded[:1] in ("#", "@") else ""
    kept = r"[\w.]+" if sign == "@" else r"\w+"
    bare = "".join(re.findall(kept, _APOSTROPHE.sub("", folded))).strip(".")
    return sign + bare[:LONGEST_WORD] if _PART.search(bare) else ""


def tokens(title: str | None, text: str) -> str:
    """All forms with their places, as PostgreSQL reads a tsvector.

    >>> tokens(None, "Bol KAHVE, kahve!")
    "'bol':1 'kahve':2,3"
    """
    found: dict[str, list[int]] = {}
    for at, forms in enumerate(places(joined(title, text)), start=1):
        for form in forms:
            found.setdefault(form, []).append(at)
    return " ".join(
        f"'{_quoted(form)}':{','.join(map(str, found[form][:MOST_PLACES]))}" for form in sorted(found)
    )


def joined(title: str | None, text: str) -> str:
    """Title and text as one, as they are searched."""
    return f"{title}\n{text}" if title else text


def _forms(text: str) -> Iterator[frozenset[str]]:
    for match in _WORD.finditer(fold_tr(text)):
        if handle := match["handle"]:
            yield frozenset({f"@{handle[:LONGEST_WORD]}", *_PART.findall(handle[:LONGEST_WORD])})
        elif forms := _word_forms(match["word"]):
            yield forms | {"#" + one for one in forms} if match["sign"] else forms


@lru_cache(maxsize=100_000)
def _word_forms(word: str) -> frozenset[str]:
    """`_` joins the words of a hashtag, and each of them is found as well."""
    parts = _APOSTROPHE.split(word)
    written = ["".join(parts[: count + 1])[:LONGEST_WORD] for count in range(len(parts))]
    found = {one for one in written if _PART.search(one)}
    if len(parts) == 1 and found:
        found |= stems(written[0])
    if "_" in word:
        found |= {part[:LONGEST_WORD] for part in _PART.findall(word)}
    return frozenset(found)


def _quoted(form: str) -> str:
    return form.replace("\\", "\\\\").replace("'", "''")
