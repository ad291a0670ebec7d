"""What a made-up account posted in the 90 days before the sample's date."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import NamedTuple

from service.demo import figures
from service.demo.people import Person
from service.demo.records import Post
from service.demo.words import Topic

_DAYS = 90
# Hours of the day in Turkey (UTC+3) by how much is posted in them: noon and the evening.
_HOURS = (1, 1, 0, 0, 0, 0, 1, 3, 4, 5, 5, 6, 9, 8, 6, 6, 7, 9, 12, 14, 16, 15, 10, 5)
_FORMATS = {
    "instagram": (("image", 4), ("carousel", 3), ("reel", 4)),
    "tiktok": (("video", 1),),
    "youtube": (("video", 7), ("short", 3)),
    "x": (("text", 6), ("image", 4)),
}
_ASIDES = ("", "", " Siz ne dersiniz?", " Yorumlarda buluşalım.", " Kaydetmeyi unutmayın.", " 🙏", " ✨")
_SPONSORED_FACTOR = 0.72


class Page(NamedTuple):
    """Whose posts they are, and how the account usually does."""

    person: Person
    platform: str
    followers: int
    own: figures.Level


def posts(rng: Random, page: Page, until: date) -> tuple[Post, ...]:
    """About 15 posts, oldest first; who is followed enough now and then posts for a brand."""
    wanted = rng.randint(11, 19) if rng.random() > 0.04 else rng.randint(2, 4)
    paid = rng.uniform(0.05, 0.25) if page.followers > 5_000 and rng.random() < 0.6 else 0.0
    hidden = 0.5 if page.platform == "instagram" and rng.random() < 0.04 else 0.01
    days = sorted((rng.randrange(_DAYS) for _ in range(wanted)), reverse=True)
    return tuple(
        _post(rng, page, _moment(rng, until, day), rng.random() < paid, rng.random() < hidden) for day in days
    )


def _post(rng: Random, page: Page, at: datetime, sponsored: bool, hidden: bool) -> Post:
    kinds = _FORMATS[page.platform]
    format = rng.choices([kind for kind, _ in kinds], [weight for _, weight in kinds])[0]
    seen = figures.counts(rng, page.platform, format, page.followers, page.own)
    seen = figures.scaled(seen, _SPONSORED_FACTOR) if sponsored else seen
    caption, hashtags = _caption(rng, page.person, sponsored)
    return Post(
        platform_id=f"{page.platform[:2]}{rng.getrandbits(52):013x}",
        published_at=at,
        format=format,
        caption=caption,
        hashtags=hashtags,
        likes=None if hidden else seen.likes,
        views=seen.views,
        comments=seen.comments,
        shares=seen.shares,
        sponsored=sponsored,
    )


def _caption(rng: Random, person: Person, sponsored: bool) -> tuple[str, tuple[str, ...]]:
    topic: Topic = person.topics[-1] if rng.random() < 0.25 else person.topics[0]
    said = rng.choice(topic.lines).format(thing=rng.choice(topic.things), city=person.city.name)
    said = f"{_capital(said)}{rng.choice(_ASIDES)}"
    hashtags = tuple(rng.sample(topic.tags, rng.randint(2, 4)))
    if sponsored:
        said, hashtags = f"{said} @{rng.choice(topic.sponsor)}", ("işbirliği", *hashtags)
    return f"{said} {' '.join(f'#{tag}' for tag in hashtags)}", hashtags


def _capital(text: str) -> str:
    return ("İ" if text[0] == "i" else text[0].upper()) + text[1:]


def _moment(rng: Random, until: date, days_before: int) -> datetime:
    """A minute of that day in Turkey, three hours before UTC; all of them before the sample's date."""
    day = datetime.combine(until, time(), UTC) - timedelta(days=days_before + 1)
    hour = rng.choices(range(24), _HOURS)[0]
    return day + timedelta(hours=hour - 3, seconds=rng.randrange(3_600))
