"""The word lists the sample is made from (data/*.json), read once.

Cities: ISO 3166-2 code, name, thousands of inhabitants (rounded; address-based register of TurkStat, end of
2023).
"""

from functools import cache
from importlib.resources import files
from itertools import accumulate

import msgspec
from msgspec import Struct


class Names(Struct, frozen=True):
    """First names by gender, and last names."""

    female: tuple[str, ...]
    male: tuple[str, ...]
    last: tuple[str, ...]


class Topic(Struct, frozen=True):
    """A category: who makes it, who follows it, and what its bios and captions are made of."""

    code: str
    label: str
    weight: float
    female: float
    audience_female: float
    peak_age: int
    words: tuple[str, ...]
    near: tuple[str, ...]
    bios: tuple[str, ...]
    bios_en: tuple[str, ...]
    things: tuple[str, ...]
    lines: tuple[str, ...]
    tags: tuple[str, ...]
    sponsor: tuple[str, ...]


class City(Struct, frozen=True, array_like=True):
    """A province, by ISO 3166-2 code."""

    code: str
    name: str
    thousands: int


def _read(name: str) -> bytes:
    return files("service.demo").joinpath("data", name).read_bytes()


@cache
def names() -> Names:
    """All first and last names."""
    return msgspec.json.decode(_read("names.json"), type=Names)


@cache
def topics() -> tuple[Topic, ...]:
    """All categories."""
    return msgspec.json.decode(_read("topics.json"), type=tuple[Topic, ...])


@cache
def cities() -> tuple[City, ...]:
    """The 81 provinces."""
    return msgspec.json.decode(_read("cities.json"), type=tuple[City, ...])


@cache
def topic_weights() -> tuple[float, ...]:
    """Cumulative weights of `topics()`, as `random.choices` takes them."""
    return tuple(accumulate(topic.weight for topic in topics()))


@cache
def creator_city_weights() -> tuple[float, ...]:
    """Cumulative weights of `cities()` for creators, who crowd into large cities more than people do."""
    return tuple(accumulate(city.thousands**1.25 for city in cities()))
