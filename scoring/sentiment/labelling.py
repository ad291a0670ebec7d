"""Texts in, sentiment out: the language of each, then that language's model."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import msgspec
import numpy as np

from scoring.arrays import Floats, Integers
from scoring.sentiment.card import Card
from scoring.sentiment.classes import ABSTAIN, CLASSES, NEGATIVE, OUTCOMES, POSITIVE
from scoring.sentiment.language import UNKNOWN, detect
from scoring.sentiment.linear import BadModel, Linear, load
from scoring.sentiment.net import Net, blended, net
from scoring.sentiment.text import Reading, read
from scoring.sentiment.training import decided

SUPPORTED = ("tr", "en")
# Faces alone are read alike in both.
_FACES = "en"


@dataclass(frozen=True)
class Sentiment:
    """A model with its card."""

    model: Linear
    card: Card

    @property
    def confusion(self) -> Floats:
        """Counts of (kind, class, outcome), [K, 3, 4]."""
        return np.array([each.confusion for each in self.card.kinds])


@dataclass(frozen=True)
class Labels:
    """What was found of N texts, each in its place.

    language: tr, en, other or unknown; language_confidence: 0 to 1 (1 where the caller said it);
    outcome int64[N]: 0 negative, 1 neutral, 2 positive, 3 abstain; probabilities float64[N, 3] of negative,
    neutral and positive, NaN where there is no model for the text; score: P(positive) - P(negative), or NaN;
    version: of the model that labelled the text, None without; kinds: how much the text looks like each kind
    of text that its model knows, None without; kind: the name of the one it looks like most.
    """

    language: tuple[str, ...]
    language_confidence: Floats
    outcome: Integers
    probabilities: Floats
    score: Floats
    version: tuple[str | None, ...]
    kinds: tuple[Floats | None, ...]
    kind: tuple[str | None, ...]

    def __len__(self) -> int:
        return len(self.language)

    @property
    def label(self) -> tuple[str, ...]:
        """negative, neutral, positive or abstain of each text."""
        return tuple(OUTCOMES[number] for number in self.outcome)


def label(
    texts: Sequence[str],
    languages: Sequence[str | None] | None = None,
    *,
    models: Mapping[str, Sentiment] | None = None,
) -> Labels:
    """The sentiment of texts; one that is empty, of another language, or unclear abstains.

    Parameters:
        texts: as people wrote them.
        languages: what the source says of each (`tr`, `en-GB`); None: found here.
        models: of each language, in the place of those that ship (`opened`).

    Raises: ValueError where `languages` has another length.

    >>> found = label(["Kargo çok geç geldi, hiç memnun kalmadım 😡", "I love it, works great!", ""])
    >>> found.label, found.language
    (('negative', 'positive', 'abstain'), ('tr', 'en', 'unknown'))
    """
    if languages is not None and len(languages) != len(texts):
        raise ValueError(f"{len(languages)} languages for {len(texts)} texts")
    names, confidence = _languages(texts, languages)
    readings = [read(text) for text in texts]
    probabilities = np.full((len(texts), len(CLASSES)), np.nan)
    versions: list[str | None] = [None] * len(texts)
    kinds: list[Floats | None] = [None] * len(texts)
    named: list[str | None] = [None] * len(texts)
    asked = [_model_for(name, reading) for name, reading in zip(names, readings, strict=True)]
    for language in SUPPORTED:
        places = [place for place, name in enumerate(asked) if name == language]
        if not places:
            continue
        held = _held(language, models)
        likely, shares = held.model.predict([readings[place] for place in places])
        probabilities[places] = likely
        for place, share in zip(places, shares, strict=True):
            versions[place], kinds[place] = held.card.version, share
            named[place] = held.model.kinds[int(share.argmax())]
    score = probabilities[:, POSITIVE] - probabilities[:, NEGATIVE]
    outcome = np.where(np.isnan(score), ABSTAIN, decided(np.nan_to_num(probabilities)))
    return Labels(
        names, confidence, outcome, probabilities, score, tuple(versions), tuple(kinds), tuple(named)
    )


def net_of(labels: Labels, *, models: Mapping[str, Sentiment] | None = None) -> Net:
    """Net sentiment of labelled texts; those without a model are left out.

    How classes are mistaken is taken from the models' cards, by the languages and kinds of the texts;
    `models` are those that labelled them.

    >>> net_of(label(["Harika bir ürün, bayıldım"] * 40 + ["Berbat, iade ettim"] * 10)).raw
    0.6
    """
    known = [place for place, version in enumerate(labels.version) if version is not None]
    counted = (
        np.bincount(labels.outcome[known], minlength=len(OUTCOMES)) if known else np.zeros(len(OUTCOMES))
    )
    if not known:
        return net(counted.astype(np.float64), np.ones((len(CLASSES), len(OUTCOMES))))
    seen, weights = [], []
    for held in (_held(language, models) for language in SUPPORTED):
        mine = [labels.kinds[place] for place in known if labels.version[place] == held.card.version]
        if mine:
            seen.append(held.confusion)
            weights.append(np.sum([share for share in mine if share is not None], axis=0) / len(known))
    return net(counted.astype(np.float64), blended(np.concatenate(seen), np.concatenate(weights)))


def net_counted(
    counts: Mapping[tuple[str, str], Sequence[int]], *, models: Mapping[str, Sentiment] | None = None
) -> Net:
    """Net sentiment of counts that are kept elsewhere, say summed by a database.

    Parameters:
        counts: of each (language, kind) as `Labels` has them: negative, neutral, positive, abstain. A kind
            that the model does not know counts as all of its kinds alike.

    Raises: ValueError for a language without a model, or other than four counts.

    >>> counts = {("tr", "reviews"): [10, 20, 60, 10], ("en", "event_tweets"): [5, 50, 40, 5]}
    >>> round(net_counted(counts).raw, 2)
    0.74
    """
    for language, _ in counts:
        if language not in SUPPORTED:
            raise ValueError(f"no model for {language!r}")
    table = np.array([list(row) for row in counts.values()], dtype=np.float64).reshape(-1, len(OUTCOMES))
    total = table.sum()
    if not total:
        return net(np.zeros(len(OUTCOMES)), np.ones((len(CLASSES), len(OUTCOMES))))
    seen, weights = [], []
    for (language, kind), row in zip(counts, table, strict=True):
        held = _held(language, models)
        known = [number for number, name in enumerate(held.model.kinds) if name == kind]
        places = known or list(range(len(held.model.kinds)))
        seen.append(held.confusion[places])
        weights.append(np.full(len(places), row.sum() / total / len(places)))
    return net(table.sum(axis=0), blended(np.concatenate(seen), np.concatenate(weights)))


@cache
def builtin(language: str) -> Sentiment:
    """The model that ships for `tr` or `en`."""
    held = files("scoring.sentiment.data")
    card = msgspec.json.decode(held.joinpath(f"sentiment_{language}.json").read_bytes(), type=Card)
    return Sentiment(load(held.joinpath(f"sentiment_{language}.npz").read_bytes()), card)


def opened(weights: bytes, card: bytes) -> Sentiment:
    """A model that `elci train sentiment` wrote. Raises: BadModel."""
    try:
        return Sentiment(load(weights), msgspec.json.decode(card, type=Card))
    except msgspec.DecodeError as error:
        raise BadModel(f"no card of a sentiment model: {error}") from error


def _held(language: str, models: Mapping[str, Sentiment] | None) -> Sentiment:
    return (models or {}).get(language) or builtin(language)


def _languages(texts: Sequence[str], given: Sequence[str | None] | None) -> tuple[tuple[str, ...], Floats]:
    said = [_primary(name) for name in given] if given is not None else [None] * len(texts)
    asked = [place for place, name in enumerate(said) if name is None]
    found = detect([texts[place] for place in asked])
    confidence = np.ones(len(texts))
    confidence[asked] = found.confidence
    names = dict(zip(asked, found.languages, strict=True))
    return tuple(name or names[place] for place, name in enumerate(said)), confidence


def _primary(name: str | None) -> str | None:
    """The language of a tag (BCP 47); `und` says nothing."""
    first = (name or "").strip().lower().replace("_", "-").split("-")[0]
    if first in ("", "und", "unknown", "mul", "zxx"):
        return None
    first = {"tur": "tr", "turkish": "tr", "eng": "en", "english": "en"}.get(first, first)
    return first if first in SUPPORTED else "other"


def _model_for(language: str, reading: Reading) -> str | None:
    if reading.empty:
        return None
    if language == UNKNOWN:
        return _FACES if not _spoken(reading.words) else None
    return language if language in SUPPORTED else None


def _spoken(words: Iterable[str]) -> bool:
    return any(char.isalpha() for word in words for char in word)
