"""Turkish words without the endings that names are given in a sentence. Pure.

Of folded words (ASCII, lower case): endings of number, possession and case, as grammars list them (Göksel and
Kerslake 2005, chapters 8 and 14). It is no analysis of words: every reading that the endings allow is given,
and a query finds a word by any of them. So the rules are narrow: buffers and harmony must fit, and what
remains must be long enough.
"""

from functools import lru_cache

_VOWELS = "aeiou"
# What remains is at least so long: endings of one letter are often the word's own.
LEAST = 3
LEAST_BEFORE_SHORT = 4
# Each ending behind a consonant and behind a vowel: buffers stand between two vowels.
_CASES = {
    "consonant": (
        "da",
        "de",
        "ta",
        "te",
        "dan",
        "den",
        "tan",
        "ten",
        "in",
        "un",
        "i",
        "u",
        "a",
        "e",
        "la",
        "le",
    ),
    "vowel": ("da", "de", "dan", "den", "nin", "nun", "yi", "yu", "ya", "ye", "yla", "yle"),
    # Behind the third person's possession an n stands between.
    "owned": ("nda", "nde", "ndan", "nden", "nin", "nun", "ni", "nu", "na", "ne", "yla", "yle"),
}
_PLURAL = ("lar", "ler")
_OWNED = {
    "consonant": ("i", "u", "imiz", "umuz", "iniz", "unuz"),
    "vowel": ("si", "su", "miz", "muz", "niz", "nuz"),
}
_RELATIVE = ("ki",)
_COPULA = ("dir", "dur", "tir", "tur", "mis", "mus", "di", "du", "ti", "tu", "ydi", "ydu", "ymis", "ymus")
_SHORT = frozenset({"a", "e", "i", "u", "in", "un", "si", "su", "ki", "la", "le", "di", "du", "ti", "tu"})
# Foreign names are read otherwise than written (Google'da), so harmony is asked of the shortest endings only.
_HARMONIC = _SHORT | {"ya", "ye", "na", "ne", "yla", "yle"}
_SOFTENED = {"b": "p", "c": "c", "d": "t", "g": "k"}


@lru_cache(maxsize=100_000)
def stems(word: str) -> frozenset[str]:
    """What a folded word may be a form of, without the word itself.

    >>> sorted(stems("trendyoldan")), sorted(stems("migrosun")), sorted(stems("arceligi"))
    (['trendyol'], ['migros'], ['arcelig', 'arcelik'])
    >>> "trendyol" in stems("trendyollardaki"), sorted(stems("adana"))
    (True, ['adan'])
    """
    if len(word) <= LEAST or not word.isascii() or word.isdigit():
        return frozenset()
    found: set[str] = set()
    for rest in _without(word, _RELATIVE, ()) | _without(word, _COPULA, ()) | {word}:
        found.add(rest)
        found |= _without_case(rest)
    found.discard(word)
    hard = {one[:-1] + _SOFTENED[one[-1]] for one in found if one[-1] in _SOFTENED and _then_vowel(word, one)}
    return frozenset(found | hard)


def _without_case(word: str) -> set[str]:
    found: set[str] = set()
    kinds = {"consonant", "vowel", "owned"}
    for kind in kinds:
        for rest in _without(word, _CASES[kind], (kind,)):
            owners = _without_owner(rest)
            found |= owners | _without(rest, _PLURAL, ())
            found |= {plain for one in owners for plain in _without(one, _PLURAL, ())}
            if kind != "owned" or rest[-1] in "iu":
                found.add(rest)
    owners = _without_owner(word)
    found |= owners | _without(word, _PLURAL, ())
    return found | {plain for one in owners for plain in _without(one, _PLURAL, ())}


def _without_owner(word: str) -> set[str]:
    return _without(word, _OWNED["consonant"], ("consonant",)) | _without(word, _OWNED["vowel"], ("vowel",))


def _without(word: str, endings: tuple[str, ...], behind: tuple[str, ...]) -> set[str]:
    return {
        word[: -len(ending)]
        for ending in endings
        if word.endswith(ending) and _fits(word[: -len(ending)], ending, behind)
    }


def _fits(rest: str, ending: str, behind: tuple[str, ...]) -> bool:
    if len(rest) < (LEAST_BEFORE_SHORT if ending in _SHORT else LEAST):
        return False
    # Abbreviations are read by the names of their letters, which end in vowels.
    read_as_letters = not any(char in _VOWELS for char in rest)
    vowel_last = rest[-1] in _VOWELS or read_as_letters
    if "consonant" in behind and vowel_last and not read_as_letters:
        return False
    if ("vowel" in behind or "owned" in behind) and not vowel_last:
        return False
    return ending not in _HARMONIC or _in_harmony(rest, ending)


def _in_harmony(rest: str, ending: str) -> bool:
    """Only a and e are the same letters in folded text: i may be ı, u ü, o ö."""
    last = next((char for char in reversed(rest) if char in _VOWELS), "")
    first = next((char for char in ending if char in _VOWELS), "")
    return (last, first) not in {("a", "e"), ("e", "a")}


def _then_vowel(word: str, stem: str) -> bool:
    return word[len(stem) : len(stem) + 1] in tuple(_VOWELS)
