"""Whether a post that was paid for says so as a rule pack asks: findings with their places. Pure."""

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec

from service.mentions.disclosure import advertisers, reading
from service.mentions.disclosure.packs import Compiled, Pack, compiled
from service.mentions.disclosure.reading import Found, Reading

Code = Literal[
    "MISSING",
    "ADVERTISER_NOT_NAMED",
    "BELOW_FOLD",
    "BURIED_IN_HASHTAGS",
    "FRAME_UNLABELLED",
    "FORBIDDEN_CLAIM",
]
Kind = Literal["post", "video", "podcast", "story"]
Verdict = Literal["ok", "possible_issue"]
_VIDEO_FORMATS = frozenset(("video", "reel", "short", "shorts", "live", "igtv", "vlog"))
_RULES = {
    "MISSING": "label",
    "ADVERTISER_NOT_NAMED": "advertiser",
    "BELOW_FOLD": "first-sight",
    "BURIED_IN_HASHTAGS": "among-hashtags",
    "FRAME_UNLABELLED": "each-frame",
}


@dataclass(frozen=True, slots=True)
class Post:
    """What is judged. `names`: the advertiser's, as given; none: whether it is named is not looked at."""

    platform: str
    market: str
    text: str = ""
    title: str = ""
    description: str = ""
    transcript: str = ""
    frames: tuple[str, ...] = ()
    format: str | None = None
    names: tuple[str, ...] = ()
    facts: frozenset[str] = frozenset()
    at: datetime | None = None

    @property
    def kind(self) -> Kind:
        if self.frames or self.format == "story":
            return "story"
        if self.platform == "podcast" or self.format == "podcast":
            return "podcast"
        parts = self.title or self.description or self.transcript
        return "video" if parts or self.format in _VIDEO_FORMATS or self.platform == "youtube" else "post"


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a field as it was sent, in code points; `index`: of a frame."""

    field: str
    index: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """`about`: the words that are meant, for the explanation; `hint` says which explanation fits."""

    code: Code
    rule_id: str
    place: Place | None
    hint: str = ""
    about: str = ""
    values: dict[str, str] = field(default_factory=dict)


@functools.cache
def folds() -> dict[str, dict[str, int | None]]:
    """How many characters people see of a field before they open it, by platform."""
    raw = (Path(__file__).parent / "platforms.json").read_bytes()
    return msgspec.json.decode(raw, type=dict[str, dict[str, int | None]])


def judge(post: Post, pack: Pack, abroad: Iterable[Pack] = ()) -> list[Finding]:
    """The findings of a post by a pack, in order; none: nothing to see.

    `abroad`: packs whose labels are recognised as those of another market, for the explanation alone.
    """
    ready = compiled(pack, post.market, post.platform)
    names = advertisers.names(post.names)
    parts = _parts(post, names)
    places = [one for one in parts if one.field in _fields(post, pack)]
    found = (
        _of_frames(post, pack, ready, parts)
        if post.frames and pack.checks.each_frame
        else _of_text(post, pack, ready, parts, places)
    )
    if found == [None]:
        found = [_missing(post, pack, ready, places or parts, abroad)]
    return [*[one for one in found if one], *_claims(post, pack, ready, parts)]


def _parts(post: Post, names: Sequence[str]) -> list[Reading]:
    single = [
        reading.read(name, None, text, names)
        for name in ("title", "text", "description", "transcript")
        if (text := getattr(post, name))
    ]
    return single + [reading.read("frames", at, text, names) for at, text in enumerate(post.frames)]


def _fields(post: Post, pack: Pack) -> Sequence[str]:
    """Where a label counts."""
    if post.kind == "podcast":
        heard = pack.checks.podcast
        # Without a transcript nobody can say what is heard: what is written is looked at.
        return heard if any(getattr(post, name) for name in heard) else pack.checks.video
    if post.kind == "video":
        return pack.checks.video
    return ("frames",) if post.frames else ("text", "title", "description")


def _of_text(
    post: Post, pack: Pack, ready: Compiled, parts: Sequence[Reading], places: Sequence[Reading]
) -> list[Finding | None]:
    labels = [label for part in places for label in reading.labels(part, ready)]
    if not labels:
        return [None]
    best = min(labels, key=lambda label: (len(_misplaced(post, pack, label)), label.of_other))
    found: list[Finding | None] = [*_misplaced(post, pack, best)]
    if pack.checks.advertiser and post.names and not _is_named(parts, best):
        found.append(_finding(pack, "ADVERTISER_NOT_NAMED", best, values={"advertiser": post.names[0]}))
    return found


def _is_named(parts: Iterable[Reading], label: Found) -> bool:
    """A sentence about somebody else's gift does not name the advertiser, wherever the name stands."""
    return not label.of_other and any(part.names_advertiser for part in parts)


