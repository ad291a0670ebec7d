"""Made-up profiles for measuring: names, fields, places and figures as unevenly spread as real ones.

The search's own pure function makes rows of them, so what is measured is the table that a workspace has.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from random import Random
from uuid import UUID

from service.discovery.index.rows import Account, Details, Person

NOW = datetime(2026, 11, 21, tzinfo=UTC)
PLATFORMS = ("instagram", "tiktok", "youtube", "x", "facebook", "linkedin", "pinterest", "twitch")
COUNTRIES = ("TR", "US", "IN", "BR", "DE", "GB", "FR", "ID", "ES", "IT", "AE", "NL", "JP", "MX", "NG")
LANGUAGES = {"TR": "tr", "DE": "de", "FR": "fr", "BR": "pt", "ES": "es", "MX": "es", "IT": "it", "JP": "ja"}
_SYLLABLES = re.findall(
    r"\w+",
    "ay le me rı el ze nep can su deniz ka ra öz gü neş ba rış ce ren tu ğçe mir na li sa şe yıl dız",
)
_STEMS = re.findall(
    r"\w+",
    "moda güzellik spor yemek gezi oyun teknoloji müzik anne bebek sanat dans kitap doğa araba sağlık",
)


class Spread:
    """Draws from values of which the first is the most frequent (Zipf's law)."""

    def __init__(self, values: "tuple[str, ...] | list[str]", exponent: float = 1.0) -> None:
        self.values = values
        self.weights = list(accumulate(1 / rank**exponent for rank in range(1, len(values) + 1)))

    def draw(self, rng: Random) -> str:
        """One value."""
        return rng.choices(self.values, cum_weights=self.weights)[0]


class World:
    """The words that profiles are made of."""

    def __init__(self, rng: Random) -> None:
        self.firsts = Spread(_words(rng, 2000, 2, 3), 0.8)
        self.lasts = Spread(_words(rng, 8000, 2, 4), 0.6)
        self.words = Spread(_words(rng, 20000, 1, 4), 0.9)
        self.categories = Spread([*_STEMS, *(f"{stem} {n}" for n in range(2, 14) for stem in _STEMS)], 0.9)
        self.tags = Spread(_words(rng, 400, 2, 3), 1.0)
        self.hashtags = Spread(_words(rng, 5000, 2, 4), 1.0)
        self.platforms = Spread(PLATFORMS, 1.0)
        self.countries = Spread(COUNTRIES, 1.1)
        self.cities = {
            country: Spread([f"{country}-{n:02}" for n in range(1, 60)], 0.9) for country in COUNTRIES
        }


def _words(rng: Random, count: int, least: int, most: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(rng.choice(_SYLLABLES) for _ in range(rng.randint(least, most)))] = None
    return list(found)


def profiles(count: int, seed: int = 1) -> Iterator[tuple[Person, list[Account], dict[UUID, Details]]]:
    """So many influencers with accounts and details; equal seeds give equal profiles."""
    rng = Random(seed)  # noqa: S311 - nothing is kept secret by it
    world = World(rng)
    for number in range(count):
        person = _person(rng, world, number)
        accounts = [_account(rng, world, person) for _ in range(rng.choices((1, 2, 3), (75, 20, 5))[0])]
        yield person, accounts, {account.id: _details(rng, world, person, account) for account in accounts}


def _id(rng: Random, number: int) -> UUID:
    # A UUIDv7: the time in front, random behind.
    return UUID(
        int=(1_790_000_000_000 + number) << 80 | 7 << 76 | rng.getrandbits(12) << 64 | rng.getrandbits(64)
    )


def _person(rng: Random, world: World, number: int) -> Person:
    country = world.countries.draw(rng)
    categories = list(dict.fromkeys(world.categories.draw(rng) for _ in range(rng.choice((1, 1, 2)))))
    words = [world.words.draw(rng) for _ in range(rng.randint(4, 16))]
    return Person(
        id=_id(rng, number),
        name=f"{world.firsts.draw(rng)} {world.lasts.draw(rng)}".title(),
        country=country if rng.random() < 0.9 else None,
        city=world.cities[country].draw(rng) if rng.random() < 0.6 else None,
        languages=[LANGUAGES.get(country, "en")],
        categories=categories,
        tags=[world.tags.draw(rng)] if rng.random() < 0.2 else [],
        bio=" ".join([*words, *categories]),
        has_email=rng.random() < 0.4,
    )


def _account(rng: Random, world: World, person: Person) -> Account:
    first, _, last = person.name.partition(" ")
    handle = rng.choice(
        (f"{first}{last}", f"{first}.{last}", f"{first}_{world.words.draw(rng)}", last + first[:2])
    )
    followers = int(1000 * rng.paretovariate(0.8)) if rng.random() < 0.98 else None
    rate = min(0.6, rng.lognormvariate(-3.6, 0.8))
    views = (followers or 0) * rng.uniform(0.05, 0.6)
    return Account(
        influencer_id=person.id,
        id=_id(rng, rng.getrandbits(20)),
        platform=world.platforms.draw(rng),
        handle=f"{handle}{rng.randrange(1000)}".lower(),
        name=None,
        verified=rng.random() < 0.05,
        followers=min(followers, 10**9) if followers else None,
        avg_views=round(views) if rng.random() < 0.7 else None,
        engagement_rate=round(rate, 5) if rng.random() < 0.8 else None,
        last_post_at=NOW - timedelta(hours=rng.expovariate(1 / 400)) if rng.random() < 0.8 else None,
    )


def _details(rng: Random, world: World, person: Person, account: Account) -> Details:
    made = Details(hashtags=[world.hashtags.draw(rng) for _ in range(rng.randrange(4))])
    if account.followers and rng.random() < 0.5:
        earlier = round(account.followers / (1 + rng.gauss(0.02, 0.05)))
        made.history = [(NOW, account.followers), (NOW - timedelta(days=30), max(1, earlier))]
    if rng.random() < 0.3:
        share = round(rng.betavariate(4, 2), 3)
        young = round(rng.betavariate(3, 3), 3)
        made.audience = {
            f"country:{(person.country or 'TR').lower()}": share,
            "gender:female": round(rng.random(), 3),
            "age:18-24": young,
            "age:25-34": round(1 - young, 3),
        }
    if rng.random() < 0.3:
        made.prices = {"TRY": int(100 * rng.paretovariate(0.9)) * 100}
    return made
