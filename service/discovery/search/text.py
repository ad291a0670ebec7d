"""Words: how profiles are cut into them, and how a searcher's text becomes queries over them.

Nothing of a searcher's text reaches SQL but letters and digits, inside quotes, as a bound value.
"""

import re

from service.kit.text import fold_tr

MOST_WORDS = 12
LONGEST_WORD = 60
# One typing error in words of five letters or more, two from sixteen on: of shorter ones, half the names
# are neighbours.
SHORTEST_TYPO = 5
SHORTEST_SECOND_TYPO = 16
LONGEST_TYPO = 24

_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"^\s*(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}/@?(?P<handle>[\w.\-]+)/?(?:\?.*)?$", re.I)
# A changed, missing or additional letter spoils three neighbouring trigrams, two swapped letters four.
_SPOILT = 4
# From so many trigrams on, a part that stayed whole is rare enough to be looked for alone.
_WHOLE_PART = 5


def terms(text: str) -> list[str]:
    """The folded words of a text; `_` parts words as any other sign does.

    >>> terms("@duygu_özaslan | İSTANBUL")
    ['duygu', 'ozaslan', 'istanbul']
    """
    return [word[:LONGEST_WORD] for word in _WORD.findall(fold_tr(text))]


def compact(text: str) -> str:
    """A handle or name as one word.

    >>> compact("Duygu Özaslan") == compact("@duygu.ozaslan")
    True
    """
    return as_one(terms(text))


def as_one(words: list[str]) -> str:
    """Words without what was between them."""
    return "".join(words)[:LONGEST_WORD]


def asked(query: str) -> str:
    """What is searched for: the query, or the handle at the end of a pasted address.

    >>> asked("https://www.instagram.com/danla.bilic/?hl=tr")
    'danla.bilic'
    """
    found = _ADDRESS.match(query)
    return found["handle"] if found else query


def word_query(query: str) -> str | None:
    """The query over a profile's words (a tsquery): all of them, the last as a prefix, or all in one word.

    None where the text has no letter and no digit.

    >>> word_query("İstanbul güz")
    "'istanbul' & 'guz':* | 'istanbulguz':*"
    """
    words = terms(asked(query))[:MOST_WORDS]
    if not words:
        return None
    every = _all_of(words)
    return every if len(words) == 1 else f"{every} | '{as_one(words)}':*"


def post_query(text: str) -> str | None:
    """The query over the words of an account's posts: all of them, as they are.

    >>> post_query("Güneş kremi!")
    "'gunes' & 'kremi'"
    """
    words = terms(text)[:MOST_WORDS]
    return " & ".join(f"'{word}'" for word in words) or None


def _all_of(words: list[str]) -> str:
    *first, last = words
    # The prefix of one letter is a fifteenth of all words: it tells nothing and costs most.
    return " & ".join([*(f"'{word}'" for word in first), f"'{last}':*" if len(last) > 1 else f"'{last}'"])


def trigrams(word: str) -> list[str]:
    """The three-letter pieces of a folded word in order, padded as pg_trgm does.

    >>> trigrams("ayse")
    ['  a', ' ay', 'ays', 'yse', 'se ']
    """
    padded = f"  {word} "
    return [padded[at : at + 3] for at in range(len(padded) - 2)]


def typos(word: str) -> int:
    """How many typing errors a word of this length may have."""
    if not SHORTEST_TYPO <= len(word) <= LONGEST_TYPO:
        return 0
    return 1 if len(word) < SHORTEST_SECOND_TYPO else 2


def typo_query(word: str) -> str | None:
    """The query over trigrams (a tsquery) that finds every word within `typos(word)` errors of this one.

    An error spoils a run of trigrams. Of a short word a neighbour has all trigrams outside that run, wherever
    it lies; of a long one, cut into a part more than there are errors, it has some part whole. Only a few of
    what is found are neighbours in fact (`is_near` decides). None where the word is too short or too long.
    """
    errors = typos(word)
    if not errors:
        return None
    pieces = trigrams(word)
    length = (len(pieces) - (_SPOILT - 1) * errors) // (errors + 1)
    if errors > 1 or length >= _WHOLE_PART:
        kept = _parts(pieces, length, errors + 1)
    else:
        kept = [pieces[:at] + pieces[at + _SPOILT :] for at in range(len(pieces) - _SPOILT + 1)]
    return " | ".join(sorted({_all_pieces(part) for part in kept}))


def _all_pieces(pieces: list[str]) -> str:
    return "(" + " & ".join(f"'{piece}'" for piece in sorted(set(pieces))) + ")"


def _parts(pieces: list[str], length: int, count: int) -> list[list[str]]:
    """Parts so far apart that no error spoils two of them."""
    step = length + _SPOILT - 1
    return [pieces[at * step : at * step + length] for at in range(count)]


def is_near(one: str, other: str, errors: int) -> bool:
    """Whether two words differ by at most so many changed, missing, additional or swapped letters.

    >>> is_near("cristano", "cristiano", 1), is_near("danla", "dalna", 1), is_near("danla", "derya", 1)
    (True, True, False)
    """
    if abs(len(one) - len(other)) > errors or _more_letters_differ(one, other, errors):
        return False
    same = _shared_start(one, other)
    one, other = one[same:], other[same:]
    same = _shared_start(one[::-1], other[::-1])
    one, other = one[: len(one) - same], other[: len(other) - same]
    if len(one) <= 1 and len(other) <= 1:
        return bool(one or other) <= errors
    return _distance(one, other) <= errors


def _more_letters_differ(one: str, other: str, errors: int) -> bool:
    """A quick no for most: an error brings in one new letter at most, and takes one away at most."""
    first, second = set(one), set(other)
    return len(first - second) > errors or len(second - first) > errors


def _shared_start(one: str, other: str) -> int:
    at = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        at += 1
    return at


def _distance(one: str, other: str) -> int:
    """Damerau's distance with adjacent transpositions (optimal string alignment)."""
    last: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = last, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
    return row[-1]


def similarity(one: str, other: str) -> float:
    """The share of trigrams that two words have in common, 0..1 (Jaccard).

    >>> round(similarity("cristano", "cristiano"), 2)
    0.58
    """
    a, b = set(trigrams(one)), set(trigrams(other))
    return len(a & b) / len(a | b)
