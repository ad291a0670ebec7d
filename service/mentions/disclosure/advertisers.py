"""Where a text names an advertiser: as a handle, a hashtag or a word with a Turkish ending. Pure."""

from collections.abc import Iterable, Sequence

from scoring.folding import fold_tr
from service.mentions.disclosure.tokens import ENDING, HANDLE, TAG, Token, squashed

# What brands hang on their names in handles and hashtags.
_ADDED = frozenset(
    (
        *("tr", "turkiye", "turkey", "uk", "us", "usa", "eu", "de", "fr", "global"),
        *("official", "resmi", "com", "comtr", "shop", "store"),
    )
)
# Turkish case endings as they read folded, for names written without the apostrophe ("Migrosun").
_ENDINGS = frozenset(
    (
        *("a", "e", "i", "u", "ya", "ye", "yi", "yu", "na", "ne", "ni", "nu", "in"),
        *("un", "nin", "nun", "da", "de", "ta", "te", "nda", "nde", "dan", "den", "tan"),
        *("ten", "ndan", "nden", "la", "le", "yla", "yle"),
        *(
            "lar",
            "ler",
            "larin",
            "lerin",
            "lari",
            "leri",
            "ca",
            "ce",
            "dir",
            "dur",
            "tir",
            "tur",
            "li",
            "lu",
            "daki",
            "deki",
            "taki",
            "teki",
        ),
    )
)
# Shorter names with an ending are other words too often.
_INFLECTED = 4


def names(given: Iterable[str]) -> tuple[str, ...]:
    """The squashed names of an advertiser, without empty ones.

    >>> names(["@Acme.TR", "Şok Güzellik", "★"])
    ('acmetr', 'sokguzellik')
    """
    return tuple(dict.fromkeys(name for one in given if (name := squashed(fold_tr(one)))))


def named(found: Sequence[Token], wanted: Sequence[str]) -> list[tuple[int, int]]:
    """Where the tokens name one of the names: pairs of the first token and the one after the last."""
    places = []
    for at, token in enumerate(found):
        for name in wanted:
            if (end := _ends(found, at, token, name)) is not None:
                places.append((at, end))
                break
    return places


def _ends(found: Sequence[Token], at: int, token: Token, name: str) -> int | None:
    if token.kind in (HANDLE, TAG):
        return at + 1 if _same(token.name, name) else None
    if token.name[:1] != name[:1] or token.kind == ENDING:
        return None
    read = ""
    for place in range(at, min(at + len(name), len(found))):
        part = found[place]
        if part.kind in (HANDLE, TAG) or (place > at and part.start - found[place - 1].end > 3):
            return None
        read += part.name
        if read == name or (len(name) >= _INFLECTED and _inflected(read, name)):
            return place + 1
        if not name.startswith(read):
            return None
    return None


def _same(token: str, name: str) -> bool:
    return token == name or (token.startswith(name) and token[len(name) :] in _ADDED)


def _inflected(read: str, name: str) -> bool:
    return read.startswith(name) and read[len(name) :] in _ENDINGS
