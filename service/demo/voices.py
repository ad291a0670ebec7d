"""What the made-up mentions are made of (data/voices.json), read once."""

from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct


class Voiced(Struct, frozen=True):
    """A brand: how it is listened for, how much is said of it, and how (positive, neutral, negative).

    forms: its name as sentences need it, by the slots of phrases.
    """

    name: str
    query: str
    an_hour: float
    tones: tuple[float, float, float]
    forms: dict[str, str]


class Place(Struct, frozen=True):
    """Where something is said."""

    platform: str
    kind: str
    site: str | None
    weight: float


class Phrases(Struct, frozen=True):
    """Sentences of a language by what they mean; `both` names two brands, `crisis` is of one day alone."""

    things: tuple[str, ...]
    openers: tuple[str, ...]
    tails: tuple[str, ...]
    positive: tuple[str, ...]
    neutral: tuple[str, ...]
    negative: tuple[str, ...]
    both: tuple[str, ...]
    crisis: tuple[str, ...]

    def of(self, tone: str) -> tuple[str, ...]:
        """The sentences of a tone."""
        found: tuple[str, ...] = getattr(self, tone)
        return found


class Voices(Struct, frozen=True):
    """All of it. hours: of the day in Türkiye, weekdays: from Monday on, by how much is said in them."""

    brands: tuple[Voiced, ...]
    places: tuple[Place, ...]
    hours: tuple[float, ...]
    weekdays: tuple[float, ...]
    english: float
    tr: Phrases
    en: Phrases


@cache
def voices() -> Voices:
    """The word list."""
    data = files("service.demo").joinpath("data", "voices.json").read_bytes()
    return msgspec.json.decode(data, type=Voices)