def _misplaced(post: Post, pack: Pack, label: Found) -> list[Finding]:
    found = []
    fold = _fold(post, label.reading.field) if pack.checks.fold else None
    if fold is not None and label.reading.spelt.seen_before(label.end) > fold:
        hint = "start" if label.reading.field == "transcript" else ""
        found.append(_finding(pack, "BELOW_FOLD", label, hint, {"fold": str(fold)}))
    most = pack.checks.tags_before
    if most is not None and label.tags_before >= most:
        found.append(_finding(pack, "BURIED_IN_HASHTAGS", label, "", {"tags": str(label.tags_before)}))
    return found


def _fold(post: Post, name: str) -> int | None:
    if name in ("title", "frames") or post.kind == "story":
        return None
    return folds().get(post.platform, folds()["other"]).get(name)


def _of_frames(post: Post, pack: Pack, ready: Compiled, parts: Sequence[Reading]) -> list[Finding | None]:
    frames = [part for part in parts if part.field == "frames"]
    labels = {part.index: reading.labels(part, ready) for part in frames}
    if not any(labels.values()):
        return [None]
    found: list[Finding | None] = []
    for part in frames:
        if not labels[part.index]:
            found.append(_whole(pack, "FRAME_UNLABELLED", part))
            continue
        best = min(labels[part.index], key=lambda label: len(_misplaced(post, pack, label)))
        found += _misplaced(post, pack, best)
    return found + _unnamed_frames(post, pack, parts, [one for some in labels.values() for one in some])


def _unnamed_frames(
    post: Post, pack: Pack, parts: Sequence[Reading], labels: Sequence[Found]
) -> list[Finding]:
    values = {"advertiser": post.names[0] if post.names else ""}
    if not pack.checks.advertiser or not post.names:
        return []
    if pack.checks.advertiser == "each_part":
        frames = [part for part in parts if part.field == "frames" and not part.names_advertiser]
        return [_whole(pack, "ADVERTISER_NOT_NAMED", part, values) for part in frames]
    if any(_is_named(parts, label) for label in labels):
        return []
    return [_finding(pack, "ADVERTISER_NOT_NAMED", labels[0], values=values)]


def _missing(
    post: Post, pack: Pack, ready: Compiled, places: Sequence[Reading], abroad: Iterable[Pack]
) -> Finding:
    """No label; what stands in its place is shown where something does."""
    for part in places:
        if close := reading.weak(part, ready):
            return _finding(pack, "MISSING", close[0], "weak")
    for other in abroad:
        if post.market in other.markets:
            continue
        for part in places:
            if close := reading.labels(part, compiled(other, other.markets[0], post.platform)):
                return _finding(pack, "MISSING", close[0], "abroad", {"market": other.markets[0]})
    return Finding("MISSING", f"{pack.id}/label", None, values={"market": post.market})


def _claims(post: Post, pack: Pack, ready: Compiled, parts: Sequence[Reading]) -> list[Finding]:
    found = []
    gift = None
    for claim, phrases, unless in ready.claims:
        if claim.when is not None and claim.when not in post.facts:
            continue
        if claim.only_with == "gift":
            gift = _given(parts, ready) if gift is None else gift
            if not gift:
                continue
        if any(reading.first(part, unless) for part in parts):
            continue
        rule = f"{pack.id}/{claim.id}"
        if not phrases:
            found.append(Finding("FORBIDDEN_CLAIM", rule, None, "claim", values={"claim": claim.id}))
        elif placed := next(((part, at) for part in parts if (at := reading.first(part, phrases))), None):
            part, (start, end) = placed
            place = _place(part, start, end)
            about = part.spelt.text[place.start : place.end]
            found.append(Finding("FORBIDDEN_CLAIM", rule, place, "claim", about, {"claim": claim.id}))
    return found


def _given(parts: Iterable[Reading], ready: Compiled) -> bool:
    return any(label.label.gift for part in parts for label in reading.labels(part, ready))


def _finding(
    pack: Pack, code: Code, label: Found, hint: str = "", values: dict[str, str] | None = None
) -> Finding:
    place = _place(label.reading, label.start, label.end)
    return Finding(code, f"{pack.id}/{_RULES[code]}", place, hint, label.written, values or {})


def _whole(pack: Pack, code: Code, part: Reading, values: dict[str, str] | None = None) -> Finding:
    place = Place(part.field, part.index, 0, len(part.spelt.text))
    return Finding(code, f"{pack.id}/{_RULES[code]}", place, "frame", "", values or {})


def _place(part: Reading, start: int, end: int) -> Place:
    return Place(part.field, part.index, *part.spelt.span(start, end))
