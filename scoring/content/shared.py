"""What a brief and an influencer share in words: for the few that are shown, from their real texts."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from scoring.content.space import Space, Vectors
from scoring.content.text import Document, folded_hashtags, written
from scoring.folding import fold_word
from scoring.scores import Score, Term

MOST_NAMED = 5
# Turkish words grow at their end: "kahve" and "kahvesini" share what counts.
LEAST_LETTERS = 4
LEAST_SHARE = 0.6
# A topic that both hardly touch is none that they share.
LEAST_TOPIC = 0.1


class Shared(Struct, frozen=True):
    """Shared words (as the influencer writes them), hashtags and topics (by their words), the best first."""

    words: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()

    def of(self, part: str) -> tuple[str, ...]:
        """What a part of the score shares."""
        by_part: Mapping[str, tuple[str, ...]] = {
            "text": self.words,
            "topics": self.topics,
            "hashtags": tuple(f"#{tag}" for tag in self.hashtags),
        }
        return by_part.get(part, ())


def shared(space: Space, wanted: Document, having: Sequence[Document]) -> list[Shared]:
    """What `wanted` shares with each of a page's documents.

    >>> from scoring.content.space import fit
    >>> texts = [Document("Türk kahvesi", ("kahve",)), Document("yeni telefon", ("tech",))] * 10
    >>> shared(fit(texts, topics=2), Document("kahve", ("Kahve",)), texts[:1])[0].hashtags
    ('kahve',)
    """
    target, vectors = space.project([wanted]), space.project(having)
    return [
        Shared(
            _words(space, wanted, document),
            _hashtags(wanted, document),
            _topics(space, target, vectors, at),
        )
        for at, document in enumerate(having)
    ]


def named(score: Score, found: Shared) -> Score:
    """The score with what each of its parts shares."""
    terms = tuple(_named(term, found.of(term.name)) for term in score.terms)
    return replace(score, terms=terms)


def _named(term: Term, names: tuple[str, ...]) -> Term:
    return replace(term, shared=names) if names else term


def _words(space: Space, wanted: Document, having: Document) -> tuple[str, ...]:
    """Equal words and words of one stem, the rarest first among those that the brief says most."""
    asked = Counter(word for word in map(fold_word, written(wanted.text)) if len(word) >= LEAST_LETTERS)
    found: dict[str, tuple[float, str]] = {}
    for spelt in written(having.text):
        folded = fold_word(spelt)
        for word in _akin(folded, asked):
            weight = space.rarity(word) * asked[word]
            found.setdefault(word, (weight, spelt))
    best = sorted(found.items(), key=lambda each: (-each[1][0], each[0]))
    return tuple(dict.fromkeys(spelt for _, (_, spelt) in best))[:MOST_NAMED]


def _akin(folded: str, asked: Mapping[str, int]) -> list[str]:
    if len(folded) < LEAST_LETTERS:
        return []
    return [word for word in asked if word == folded or _one_stem(word, folded)]


def _one_stem(one: str, two: str) -> bool:
    common = 0
    for first, second in zip(one, two, strict=False):
        if first != second:
            break
        common += 1
    return common >= LEAST_LETTERS and common >= LEAST_SHARE * max(len(one), len(two))


def _hashtags(wanted: Document, having: Document) -> tuple[str, ...]:
    asked = set(folded_hashtags(wanted.hashtags))
    spelt = {fold_word(tag): tag for tag in reversed(having.hashtags)}
    used = Counter(tag for tag in folded_hashtags(having.hashtags) if tag in asked)
    best = sorted(used, key=lambda tag: (-used[tag], tag))[:MOST_NAMED]
    return tuple(spelt.get(tag, tag) for tag in best)


def _topics(space: Space, target: Vectors, vectors: Vectors, at: int) -> tuple[str, ...]:
    if not space.topics.size:
        return ()
    both = np.sqrt(target.topics[0] * vectors.topics[at])
    best = [int(topic) for topic in np.argsort(-both, kind="stable")[:2] if both[topic] >= LEAST_TOPIC]
    return tuple(space.topics.name(topic) for topic in best)
