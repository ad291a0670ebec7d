"""A generated file of influencers, as unevenly spread as real ones, with cells here and there that no column
can hold."""

import csv
from io import StringIO
from random import Random

HEADER = (
    "username",
    "full name",
    "platform",
    "followers",
    "following",
    "posts",
    "avg likes",
    "avg comments",
    "avg views",
    "country",
    "city",
    "category",
    "bio",
    "email",
)
WRONG_EVERY = 100
"""One row in so many can't be read, so that the way of errors is measured as well."""

_PLATFORMS = ("instagram", "tiktok", "youtube")
_CITIES = ("İstanbul", "Ankara", "İzmir", "Bursa", "Antalya", "Adana", "Konya")
_CATEGORIES = ("Beauty", "Food", "Travel", "Sports", "Gaming", "Fashion", "Family")
_FIRST = ("Ayşe", "Mehmet", "Zeynep", "Can", "Elif", "Emre", "İrem", "Ömer", "Deniz", "Işıl")
_LAST = ("Yılmaz", "Kaya", "Demir", "Şahin", "Çelik", "Öztürk", "Aydın", "Güneş")
_WORDS = [
    "moda",
    "yemek",
    "gezi",
    "spor",
    "oyun",
    "makyaj",
    "anne",
    "kitap",
    "müzik",
    "dans",
    "doğa",
    "kahve",
    "sinema",
    "teknoloji",
    "tarif",
]


def influencers(count: int, seed: int) -> bytes:
    """CSV of so many accounts: always the same people, with other figures for another seed."""
    figures, people = Random(seed), Random(0)  # noqa: S311 - nothing is kept secret by them
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADER)
    writer.writerows(_row(number, people, figures) for number in range(count))
    return out.getvalue().encode()


def _row(number: int, people: Random, figures: Random) -> tuple[object, ...]:
    size = int(1000 * people.paretovariate(0.8))
    followers = int(size * figures.uniform(1.0, 1.1))
    name = f"{people.choice(_FIRST)} {people.choice(_LAST)}"
    bio = f"{name} | {' '.join(people.choices(_WORDS, k=8))}"
    likes = int(followers * figures.uniform(0.005, 0.06))
    return (
        f"person{number:07d}",
        name,
        _PLATFORMS[number % 3],
        "many" if number % WRONG_EVERY == WRONG_EVERY - 1 else followers,
        people.randrange(3_000),
        people.randrange(5_000),
        likes,
        likes // 20,
        int(followers * figures.uniform(0.05, 0.6)),
        "Türkiye",
        people.choice(_CITIES),
        people.choice(_CATEGORIES),
        bio,
        f"person{number}@mail.example",
    )
