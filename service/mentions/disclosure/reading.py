"""A text read once: its tokens, where it names the advertiser, its labels and its claims. Pure."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from service.mentions.disclosure import advertisers
from service.mentions.disclosure.packs import AdLabel, Compiled
from service.mentions.disclosure.phrases import OTHER, Line, Match, Phrase, find
from service.mentions.disclosure.spelling import Spelling, spell
from service.mentions.disclosure.tokens import ENDING, TAG, WORD, Token, tokens

# A text of nothing but labels is not looked at to its end: those that come later stand no better.
_LABELS = 20
_TRIED = 1_000
_ARTICLES = frozenset(("a", "an", "any", "the", "bir"))


@dataclass(frozen=True, slots=True)
class Reading:
    """A field's text; `field` and `index` say where it stood.

    `places`: the tokens by their first two letters; `tags`: the hashtags by name.
    """

    field: str
    index: int | None
    spelt: Spelling
    line: Line
    places: dict[str, list[int]]
    tags: dict[str, list[int]]

    @property
    def names_advertiser(self) -> bool:
        return bool(self.line.names)


@dataclass(frozen=True, slots=True)
class Found:
    """A label in a text. `tags_before`: other hashtags before it, by which it is buried or not."""

    reading: Reading
    label: AdLabel
    start: int
    end: int
    of_other: bool
    tags_before: int

    @property
    def written(self) -> str:
        start, end = self.reading.spelt.span(self.start, self.end)
        return self.reading.spelt.text[start:end]


def read(field: str, index: int | None, text: str, names: Sequence[str]) -> Reading:
    """A text's tokens, and where one of the squashed `names` stands in it."""
    spelt = spell(text)
    whole = tokens(spelt)
    kept = [at for at, token in enumerate(whole) if token.kind != ENDING]
    places = {at: place for place, at in enumerate(kept)}
    named: dict[int, int] = {}
    for start, end in advertisers.named(whole, names) if names else ():
        first = places.get(start)
        if first is not None:
            named[first] = 1 + max(places[at] for at in range(start, end) if at in places)
    line = Line([whole[at] for at in kept], named, {end: start for start, end in named.items()})
    return Reading(field, index, spelt, line, *_index(line.tokens))


def _index(found: Sequence[Token]) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    keys: dict[str, list[int]] = {}
    tags: dict[str, list[int]] = {}
    for at, token in enumerate(found):
        keys.setdefault(token.name[:2], []).append(at)
        if token.kind == TAG:
            tags.setdefault(token.name, []).append(at)
    return keys, tags


def labels(reading: Reading, pack: Compiled) -> list[Found]:
    """The first labels of a text, without those that are taken back ("not an ad")."""
    line = reading.line
    found = _labelled(reading, pack.tags, pack.phrases)
    kept = ((match, label) for match, label in found if not _void(line, match, label, pack))
    return _placed(reading, list(itertools.islice(kept, _LABELS)), pack)


def weak(reading: Reading, pack: Compiled) -> list[Found]:
    """What looks like a label and is not enough (#sp, "thanks"): the first of it."""
    found = _labelled(reading, pack.weak_tags, pack.weak_phrases)
    return _placed(reading, list(itertools.islice(found, 1)), pack)


def first(reading: Reading, phrases: dict[str, list[Phrase]]) -> tuple[int, int] | None:
    """Where one of the phrases stands in the folded text, the first place that is found."""
    line = reading.line
    for at, key in _candidates(reading, phrases):
        for phrase in phrases[key]:
            if match := find(line, phrase, at):
                return line.tokens[match.start].start, line.tokens[match.end - 1].end
    return None


def _candidates(reading: Reading, phrases: Iterable[str]) -> list[tuple[int, str]]:
    """The tokens, in order, that may hold the anchor of a phrase, by the keys of the phrases."""
    found = [(at, key) for key in phrases for at in reading.places.get(key, ())[:_TRIED]]
    return sorted(found)[:_TRIED]


def _labelled(
    reading: Reading, tags: dict[str, AdLabel], phrases: dict[str, list[tuple[Phrase, AdLabel]]]
) -> Iterator[tuple[Match, AdLabel]]:
    """Matches in the order of their anchors; of each hashtag the first ones."""
    written = [(at, name) for name in tags if name in reading.tags for at in reading.tags[name][:_LABELS]]
    for at, key in sorted([*((at, f"#{name}") for at, name in written), *_candidates(reading, phrases)]):
        if key[0] == "#":
            yield Match(at, at + 1, None), tags[key[1:]]
            continue
        for phrase, label in phrases[key]:
            match = find(reading.line, phrase, at)
            if match and _fits(reading, match, label):
                yield match, label


def _fits(reading: Reading, match: Match, label: AdLabel) -> bool:
    if label.at == "start" and match.start > 0:
        return False
    if label.followed_by is None:
        return True
    spelt = reading.spelt
    _, end = spelt.span(0, reading.line.tokens[match.end - 1].end)
    rest = spelt.text[end:].lstrip(" \t\u00a0")
    return not rest or rest[0] in "\r\n" or rest[0] in label.followed_by


def _void(line: Line, match: Match, label: AdLabel, pack: Compiled) -> bool:
    after = pack.void_after_tag if label.tag else pack.void_after
    reach = 1 if label.tag else 2
    if _any(line, after, range(match.end, min(match.end + reach, len(line.tokens)))):
        return True
    before = match.start - 1
    if before > 0 and line.tokens[before].name in _ARTICLES:
        before -= 1
    return before >= 0 and _any(line, pack.void_before, [before])


def _any(line: Line, phrases: Iterable[Phrase], places: Iterable[int]) -> bool:
    return any(find(line, phrase, at) for at in places for phrase in phrases)


def _placed(reading: Reading, found: Sequence[tuple[Match, AdLabel]], pack: Compiled) -> list[Found]:
    """The matches with the hashtags before them: counted once for the whole text."""
    if not found:
        return []
    line = reading.line
    own = [token.kind == TAG and token.name not in pack.tags for token in line.tokens]
    before, run = _counts(reading.spelt.folded, line.tokens, own)
    placed = []
    for match, label in found:
        place, end = line.tokens[match.start].start, line.tokens[match.end - 1].end
        is_tag = line.tokens[match.start].kind == TAG and match.slot is None
        count = before[match.start] if is_tag else run[match.start]
        placed.append(Found(reading, label, place, end, match.slot == OTHER, count))
    return placed


def _counts(text: str, found: Sequence[Token], others: Sequence[bool]) -> tuple[list[int], list[int]]:
    """Other hashtags before each token: all, and those in an unbroken row (handles do not break it)."""
    before, run = [], []
    total = row = 0
    for token, other in zip(found, others, strict=True):
        before.append(total)
        run.append(row)
        if other:
            total, row = total + 1, row + 1
        elif token.kind == WORD:
            row = 0
    return before, run
