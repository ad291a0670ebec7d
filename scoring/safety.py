"""Brand safety: words of a category that stand in a text, in Turkish and English.

Words match as people write them: with or without Turkish letters, with Turkish endings, as one hashtag.
Words are compared from their beginning and the rest has to be an ending of the language, so `bahis` is in
"bahisçi" and not in "bahisle" of another word's middle; innocent words that only look alike are listed.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec
from msgspec import Struct

from scoring.content.text import words, written
from scoring.folding import fold_word

Language = Literal["tr", "en"]
LANGUAGES: tuple[Language, ...] = ("tr", "en")


class WordList(Struct, frozen=True, forbid_unknown_fields=True):
    """Words of one category in one language.

    words: with any ending. spelt: the same, where the word would be innocent without its Turkish letters
    (tütün, but "tutun"). exact: the word alone, spelt so. innocent: words and phrases that look like one of
    the list and mean something else.
    """

    category: str
    language: Language
    words: tuple[str, ...] = ()
    spelt: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    innocent: tuple[str, ...] = ()


class Hit(Struct, frozen=True, order=True):
    """A word of a list in a text: as listed, and as written."""

    category: str
    language: str
    word: str
    written: str


@dataclass(frozen=True, slots=True)
class _Entry:
    tokens: tuple[str, ...]
    category: str
    language: Language
    word: str
    exact: bool = False
    spelt: bool = False


# What begins with a word: entries of the lists, and innocent phrases.
_Candidates = tuple[tuple[_Entry, ...], tuple[_Entry, ...]]
_MOST_KNOWN = 500_000

# Turkish endings in ASCII: plural, possessives, cases, person, and those that make a word of a word
# (-ci, -li, -lik, -siz, -ce, -le). The vowels of a chain are not checked: writers of posts don't, either.
_ENDING = (
    r"(?:l[ae]r|[cs][iu]|l[iu]k|l[iu]g|l[iu]|s[iu]z|l[ae]|[iu]m[iu]z|[iu]n[iu]z|[nsy]?[iu]|n?[iu]n|[iu]m|m"
    r"|[ny]?[ae]|[dt][ae]n?|nd[ae]n?|y?l[ae]|n|(?:[dt][ae]|n?[iu]n)ki|c[ae]|d[iu]r|t[iu]r|y[iu]z|[iu]z)"
)
_TURKISH = re.compile(rf"{_ENDING}{{1,5}}")
_ENGLISH = re.compile(r"s|es")
_ENDINGS = {"tr": _TURKISH, "en": _ENGLISH}
# A final hard consonant softens before a vowel: şarap, şarabı.
_SOFT = {"k": "ğ", "p": "b", "ç": "c", "t": "d"}
_VOWELS = frozenset("aeiou")
# Shorter words begin too many others: they match alone.
_LEAST_STEM = 4


class Matcher:
    """Finds the words of lists in texts. Remembers what each word of a text was: texts repeat them."""

    def __init__(self, lists: Iterable[WordList]) -> None:
        chosen = list(lists)
        harmless = [entry for one in chosen for entry in _entries(_innocent(one))]
        self._innocent = {
            language: [
                each.tokens[0] for each in harmless if each.language == language and not each.tokens[1:]
            ]
            for language in LANGUAGES
        }
        self._begins = _by_key(entry for one in chosen for entry in _entries(one))
        self._phrases = _by_key(entry for entry in harmless if len(entry.tokens) > 1)
        self._known: dict[str, _Candidates] = {}

    def find(self, text: str) -> list[Hit]:
        """The hits in a text, each once, in the order of categories.

        >>> matcher = Matcher([WordList("gambling", "tr", ("bahis", "kumarhane"))])
        >>> [hit.written for hit in matcher.find("Kumarhane'de değil, BAHİSÇİ gibi")]
        ['BAHİSÇİ', 'Kumarhane']
        """
        spoken = words(text)
        known = [self._candidates(word) for word in spoken]
        innocent = {
            at + offset
            for at, (_, phrases) in enumerate(known)
            for phrase in phrases
            if _says(phrase, spoken[at : at + len(phrase.tokens)])
            for offset in range(len(phrase.tokens))
        }
        shown = written(text)
        if len(shown) != len(spoken):  # letters that Unicode takes apart
            shown = spoken
        found = {
            Hit(entry.category, entry.language, entry.word, " ".join(shown[at : at + len(entry.tokens)]))
            for at, (entries, _) in enumerate(known)
            for entry in entries
            if at not in innocent and self._goes_on(entry, spoken[at : at + len(entry.tokens)])
        }
        return sorted(found)

    def _candidates(self, word: str) -> _Candidates:
        """What begins with this word: entries of the lists, and innocent phrases."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            begins = self._begins.get(_key(word), ())
            known = (
                tuple(each for each in begins if len(each.tokens) > 1 or self._matches(each, word)),
                tuple(self._phrases.get(_key(word), ())),
            )
            self._known[word] = known
        return known

    def _goes_on(self, entry: _Entry, spoken: Sequence[str]) -> bool:
        """Whether a phrase is all there; the first word is."""
        if len(entry.tokens) == 1:
            return True
        return tuple(spoken) == entry.tokens if entry.exact else _says(entry, spoken)

    def _matches(self, entry: _Entry, word: str) -> bool:
        listed = entry.tokens[0]
        if entry.exact:
            return word == listed
        if not _inflected(listed, word, entry.language) or (entry.spelt and not word.startswith(listed[:-1])):
            return False
        innocent = self._innocent[entry.language]
        return not any(
            len(each) >= len(listed) and _inflected(each, word, entry.language) for each in innocent
        )


