"""Who the made-up influencer is: name, place, field, bio, contact, handles."""

from collections.abc import Set
from random import Random

from msgspec import Struct

from service.demo.words import City, Topic, cities, creator_city_weights, names, topic_weights, topics
from service.kit.text import fold_tr

_AGENCIES = ("Kuzey Ajans", "Martı Medya", "Yakamoz Influence", "Pusula İletişim", "Nar Yapım")


class Person(Struct, frozen=True):
    """A person before any account: the main category first."""

    name: str
    gender: str
    city: City
    topics: tuple[Topic, ...]
    languages: tuple[str, ...]
    bio: str
    handle_base: str


def make_person(rng: Random) -> Person:
    """One person; equal seeds give equal people."""
    main = rng.choices(topics(), cum_weights=topic_weights())[0]
    gender = "female" if rng.random() < main.female else "male"
    first = rng.choice(names().female if gender == "female" else names().male)
    last = rng.choice(names().last)
    city = rng.choices(cities(), cum_weights=creator_city_weights())[0]
    english = rng.random() < 0.12
    bio = rng.choice(main.bios_en if english and main.bios_en else main.bios).format(city=city.name)
    return Person(
        name=f"{first} {last}",
        gender=gender,
        city=city,
        topics=(main, *_second_topic(rng, main)),
        languages=("tr", "en") if english else ("tr",),
        bio=bio,
        handle_base=_handle(rng, _letters(first), _letters(last), rng.choice(main.words)),
    )


def handle_for(rng: Random, platform: str, base: str, taken: Set[tuple[str, str]]) -> str:
    """The base as this platform allows it, with a number behind it where somebody has it already."""
    handle = base
    if platform == "x":  # letters, digits and underscores, 15 at most
        handle = base.replace(".", "_")[:15]
    while (platform, handle) in taken:
        stem = handle.rstrip("0123456789")[:11]
        handle = f"{stem}{rng.randrange(1, 9999)}"
    return handle


def contact(rng: Random, base: str) -> tuple[str | None, str | None]:
    """E-mail and agency, None where the profile shows none."""
    agency = rng.choice(_AGENCIES) if rng.random() < 0.12 else None
    if agency:
        return f"{base}@{_letters(agency)}.example", agency
    return (f"iletisim@{base.strip('._')}.example", None) if rng.random() < 0.35 else (None, None)


def _second_topic(rng: Random, main: Topic) -> tuple[Topic, ...]:
    if rng.random() > 0.45:
        return ()
    code = rng.choice(main.near)
    return tuple(topic for topic in topics() if topic.code == code)


def _handle(rng: Random, first: str, last: str, word: str) -> str:
    patterns = (
        f"{first}{last}",
        f"{first}.{last}",
        f"{first}_{last}",
        f"{first}{last[0]}",
        f"{first}.{word}",
        f"{word}.{first}",
        f"{word}{first}",
        f"{first}ile{word}",
        f"{first}{last}{rng.randrange(1, 99)}",
        f"{last}{first}",
        f"{first}_{word}",
        f"the{first}{last}",
    )
    return rng.choices(patterns, weights=(9, 9, 6, 3, 8, 6, 4, 3, 5, 4, 5, 1))[0]


def _letters(text: str) -> str:
    return fold_tr(text).replace(" ", "")
