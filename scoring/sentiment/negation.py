"""Which words a negation turns round: Turkish does it by suffix and after the word, English before it.

Rules for words in ASCII; they make features, no verdict: a model learns how far each is to be trusted.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

# Stem, the negative suffix -me/-ma (-m before -iyor), and an ending that a noun in -me does not take.
_VERB = re.compile(
    r"(?P<stem>\w+?[a-z])(?:y?[ae])?m"
    r"(?:[iu]yor|[ae](?:d[iu]|z|m[iu]s|m[ae]|y[ae][cn]|y[iu]n|s[iu]n(?:l[ae]r)?$|s[ae]|d[ae]n|m$))\w*"
)
_WITHOUT = re.compile(r"(?P<stem>\w{3,})s[iu]z(?:d[iu]r?|l[iu]k|c[ea]|l[ea]r|s[iu]n\w*|d[iu]\w*|[iu]m?)?$")
_POSSIBLE_NOUN = frozenset(("zaman", "tamam", "hemen", "deneme", "odeme"))
# These turn what stands before them ...
_AFTER = frozenset(
    (
        "degil",
        "degildi",
        "degildir",
        "degilim",
        "degiliz",
        "degilmis",
        "degilse",
        "yok",
        "yoktu",
        "yoktur",
        "yokmus",
        "deil",
    )
)
# ... and these what follows, up to the end of the phrase.
_BEFORE = frozenset(
    (
        "not",
        "no",
        "never",
        "none",
        "nothing",
        "nobody",
        "neither",
        "nor",
        "without",
        "cannot",
        "cant",
        "dont",
        "doesnt",
        "didnt",
        "isnt",
        "wasnt",
        "arent",
        "werent",
        "wont",
        "wouldnt",
        "couldnt",
        "shouldnt",
        "hasnt",
        "havent",
        "hadnt",
        "aint",
        "hardly",
        "barely",
        "hic",
        "asla",
    )
)
# "memnun kalmadım", "tavsiye etmem": what is denied is the word before the verb.
_LIGHT = frozenset(("et", "ed", "kal", "ol", "yap"))
REACH_BEFORE = 3
REACH_AFTER = 2


def negated(words: Sequence[str]) -> list[bool]:
    """Of each word whether a word beside it turns it round.

    >>> negated(["guzel", "degil", "."])
    [True, False, False]
    >>> negated(["it", "is", "not", "very", "good", "."])
    [False, False, False, True, True, False]
    """
    turned = [False] * len(words)
    for at, word in enumerate(words):
        if word in _AFTER:
            _turn(words, turned, range(at - 1, max(-1, at - 1 - REACH_AFTER), -1))
        elif (itself := suffix(word)) and itself[0] == "not" and itself[1] in _LIGHT:
            _turn(words, turned, range(at - 1, max(-1, at - 2), -1))
        elif word in _BEFORE:
            _turn(words, turned, range(at + 1, min(len(words), at + 1 + REACH_BEFORE)))
    return turned


def _turn(words: Sequence[str], turned: list[bool], places: range) -> None:
    for place in places:
        if words[place] == ".":
            return
        turned[place] = True


@lru_cache(maxsize=200_000)
def suffix(word: str) -> tuple[str, str] | None:
    """("not" or "without", stem) of a Turkish word that negates itself, else None.

    >>> suffix("begenmedim"), suffix("sorunsuz"), suffix("guzel")
    (('not', 'begen'), ('without', 'sorun'), None)
    """
    if word in _POSSIBLE_NOUN:
        return None
    if found := _WITHOUT.fullmatch(word):
        return "without", found["stem"]
    if found := _VERB.fullmatch(word):
        return "not", found["stem"]
    return None
