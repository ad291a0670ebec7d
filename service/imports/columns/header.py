"""A header taken apart into the words that fields are described with."""

import re
from functools import cache

from msgspec import Struct

from service.imports.cells.platforms import platforms_in
from service.imports.columns.vocabulary import (
    NEUTRAL,
    SCALES,
    TURKISH_LETTERS,
    TURKISH_WORDS,
    VOCABULARY,
    WRAPPERS,
)
from service.kit.text import fold_tr

_LONGEST = 300
_CAMEL = re.compile(r"(?<=[a-zçğıöşü])(?=[A-ZÇĞİÖŞÜ])")
_ONE_WORD = re.compile(r"youtuber?s?|tiktok(?:ers?)?|linkedin|e-?mail|e-?posta", re.IGNORECASE)
_TOKEN = re.compile(r"[a-z]+|\d+")
_SCALE = re.compile(r"[(\[]\s*(?:in\s+)?([a-z]{1,9})\s*[)\]]|\bin ([a-z]{7,9})\b")
_PLATFORM_WORDS = frozenset(
    (
        "instagram",
        "insta",
        "ig",
        "tiktok",
        "tik",
        "tok",
        "youtube",
        "yt",
        "twitter",
        "facebook",
        "fb",
        "linkedin",
    )
) | frozenset(("pinterest", "twitch", "shorts"))


class Header(Struct, frozen=True):
    """`words`: canonical words and those that no list knows. `platforms`: which it speaks of. `percent`: it
    says that its numbers are percentages. `scale`: the power of ten that its numbers stand for. `path`: it
    is a path in a JSON record, whose unknown words weigh more."""

    text: str
    words: frozenset[str]
    platforms: frozenset[str]
    percent: bool
    scale: int
    turkish: bool
    path: bool = False


def read_header(text: str, extra: dict[str, tuple[str, ...]] | None = None) -> Header:
    """The header's words; `extra` are a kind's own phrases, under their canonical words.

    >>> sorted(read_header("Engagement avg\\r\\n").words), sorted(read_header("stats.avgLikes.value").words)
    (['avg', 'engagement'], ['avg', 'like'])
    >>> read_header("Takipçi Sayısı (bin)").scale, sorted(read_header("Tiktoker name").platforms)
    (3, ['tiktok'])
    """
    plain = _leaf(text[:_LONGEST])
    whole = _ONE_WORD.sub(lambda found: f" {found.group().lower()} ", plain)
    folded = fold_tr(_CAMEL.sub(" ", whole).replace("%", " percent ").replace("#", " count "))
    tokens = _TOKEN.findall(folded)
    found = _SCALE.search(folded)
    phrases = _phrases(tuple(sorted((extra or {}).items())))
    return Header(
        text=text,
        words=frozenset(_canonical(tokens, phrases)),
        platforms=frozenset(platforms_in(plain)),
        percent="percent" in tokens or not {"pct", "prc", "yuzde", "percentage"}.isdisjoint(tokens),
        scale=SCALES.get((found.group(1) or found.group(2)) if found else "", 0),
        turkish=not TURKISH_LETTERS.isdisjoint(text) or not TURKISH_WORDS.isdisjoint(tokens),
        path=_is_path(text),
    )


def _is_path(text: str) -> bool:
    return "." in text and " " not in text.strip()


def _leaf(text: str) -> str:
    """A JSON path without its containers; of a deep one the last two levels, which name the value."""
    if not _is_path(text):
        return text
    levels = [level for level in text.strip().split(".") if level]
    telling = [level for level in levels if level.casefold() not in WRAPPERS]
    return " ".join(telling[-2:] or levels[-1:])


def _canonical(tokens: list[str], phrases: dict[tuple[str, ...], str]) -> list[str]:
    found, at = [], 0
    while at < len(tokens):
        for length in (4, 3, 2, 1):
            word = phrases.get(tuple(tokens[at : at + length]))
            if word and at + length <= len(tokens):
                found.append(word)
                at += length
                break
        else:
            token = tokens[at]
            at += 1
            if token not in NEUTRAL and token not in _PLATFORM_WORDS and not token.isdigit():
                found.append(token)
    return _without_user(found)


def _without_user(found: list[str]) -> list[str]:
    """A lone `user` is the handle; beside other words it says whose they are (`userFollowerCount`)."""
    rest = [word for word in found if word != "user"]
    return found if rest == ["id"] else rest or ["username"] * bool(found)


@cache
def _phrases(extra: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[tuple[str, ...], str]:
    known = {tuple(phrase.split()): word for word, phrases in VOCABULARY.items() for phrase in phrases}
    return known | {tuple(phrase.split()): word for word, phrases in extra for phrase in phrases}
