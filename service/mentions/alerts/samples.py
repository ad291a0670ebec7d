"""Mentions counted by what they say, where they stand and who wrote them: what a cause is found in. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from scoring import spikes
from scoring.topics.stop_words import STOP_WORDS
from service.kit.text import fold_tr
from service.mentions.alerts.schemas import (
    KeptAuthor,
    KeptCause,
    KeptCrisis,
    KeptPlace,
    KeptPolarity,
    KeptTerm,
    SampleRow,
)
from service.mentions.language.words import joined

EXAMPLES = 5
TOP_TERMS = 5
_ASIDE = re.compile(r"https?://\S+|www\.\S+|@[\w.]+")
_WORD = re.compile(r"#?\w+")
_ENDING = re.compile(r"['’‘ʼ`]\w+")
_SMALL = str.maketrans({"I": "ı", "İ": "i"})


class Counted(Struct):
    """A sample, and how its folded words are written."""

    sample: spikes.Sample
    written: dict[str, str]


def polarity(kept: KeptPolarity) -> spikes.Polarity:
    """Those with a sentiment."""
    return spikes.Polarity(kept.positive, kept.negative, kept.neutral)


def counted(rows: Sequence[SampleRow]) -> Counted:
    """The sample of some mentions."""
    terms: Counter[str] = Counter()
    written: dict[str, Counter[str]] = {}
    for row in rows:
        found = dict(terms_of(row))
        terms.update(found.keys())
        for key, word in found.items():
            written.setdefault(key, Counter())[word] += 1
    labels = Counter(row.label for row in rows)
    sample = spikes.Sample(
        len(rows),
        terms,
        Counter(row.place for row in rows),
        Counter(row.author for row in rows if row.author is not None),
        spikes.Polarity(labels["positive"], labels["negative"], labels["neutral"]),
    )
    return Counted(sample, {key: max(words, key=words.__getitem__) for key, words in written.items()})


def terms_of(row: SampleRow) -> Iterator[tuple[str, str]]:
    """Folded words and hashtags with how they are written; no links, handles, numbers and words that say
    nothing by themselves.

    >>> text = "Bu da kargo'dan ŞİKAYET: https://a.example/x 24 #İptal"
    >>> row = SampleRow(None, None, text, "tr", "x", None, None, 0)
    >>> list(terms_of(row))
    [('kargo', 'kargo'), ('sikayet', 'şikayet'), ('#iptal', '#iptal')]
    """
    text = _ENDING.sub("", _ASIDE.sub(" ", joined(row.title, row.text)))
    for word in _WORD.findall(text):
        bare = word.lstrip("#")
        key = fold_tr(word)
        if len(bare) > 1 and not bare.isdigit() and bare != "_" and key not in STOP_WORDS:
            yield key, (word.translate(_SMALL) if row.language == "tr" else word).lower()


def cause(now: Counted, before: Counted, total: KeptPolarity, expected: float) -> KeptCause:
    """Why there is a spike. `total`: all of its mentions, of which `now` may be a sample."""
    scale = now.sample.mentions / max(total.mentions, 1)
    found = spikes.cause(now.sample, before.sample, expected=expected * scale)
    return KeptCause(
        mentions=total.mentions,
        terms=[
            KeptTerm(now.written.get(one.term, one.term), one.count, one.share, one.share_before, one.z)
            for one in found.terms
        ],
        sources=[
            KeptPlace(one.name, one.count, one.share, one.share_before, one.excess) for one in found.sources
        ],
        authors=[KeptAuthor(one.name, one.count, one.share, one.excess) for one in found.authors],
        net=found.net,
        net_before=found.net_before,
        shift=found.shift,
        shift_z=found.shift_z,
    )


def crisis(now: KeptPolarity, before: KeptPolarity) -> KeptCrisis:
    """Whether a spike is a crisis."""
    found = spikes.crisis(True, polarity(now), polarity(before))
    return KeptCrisis(
        found.crisis,
        [str(reason) for reason in found.reasons],
        found.polar,
        found.net,
        found.net_before,
        found.negative_share,
        found.negative_share_before,
    )


def examples(rows: Iterable[SampleRow], found: KeptCause, angry: bool) -> list[SampleRow]:
    """The mentions that show the cause best, of copies one: by its strongest words, where people are angry
    the angry ones, then by engagement."""
    wanted = {fold_tr(term.term) for term in found.terms[:TOP_TERMS]}

    def rank(row: SampleRow) -> tuple[int, bool, int]:
        says = len(wanted & {key for key, _ in terms_of(row)})
        return says, angry and row.label == "negative", row.engagement or 0

    best: dict[str, SampleRow] = {}
    for row in sorted(rows, key=rank, reverse=True):
        best.setdefault(fold_tr(_ASIDE.sub("", row.text)).strip(), row)
        if len(best) == EXAMPLES:
            break
    return list(best.values())
