"""Rule packs: what a market asks of posts that were paid for, as data. README.md has the format.

A pack is checked when it is read: an unknown field, a phrase that can't be read or a rule without words in
both languages is refused with its place.
"""

import functools
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import Meta, Struct

from scoring.folding import fold_tr
from service.mentions.disclosure.phrases import Phrase, parse
from service.mentions.disclosure.tokens import squashed

Market = Annotated[str, Meta(pattern=r"^[A-Z]{2}$(?!\n)", description="ISO 3166-1, or EU", examples=["TR"])]
PackId = Annotated[str, Meta(pattern=r"^[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?$(?!\n)", examples=["tr-2021"])]
LocalId = Annotated[str, Meta(pattern=r"^[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?$(?!\n)")]
Text = Annotated[str, Meta(min_length=1, max_length=2_000)]
PhraseText = Annotated[str, Meta(min_length=2, max_length=600)]
Field = Literal["text", "title", "description", "transcript"]
Fact = Literal["filters_used", "ai_likeness"]
FOLDER = Path(__file__).parent / "packs"
LARGEST = 256_000


class Bilingual(Struct, frozen=True, forbid_unknown_fields=True):
    """The same in both languages."""

    tr: Text
    en: Text


class AdLabel(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What makes clear that a post was paid for: a hashtag or a sentence, `tag` or `phrase`.

    `at: start`: only as the first words; `followed_by`: and only before one of these characters, a line's or
    the text's end. `markets`, `platforms`: only there. `gift`: it says that something was given.
    """

    id: LocalId
    tag: Annotated[str, Meta(min_length=1, max_length=60)] | None = None
    phrase: PhraseText | None = None
    at: Literal["anywhere", "start"] = "anywhere"
    followed_by: Annotated[str, Meta(max_length=20)] | None = None
    markets: Annotated[list[Market], Meta(max_length=40)] | None = None
    platforms: Annotated[list[str], Meta(max_length=20)] | None = None
    gift: bool = False


class ForbiddenClaim(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What may not be said: one of `phrases`, unless one of `unless` stands anywhere.

    `only_with: gift`: only in a post that says something was given. `when`: only where the sender says so;
    without phrases that alone is enough.
    """

    id: LocalId
    text: Bilingual
    phrases: Annotated[list[PhraseText], Meta(max_length=200)] = []
    unless: Annotated[list[PhraseText], Meta(max_length=200)] = []
    only_with: Literal["gift"] | None = None
    when: Fact | None = None


class PackChecks(Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked of a label. `tags_before`: so many other hashtags before it bury it.

    `video`, `podcast`: the fields in which the label may stand; all but the title count at their start only.
    """

    advertiser: Literal["once", "each_part"] | None
    fold: bool
    tags_before: Annotated[int, Meta(ge=1, le=100)] | None
    each_frame: bool
    video: Annotated[list[Field], Meta(min_length=1, max_length=4)]
    podcast: Annotated[list[Field], Meta(min_length=1, max_length=4)]


class Pack(Struct, frozen=True, forbid_unknown_fields=True):
    """The rules of a market from a day to a day (`valid_to`: the first day without them) in `timezone`.

    Without `valid_from` a pack is a draft, and not in force. `void_before`, `void_after`: words that take a
    label back ("not an ad").
    """

    id: PackId
    version: Annotated[int, Meta(ge=1, le=10_000)]
    title: Bilingual
    markets: Annotated[list[Market], Meta(min_length=1, max_length=60)]
    platforms: Annotated[list[str], Meta(max_length=20)] | None
    source: Text
    published_on: date
    valid_from: date | None
    valid_to: date | None
    timezone: Text
    labels: Annotated[list[AdLabel], Meta(min_length=1, max_length=500)]
    checks: PackChecks
    claims: Annotated[list[ForbiddenClaim], Meta(max_length=100)] = []
    not_enough: Annotated[list[AdLabel], Meta(max_length=200)] = []
    void_before: Annotated[list[PhraseText], Meta(max_length=50)] = []
    void_after: Annotated[list[PhraseText], Meta(max_length=50)] = []
    void_after_tag: Annotated[list[PhraseText], Meta(max_length=50)] = []

    def in_force(self, at: datetime) -> bool:
        """Whether it is the law on the day of a moment, where it is the law."""
        day = at.astimezone(ZoneInfo(self.timezone)).date()
        begun = self.valid_from is not None and self.valid_from <= day
        return begun and (self.valid_to is None or day < self.valid_to)


class PackError(ValueError):
    """A pack that can't be used; the message names the file, the place and what is wrong."""


def read(raw: bytes, name: str) -> Pack:
    """A pack of its JSON. Raises PackError."""
    if len(raw) > LARGEST:
        raise PackError(f"{name}: holds more than {LARGEST} bytes")
    try:
        pack = msgspec.json.decode(raw, type=Pack)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise PackError(f"{name}: {error}") from error
    if faults := _faults(pack):
        raise PackError(f"{name}: " + "; ".join(faults))
    return pack


def _faults(pack: Pack) -> list[str]:
    found = []
    try:
        ZoneInfo(pack.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        found.append(f"timezone: {pack.timezone!r} is no IANA zone")
    if pack.valid_to and (pack.valid_from is None or pack.valid_from >= pack.valid_to):
        found.append("valid_to: has to lie after valid_from")
    for path, labels in (("labels", pack.labels), ("not_enough", pack.not_enough)):
        for at, label in enumerate(labels):
            found += [f"{path}[{at}].{fault}" for fault in _label_faults(label)]
    for path, texts in _phrase_lists(pack):
        for at, text in enumerate(texts):
            if fault := _phrase_fault(text):
                found.append(f"{path}[{at}]: {fault}")
    for at, claim in enumerate(pack.claims):
        if not claim.phrases and claim.when is None:
            found.append(f"claims[{at}]: needs phrases or when")
    for path, names in (
        ("labels", [one.id for one in pack.labels]),
        ("claims", [one.id for one in pack.claims]),
    ):
        if twice := sorted({name for name in names if names.count(name) > 1}):
            found.append(f"{path}: {', '.join(twice)} more than once")
    return found


def _phrase_lists(pack: Pack) -> Iterable[tuple[str, list[str]]]:
    for name in ("void_before", "void_after", "void_after_tag"):
        yield name, getattr(pack, name)
    for at, claim in enumerate(pack.claims):
        yield f"claims[{at}].phrases", claim.phrases
        yield f"claims[{at}].unless", claim.unless


def _label_faults(label: AdLabel) -> list[str]:
    if (label.tag is None) == (label.phrase is None):
        return ["id: needs either a tag or a phrase"]
    if label.tag is not None:
        told = "is not written folded, without #" if squashed(fold_tr(label.tag)) != label.tag else None
        return [f"tag: {label.tag!r} {told}"] if told else []
    fault = _phrase_fault(label.phrase or "")
    return [f"phrase: {fault}"] if fault else []


def _phrase_fault(text: str) -> str | None:
    try:
        parse(text)
    except ValueError as error:
        return str(error)
    return None


def load(folders: Sequence[Path]) -> tuple[Pack, ...]:
    """The packs of all folders, the newest version of each. Raises PackError, also for a version twice."""
    found: dict[str, Pack] = {}
    for folder in folders:
        for file in sorted(folder.glob("*.json")) if folder.is_dir() else []:
            pack = read(file.read_bytes(), file.name)
            known = found.get(pack.id)
            if known is not None and known.version == pack.version and known != pack:
                raise PackError(f"{file.name}: {pack.id} has a version {pack.version} already; raise it")
            if known is None or known.version < pack.version:
                found[pack.id] = pack
    return tuple(found[name] for name in sorted(found))


@functools.cache
def built_in() -> tuple[Pack, ...]:
    """The packs that come along."""
    return load((FOLDER,))


def choose(packs: Iterable[Pack], market: str, platform: str, at: datetime) -> Pack | None:
    """The pack that judges a post of a moment: a market's own before a wider one, then the newest rules."""
    fitting = [
        pack
        for pack in packs
        if market in pack.markets
        and (pack.platforms is None or platform in pack.platforms)
        and pack.in_force(at)
    ]
    return max(fitting, key=_precedence, default=None)


def _precedence(pack: Pack) -> tuple[int, bool, date, str]:
    return -len(pack.markets), pack.platforms is not None, pack.valid_from or date.min, pack.id


def markets(packs: Iterable[Pack]) -> list[str]:
    """All markets that some pack knows, in force or not."""
    return sorted({market for pack in packs for market in pack.markets})


class Compiled(Struct, frozen=True):
    """A pack made ready to be looked for: labels by tag and phrases by the letters of their anchors."""

    tags: dict[str, AdLabel]
    phrases: dict[str, list[tuple[Phrase, AdLabel]]]
    weak_tags: dict[str, AdLabel]
    weak_phrases: dict[str, list[tuple[Phrase, AdLabel]]]
    claims: list[tuple[ForbiddenClaim, dict[str, list[Phrase]], dict[str, list[Phrase]]]]
    void_before: tuple[Phrase, ...]
    void_after: tuple[Phrase, ...]
    void_after_tag: tuple[Phrase, ...]


@functools.lru_cache(maxsize=256)
def _compiled(raw: bytes, market: str, platform: str) -> Compiled:
    pack = msgspec.msgpack.decode(raw, type=Pack)
    strong, weak = (
        [label for label in labels if _holds(label, market, platform)]
        for labels in (pack.labels, pack.not_enough)
    )
    return Compiled(
        tags={label.tag: label for label in strong if label.tag},
        phrases=_by_key((parse(label.phrase), label) for label in strong if label.phrase),
        weak_tags={label.tag: label for label in weak if label.tag},
        weak_phrases=_by_key((parse(label.phrase), label) for label in weak if label.phrase),
        claims=[(claim, by_key(claim.phrases), by_key(claim.unless)) for claim in pack.claims],
        void_before=tuple(map(parse, pack.void_before)),
        void_after=tuple(map(parse, pack.void_after)),
        void_after_tag=tuple(map(parse, pack.void_after_tag)),
    )


def compiled(pack: Pack, market: str, platform: str) -> Compiled:
    """A pack made ready for a market and platform; made once."""
    return _compiled(_raw(pack), market, platform)


_RAWS: dict[int, tuple[Pack, bytes]] = {}


def _raw(pack: Pack) -> bytes:
    kept = _RAWS.get(id(pack))
    if kept is None or kept[0] is not pack:
        if len(_RAWS) > 1_000:
            _RAWS.clear()
        kept = _RAWS[id(pack)] = (pack, msgspec.msgpack.encode(pack))
    return kept[1]


def _holds(label: AdLabel, market: str, platform: str) -> bool:
    return (label.markets is None or market in label.markets) and (
        label.platforms is None or platform in label.platforms
    )


def _by_key(pairs: Iterable[tuple[Phrase, AdLabel]]) -> dict[str, list[tuple[Phrase, AdLabel]]]:
    found: dict[str, list[tuple[Phrase, AdLabel]]] = {}
    for phrase, label in pairs:
        for key in sorted(phrase.keys):
            found.setdefault(key, []).append((phrase, label))
    return found


def by_key(texts: Iterable[str]) -> dict[str, list[Phrase]]:
    """Phrases by the first two letters of their anchors."""
    found: dict[str, list[Phrase]] = {}
    for phrase in map(parse, texts):
        for key in sorted(phrase.keys):
            found.setdefault(key, []).append(phrase)
    return found