@cache
def builtin() -> tuple[WordList, ...]:
    """The lists that elci brings (data/safety_tr.json, data/safety_en.json)."""
    return tuple(one for language in LANGUAGES for one in _read(language))


def categories() -> tuple[str, ...]:
    """The categories of the built-in lists, in order."""
    return tuple(dict.fromkeys(one.category for one in builtin()))


def _read(language: Language) -> list[WordList]:
    data = files("scoring.data").joinpath(f"safety_{language}.json").read_bytes()
    return msgspec.json.decode(data, type=list[WordList])


def _innocent(one: WordList) -> WordList:
    return WordList(one.category, one.language, words=one.innocent)


def _says(entry: _Entry, spoken: Sequence[str]) -> bool:
    """Whether as many words are the phrase: the last of them with any ending."""
    if len(spoken) < len(entry.tokens):
        return False
    *first, (listed, last) = zip(entry.tokens, spoken, strict=True)
    return all(_spelt(one, word) for one, word in first) and _inflected(listed, last, entry.language, least=0)


def _entries(one: WordList) -> Iterable[_Entry]:
    marks = [*((word, "") for word in one.words), *((word, "spelt") for word in one.spelt)]
    for word, mark in [*marks, *((word, "exact") for word in one.exact)]:
        tokens = tuple(words(word))
        if tokens:
            made = _Entry(tokens, one.category, one.language, word, mark == "exact", mark == "spelt")
            yield made
        if len(tokens) > 1:  # a phrase as one hashtag
            yield replace(made, tokens=("".join(tokens),))


def _by_key(entries: Iterable[_Entry]) -> dict[str, list[_Entry]]:
    found: dict[str, list[_Entry]] = {}
    for entry in entries:
        found.setdefault(_key(entry.tokens[0]), []).append(entry)
    return found


def _key(word: str) -> str:
    return fold_word(word)[:2]


def _inflected(listed: str, word: str, language: Language, least: int = _LEAST_STEM) -> bool:
    """Whether a word is the listed one, or that with an ending."""
    if len(word) < len(listed):
        return False
    if len(word) == len(listed):
        return _spelt(listed, word)
    if len(listed) < least:
        return False
    stem, rest = word[: len(listed)], fold_word(word[len(listed) :])
    if not _ENDINGS[language].fullmatch(rest):
        return False
    soft = _SOFT.get(listed[-1]) if language == "tr" and rest[0] in _VOWELS else None
    return _spelt(listed, stem) or bool(soft and _spelt(listed[:-1] + soft, stem))


def _spelt(listed: str, word: str) -> bool:
    """Letter by letter the same, or the ASCII of a Turkish letter: "sarap" is şarap, "şık" is not sik."""
    if len(listed) != len(word):
        return False
    plain = fold_word(listed)
    if len(plain) != len(listed):
        return listed == word
    return all(char in (one, bare) for one, bare, char in zip(listed, plain, word, strict=True))
