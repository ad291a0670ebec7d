"""The made-up Turkish market: about 2,000 influencers on four platforms, equal for equal seed and date."""

from collections.abc import Iterator
from datetime import date
from random import Random

from service.demo.accounts import make_account, platforms
from service.demo.mentions import Circle
from service.demo.people import Person, contact, handle_for, make_person
from service.demo.records import Influencer

SIZE = 2_000
_SUSPICIOUS = 0.012


def influencers(as_of: date, size: int = SIZE, seed: int = 1923) -> Iterator[Influencer]:
    """`size` influencers one after the other, as they stood on `as_of`; no two accounts share a handle.

    >>> first, second = influencers(date(2025, 5, 19), size=2)
    >>> first == next(influencers(date(2025, 5, 19), size=1))
    True
    """
    taken: set[tuple[str, str]] = set()
    circle = Circle()
    for number in range(size):
        # Of a sequence of their own, so that who mentions whom decides nothing else.
        naming = Random(f"{seed}/{number}/mentions")  # noqa: S311 - a sample, not a secret
        yield _influencer(Random(f"{seed}/{number}"), naming, circle, as_of, taken)  # noqa: S311


def _influencer(
    rng: Random, naming: Random, circle: Circle, as_of: date, taken: set[tuple[str, str]]
) -> Influencer:
    person = make_person(rng)
    bought = rng.random() < _SUSPICIOUS
    email, agency = contact(rng, person.handle_base)
    size = rng.gauss(0, 1)
    accounts = tuple(
        make_account(rng, person, platform, _claim(rng, platform, person, taken), size, as_of, bought)
        for platform in platforms(rng, person)
    )
    accounts = tuple(circle.join(naming, account, person.topics) for account in accounts)
    return Influencer(
        name=person.name,
        gender=person.gender,
        city=person.city.code,
        city_name=person.city.name,
        languages=person.languages,
        categories=tuple(topic.code for topic in person.topics),
        bio=person.bio,
        email=email,
        agency=agency,
        accounts=accounts,
        bought=bought,
    )


def _claim(rng: Random, platform: str, person: Person, taken: set[tuple[str, str]]) -> str:
    handle = handle_for(rng, platform, person.handle_base, taken)
    taken.add((platform, handle))
    return handle
