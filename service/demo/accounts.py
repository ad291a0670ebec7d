"""A made-up person's accounts: which platforms, how they grew, what they ask for."""

from datetime import date, timedelta
from math import exp
from random import Random

from service.demo import figures
from service.demo.audiences import audience, sample_size
from service.demo.people import Person
from service.demo.posts import Page, posts
from service.demo.records import Account, Snapshot

PLATFORMS = ("instagram", "tiktok", "youtube", "x")
_SHARES = {
    "technology": (3, 2, 5, 2),
    "gaming": (2, 3, 6, 1),
    "finance": (3, 1, 3, 5),
    "sports": (4, 2, 2, 5),
}
_USUAL = (11, 5, 3, 1.5)
# Days between two snapshots: two earlier exports and the sample's own date.
SNAPSHOT_AGES = (60, 30, 0)
_RATE_FORMATS = {
    "instagram": {"post": 1.0, "story": 0.4, "reel": 1.3},
    "tiktok": {"video": 0.9},
    "youtube": {"video": 1.8},
    "x": {"post": 0.5},
}


def platforms(rng: Random, person: Person) -> list[str]:
    """One to three platforms, the main one first."""
    weights = list(_SHARES.get(person.topics[0].code, _USUAL))
    wanted = rng.choices((1, 2, 3), (72, 21, 7))[0]
    chosen: list[str] = []
    for _ in range(wanted):
        platform = rng.choices(PLATFORMS, weights)[0]
        weights[PLATFORMS.index(platform)] = 0
        chosen.append(platform)
    return chosen


def make_account(
    rng: Random, person: Person, platform: str, handle: str, size: float, as_of: date, bought: bool
) -> Account:
    """The account as it stood on `as_of`, with the 90 days before."""
    followers = figures.followers(rng, platform, size)
    jump = rng.uniform(1.6, 3.5) if bought else 1.0
    known = rng.random() < 0.85
    return Account(
        platform=platform,
        handle=handle,
        verified=rng.random() < _verified(followers),
        snapshots=_snapshots(rng, followers, jump, as_of),
        posts=posts(rng, Page(person, platform, followers, figures.level(rng, 1 / jump)), as_of),
        audience=audience(rng, person, bought) if known else (),
        sample_size=sample_size(rng, followers),
        rates=_rates(rng, platform, followers),
    )


def _snapshots(rng: Random, followers: int, jump: float, as_of: date) -> tuple[Snapshot, ...]:
    """Slow growth to today's number; bought followers come at once, before the last snapshot."""
    monthly = 1 + rng.gauss(0.015, 0.015)
    before = max(int(followers / jump / monthly), 100)
    counts = (max(int(before / monthly), 100), before, followers)
    following = int(500 * exp(rng.gauss(0, 0.8)) * (6 if jump > 1 else 1))
    posted = int(450 * exp(rng.gauss(0, 0.8))) + 20
    return tuple(
        Snapshot(as_of - timedelta(days=age), count, following, posted - 5 * at)
        for at, age, count in zip((2, 1, 0), SNAPSHOT_AGES, counts, strict=True)
    )


def _verified(followers: int) -> float:
    return 0.7 if followers > 500_000 else 0.3 if followers > 100_000 else 0.05 if followers > 20_000 else 0.0


def _rates(rng: Random, platform: str, followers: int) -> dict[str, int]:
    """Whole lira in steps of 250, for the third that names a price."""
    if rng.random() > 0.35:
        return {}
    price = followers * 0.27 * exp(rng.gauss(0, 0.35))
    return {format: max(int(price * part / 250), 2) * 250 for format, part in _RATE_FORMATS[platform].items()}
