"""Whom a made-up account reaches: top-N shares as vendors give them; a dimension may sum to less than 1."""

from collections.abc import Iterable, Iterator, Mapping
from heapq import nlargest
from math import exp, floor
from random import Random

from service.demo.people import Person
from service.demo.records import Share
from service.demo.words import cities

# Middle and width of each bracket, in years.
_AGES = {
    "13-17": (15.5, 5),
    "18-24": (21.5, 7),
    "25-34": (30, 10),
    "35-44": (40, 10),
    "45-54": (50, 10),
    "55-64": (60, 10),
    "65+": (70, 10),
}
_ABROAD = {"DE": 4.0, "AZ": 2.0, "NL": 1.2, "FR": 1.0, "US": 1.0, "GB": 0.8, "AT": 0.7, "BE": 0.5}
_BOUGHT_FROM = {"IN": 4.0, "BR": 3.0, "ID": 3.0, "BD": 2.0, "EG": 1.5, "PK": 1.5}


def audience(rng: Random, person: Person, bought: bool) -> tuple[Share, ...]:
    """The account's distributions by country, city, age, gender and interests; each sums to 1 at most."""
    home = _home_share(rng, person, bought)
    abroad = _BOUGHT_FROM if bought else _ABROAD
    return (
        *_shares("country", {"TR": home, **_normed(rng, abroad, 0.97 - home)}, 5),
        *_shares("city", _cities(rng, person, home), 8),
        *_shares("age", _ages(rng, person), 7),
        *_shares("gender", _genders(rng, person), 2),
        *_shares("interests", _interests(rng, person), 6),
    )


def sample_size(rng: Random, followers: int) -> int:
    """People looked at for the distributions: more for larger accounts."""
    return int(min(followers * 0.2, rng.uniform(300, 3_000)))


def _home_share(rng: Random, person: Person, bought: bool) -> float:
    middle = 0.38 if bought else 0.72 if "en" in person.languages else 0.88
    return min(max(rng.gauss(middle, 0.05), 0.2), 0.96)


def _cities(rng: Random, person: Person, home: float) -> dict[str, float]:
    own = person.city.code
    weights = {
        city.code: city.thousands**1.1 * rng.uniform(0.6, 1.4) * (4 if city.code == own else 1)
        for city in cities()
    }
    total = sum(weights.values())
    return {code: home * weight / total for code, weight in weights.items()}


def _ages(rng: Random, person: Person) -> dict[str, float]:
    middle = person.topics[0].peak_age + rng.gauss(0, 3)
    width = rng.uniform(7, 11)
    density = {
        code: years * exp(-(((age - middle) / width) ** 2) / 2) for code, (age, years) in _AGES.items()
    }
    return _normed(rng, density, 1)


def _genders(rng: Random, person: Person) -> dict[str, float]:
    leaning = 0.06 if person.gender == "female" else -0.06
    female = min(max(rng.gauss(person.topics[0].audience_female + leaning, 0.05), 0.04), 0.97)
    return {"female": female, "male": 1 - female}


def _interests(rng: Random, person: Person) -> dict[str, float]:
    weights = {code: 1.0 for topic in person.topics for code in topic.near}
    weights |= {"lifestyle": 0.8, "music": 0.7, "food": 0.6}
    weights |= {topic.code: weight for topic, weight in zip(person.topics, (4.5, 2.2), strict=False)}
    return _normed(rng, weights, rng.uniform(0.82, 0.95))


def _normed(rng: Random, weights: Mapping[str, float], total: float) -> dict[str, float]:
    shaken = {code: weight * rng.uniform(0.7, 1.3) for code, weight in weights.items()}
    factor = total / sum(shaken.values())
    return {code: weight * factor for code, weight in shaken.items()}


def _shares(dimension: str, found: Mapping[str, float], top: int) -> Iterator[Share]:
    """The `top` largest in descending order, cut to four digits (rounding could exceed 1), zeros left out."""
    largest: Iterable[tuple[str, float]] = nlargest(top, found.items(), key=lambda item: item[1])
    cut = ((code, floor(share * 10_000) / 10_000) for code, share in largest)
    return (Share(dimension, code, share) for code, share in cut if share > 0)
