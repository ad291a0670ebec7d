"""What an influencer or a brief says, as it is compared: one bounded text, its words, its hashtags."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from scoring.folding import fold_word, lower_tr

# Enough for a bio and some twenty captions; what is older says less of what somebody posts about now.
MOST_CHARACTERS = 2_000
# Longer words are addresses and scripts without spaces: their n-grams still count, up to here.
LONGEST_WORD = 40

_ADDRESS = re.compile(r"https?://\S+|www\.\S+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_HASHTAG = re.compile(r"[#＃](\w{1,100})")


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its hashtags (without #), as written. Empty: nothing is known."""

    text: str
    hashtags: tuple[str, ...] = field(default=())


def of_influencer(
    bio: str | None, categories: Sequence[str], captions: Iterable[str], hashtags: Iterable[str] = ()
) -> Document:
    """Bio and categories first, then captions as they come (the newest first), up to 2,000 characters.

    Hashtags are those given, those of the bio and those of the captions; each as often as it is used.

    >>> of_influencer("Kahve ☕ #kahve", ["food"], ["Bugün #Kahvekeyfi"]).hashtags
    ('kahve', 'Kahvekeyfi')
    """
    parts = [bio or "", " ".join(categories), *captions]
    tags = tuple(hashtags) or tuple(tag for part in parts for tag in _HASHTAG.findall(part))
    return Document(_bounded(parts), tags)


def of_brief(
    description: str | None,
    keywords: Sequence[str] = (),
    hashtags: Sequence[str] = (),
    *,
    proposition: str | None = None,
    values: Sequence[str] = (),
) -> Document:
    """A brief's words; its keywords count as hashtags too, because people tag what they are about.

    >>> of_brief("Türk kahvesi", ["kahve keyfi"], ["#kahve"]).hashtags
    ('kahve', 'kahvekeyfi')
    """
    parts = [*keywords, *hashtags, description or "", proposition or "", *values]
    squeezed = ["".join(_WORD.findall(keyword)) for keyword in keywords]
    named = [tag.lstrip("#＃").strip() for tag in hashtags]
    written = _HASHTAG.findall(description or "")
    return Document(_bounded(parts), tuple(tag for tag in (*named, *written, *squeezed) if tag))


def _bounded(parts: Iterable[str]) -> str:
    kept: list[str] = []
    room = MOST_CHARACTERS
    for part in parts:
        if part and room > 0:
            kept.append(part[:room])
            room -= len(part) + 1
    return "\n".join(kept)


def words(text: str) -> list[str]:
    """Words in lower case with their Turkish letters, in order; addresses of pages are left out.

    >>> words("Bugün ŞIK bir kahve: https://elci.example/x")
    ['bugün', 'şik', 'bir', 'kahve']
    """
    return [word[:LONGEST_WORD] for word in _WORD.findall(lower_tr(_ADDRESS.sub(" ", text)))]


def written(text: str) -> list[str]:
    """The same words as people wrote them.

    >>> written("Bugün ŞIK bir kahve: https://elci.example/x")
    ['Bugün', 'ŞIK', 'bir', 'kahve']
    """
    return [word[:LONGEST_WORD] for word in _WORD.findall(_ADDRESS.sub(" ", text))]


def folded_hashtags(hashtags: Iterable[str]) -> list[str]:
    """Hashtags as they are compared, in order, with repetitions.

    >>> folded_hashtags(["CiltBakımı", "ciltbakimi"])
    ['ciltbakimi', 'ciltbakimi']
    """
    return [tag for tag in (fold_word(each).replace(" ", "")[:LONGEST_WORD] for each in hashtags) if tag]
