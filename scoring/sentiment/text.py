"""A mention as words in ASCII and marks: what stays of it when casing, spelling and names are taken away.

Words are folded (scoring.folding), so Turkish written in ASCII is the same text. Whom a text names and which
page it links to says nothing of feeling and everything of the data's topic, so only where they stand is kept:
"thanks @" is an answer, "via @" is none.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from scoring.folding import fold_word, visible
from scoring.sentiment.emoticons import take_faces

# Reviews are long, and what decides one mostly stands at its beginning or its end.
MOST_CHARACTERS = 2_000
LONGEST_WORD = 40

_ADDRESS = re.compile(
    r"https?:?/*\S*|www\.\S+|pic\.twitter\.com/\S*|\b[\w-]+\.(?:com|net|org|ly|co|me|gl)(?:\.\w\w)?/\S*|\{link\}",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<![\w.])@\w{1,50}")
_HASHTAG = re.compile(r"[#＃](\w{1,100})")
_CAMEL = re.compile(r"(?<=[^\W\d_A-ZÇĞİÖŞÜ])(?=[A-ZÇĞİÖŞÜ])|(?<=\D)(?=\d)|(?<=\d)(?=\D)|_+")
_TOKEN = re.compile(r"[^\W_]+(?:['’´`][^\W_]+)*|[!?]+|\.\.+|[^\w\s]")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_BREAK = re.compile(r"[.,;:!?()\"]+")
_ENDING = re.compile(r"['’´`]")
_SHOUTED = re.compile(r"\b[A-ZÇĞİÖŞÜ]{3,}\b")
# In a text's line, where a link and a name stood: signs that no text holds (private use).
_LINK, _SOMEONE = "\ue000", "\ue001"
# Contractions whose rest is a word of its own; the others end in n't.
_WHOLE = {"can": "can", "won": "will", "shan": "shall", "ain": "is"}


@dataclass(frozen=True, slots=True)
class Reading:
    """Words in order, a break of the sentence as "."; marks: what else there is, `kind` or `kind:face`; line:
    the words with their endings, signs, names and links in their places."""

    words: tuple[str, ...]
    marks: tuple[str, ...]
    line: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Nothing that could carry a feeling: no word with a letter, no face."""
        return not any(any(c.isalpha() for c in w) for w in self.words) and not any(
            mark.startswith("face") for mark in self.marks
        )


def read(text: str) -> Reading:
    """What a text says.

    >>> read("@elci ÇOOOK güzeeel!! #HarikaBirGün :) https://elci.example").words
    ('cok', 'guzel', '.', 'harika', 'bir', 'gun')
    >>> read("I don't like it 😡").words
    ('i', 'do', 'not', 'like', 'it')
    """
    plain = visible(unescape(text[:MOST_CHARACTERS]))
    marks: list[str] = []
    plain, links = _ADDRESS.subn(f" {_LINK} ", plain)
    plain, names = _NAME.subn(f" {_SOMEONE} ", plain)
    plain, faces = take_faces(plain)
    marks += ["link"] * min(links, 1) + ["name"] * min(names, 2)
    for kind, face in faces[:20]:
        marks += [f"face {kind}", f"face {face}"]
    plain, tags = _HASHTAG.subn(_spelt, plain)
    marks += ["tag"] * min(tags, 2)
    marks += ["shout"] * (len(_SHOUTED.findall(plain)) > 1)
    words: list[str] = []
    line: list[str] = []
    for token in _TOKEN.findall(plain):
        if token[0].isalnum():
            found, ending, stretched = _words_of(token)
            words += found
            line += found + ending
            marks += ["stretched"] * stretched
            continue
        line.append("".join(sorted(set(token))))
        if _BREAK.fullmatch(token):
            marks += _loud(token)
            if words and words[-1] != ".":
                words.append(".")
    return Reading(tuple(words), tuple(marks), tuple(line))


def stripped(text: str) -> str:
    """The text without links, names and the signs of hashtags; casing and marks stay.

    >>> stripped("@elci Çok #HarikaBirGün https://elci.example").split()
    ['Çok', 'Harika', 'Bir', 'Gün']
    """
    plain = visible(unescape(text[:MOST_CHARACTERS]))
    return _HASHTAG.sub(_spelt, _NAME.sub(" ", _ADDRESS.sub(" ", plain)))


def _spelt(match: re.Match[str]) -> str:
    return " " + _CAMEL.sub(" ", match.group(1)) + " "


def _loud(token: str) -> list[str]:
    if token[0] == "." and len(token) > 1:
        return ["dots"]
    made = [name for sign, name in (("!", "exclaim"), ("?", "ask")) if sign in token]
    return made + (["loud"] if len(token) > 1 and made else [])


@lru_cache(maxsize=200_000)
def _words_of(token: str) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """The word without what an apostrophe hangs on it, that ending, and whether letters were drawn out."""
    head, *rest = _ENDING.split(token)
    folded = fold_word(head)[:LONGEST_WORD]
    plain = _STRETCHED.sub(r"\1", folded)
    ending = fold_word(rest[-1])[:LONGEST_WORD] if rest else ""
    if ending == "t" and (plain in _WHOLE or plain.endswith("n")):
        return (_WHOLE.get(plain) or plain[:-1], "not"), (), plain != folded
    return ((plain,) if plain else ()), ((f"'{ending}",) if ending else ()), plain != folded
