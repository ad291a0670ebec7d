"""From sampled mentions to what they are about. Pure, and slow (a second for 2,000): off the event loop."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from service.kit import ids
from service.mentions.analyses.topics.reading import asked_words, spelling, unsaid, words_of
from service.mentions.analyses.topics.schemas import Quote, Said, Tone, Topic, TopTerm

QUOTE = 200
EXAMPLES = 3


class About(Struct):
    """What a sample is about."""

    terms: list[TopTerm]
    distinctive: list[TopTerm]
    topics: list[Topic]


class _Read(Struct):
    """The sample, and in which of its mentions each term stands."""

    sample: Sequence[Said]
    standing: dict[str, list[int]]
    spelt: dict[str, str]


def about(here: Sequence[Said], there: Sequence[Said], expressions: Iterable[str], limit: int) -> About:
    """The terms and topics of the mentions here, against those there."""
    from scoring.spikes.causes import Sample, cause
    from scoring.topics.clusters import clusters
    from scoring.topics.terms import counted, leading, phrases

    if not here:
        return About([], [], [])
    texts = [words_of(one.title, one.text) for one in here]
    others = [words_of(one.title, one.text)[0] for one in there]
    left_out = unsaid(
        (word for words in (*(folded for folded, _ in texts), *others) for word in words),
        asked_words(expressions),
    )
    mine = [phrases(folded, left_out) for folded, _ in texts]
    counts = counted(mine)
    elsewhere = counted(phrases(words, left_out) for words in others)
    standing: dict[str, list[int]] = defaultdict(list)
    for at, found in enumerate(mine):
        for term in found:
            standing[term].append(at)
    read = _Read(here, standing, dict(spelling(texts)))
    usual = Sample(max(len(there), 1), elsewhere)
    odds = {
        term.term: term
        for term in cause(Sample(len(here), counts), usual, expected=0.0, limit=len(counts)).terms
    }
    frequent = leading(counts, limit)
    apart = leading(counts, len(counts))
    apart = sorted((term for term in apart if term in odds), key=lambda term: (-odds[term].z, term))[:limit]

    def shown(term: str) -> TopTerm:
        z = round(odds[term].z, 2) if term in odds else None
        share = elsewhere[term] / len(there) if there else None
        return _term(read, term, share, z)

    return About(
        terms=[shown(term) for term in frequent],
        distinctive=[shown(term) for term in apart] if there else [],
        topics=[
            Topic(
                terms=[_spelt(read, term) for term in found.terms],
                mentions=len(found.members),
                share=len(found.members) / len(here),
                tone=_tone([here[at] for at in found.members]),
                examples=_quotes([here[at] for at in found.members]),
            )
            for found in clusters(mine, limit)
        ],
    )


def _term(read: _Read, term: str, elsewhere: float | None, z: float | None) -> TopTerm:
    mentions = [read.sample[at] for at in read.standing[term]]
    return TopTerm(
        term=_spelt(read, term),
        mentions=len(mentions),
        share=len(mentions) / len(read.sample),
        share_elsewhere=elsewhere,
        z=z,
        tone=_tone(mentions),
        examples=_quotes(sorted(mentions, key=lambda one: (-one.published_at.timestamp(), one.id))),
    )


def _spelt(read: _Read, term: str) -> str:
    return " ".join(read.spelt.get(word, word) for word in term.split(" "))


def _tone(mentions: Sequence[Said]) -> Tone:
    labels = [one.label for one in mentions]
    positive, negative = labels.count("positive"), labels.count("negative")
    polar = positive + negative
    net = (positive - negative) / polar if polar else None
    return Tone(positive, labels.count("neutral"), negative, labels.count(None), net)


def _quotes(mentions: Sequence[Said]) -> list[Quote]:
    """The first ones that say different things."""
    found: dict[str, Quote] = {}
    for one in mentions:
        text = " ".join(f"{one.title or ''} {one.text}".split())
        short = text if len(text) <= QUOTE else text[: QUOTE - 1].rstrip() + "…"
        if short not in found:
            label: Literal["positive", "neutral", "negative"] | None = one.label  # type: ignore[assignment]
            found[short] = Quote(
                ids.show("men", one.id), short, one.url, one.platform, label, one.published_at
            )
        if len(found) == EXAMPLES:
            break
    return list(found.values())
