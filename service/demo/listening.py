"""A made-up month of what people say of a coffee brand and two rivals, with one bad day.

Pure, and equal for equal authors, seed and day: each hour is drawn for itself, so that a later moment of the
day only adds to it. The levels are plausible round figures, not measurements. Counts are overdispersed, as
counts of mentions are.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from math import exp
from random import Random
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from scoring.spikes import turkish
from service.demo.voices import Phrases, Place, Voiced, voices
from service.demo.words import names
from service.kit.text import words

DAYS = 30
ZONE = ZoneInfo("Europe/Istanbul")
TONES = ("positive", "neutral", "negative")
HOUR = timedelta(hours=1)
# Of the bad day: its first hour, and how many mentions more there are in each from then on.
CRISIS_FROM, CRISIS = 11, (24, 38, 31, 22, 14)
_DISPERSION = 40  # k of the negative binomial
_BOTH = 0.05  # of the mentions name a rival too
_ASCII = 0.12  # of Turkish ones are typed without Turkish letters
_KNOWN = 0.03  # of those on their platforms are by known influencers
_SOURCE_SAYS, _SOURCE_RIGHT = 0.5, 0.85
_PEOPLE = 700
_ENDINGS = str.maketrans("çğıöşüÇĞİÖŞÜâ", "cgiosuCGIOSUa")


class Known(NamedTuple):
    """An influencer's account, who now and then says something too."""

    platform: str
    handle: str
    followers: int


Mention = dict[str, Any]  # as POST /v1/mentions takes it


def mentions(until: datetime, known: Sequence[Known] = (), seed: int = 1923) -> list[Mention]:
    """The thirty days before `until`, by time.

    >>> noon = datetime(2026, 3, 12, 9, tzinfo=UTC)
    >>> said = mentions(noon)
    >>> said == mentions(noon), said == mentions(noon + HOUR)[: len(said)], 2_500 < len(said) < 4_500
    (True, True, True)
    """
    today = until.astimezone(ZONE).date()
    bad = crisis_day(today)
    hour = datetime.combine(today - timedelta(days=DAYS), time(), ZONE).astimezone(UTC)
    made: list[Mention] = []
    while hour < until:
        drawn = [each for at in range(len(voices().brands)) for each in _hour(hour, at, known, bad, seed)]
        made += sorted(drawn, key=lambda each: (each["published_at"], each["native_id"]))
        hour += HOUR
    return [each for each in made if each["published_at"] < until.isoformat()]


def crisis_day(today: date) -> date:
    """The newest day, two days ago or earlier, on which the calendar has nothing: feasts are looked at with
    more patience.

    >>> crisis_day(date(2026, 3, 12)).isoformat(), crisis_day(date(2026, 11, 13)).isoformat()
    ('2026-03-10', '2026-11-09')
    """
    day = today - timedelta(days=2)
    while _has_event(day) and (today - day).days < DAYS // 2:
        day -= timedelta(days=1)
    return day


def _has_event(day: date) -> bool:
    start = datetime.combine(day, time(), ZONE)
    return bool(turkish(start, start + timedelta(days=1)))


def _hour(hour: datetime, at: int, known: Sequence[Known], bad: date, seed: int) -> Iterator[Mention]:
    """What is said of one brand in an hour; on the bad day more, and of one thing."""
    local, all_of = hour.astimezone(ZONE), voices()
    rng = Random(f"{seed}/{at}/{hour.isoformat()}")  # noqa: S311 - a sample, not a secret
    usual = all_of.hours[local.hour] * len(all_of.hours) / sum(all_of.hours)
    level = all_of.brands[at].an_hour * usual * all_of.weekdays[local.weekday()]
    tones = all_of.brands[at].tones
    for number in range(_count(rng, level)):
        yield _mention(rng, hour, (at, number), rng.choices(TONES, tones)[0], known)
    since = local.hour - CRISIS_FROM
    if at == 0 and local.date() == bad and 0 <= since < len(CRISIS):
        for number in range(CRISIS[since]):
            yield _mention(rng, hour, (at, 1_000 + number), "crisis", known)


def _mention(rng: Random, hour: datetime, key: tuple[int, int], tone: str, known: Sequence[Known]) -> Mention:
    all_of = voices()
    place = rng.choices(all_of.places, [each.weight for each in all_of.places])[0]
    language = "en" if rng.random() < all_of.english else "tr"
    native_id = f"{hour:%Y%m%d%H}-{key[0]}-{key[1]}"
    at = hour + timedelta(seconds=rng.randrange(3_600))
    made: Mention = {
        "source": "demo",
        "native_id": native_id,
        "platform": place.platform,
        "kind": place.kind,
        "language": language,
        "text": _text(rng, all_of.brands[key[0]], tone, language),
        "published_at": at.isoformat(),
        "observed_at": at.isoformat(),
        **_author(rng, place, [each for each in known if each.platform == place.platform]),
    }
    if place.site:
        made["url"] = f"https://{place.site}/{native_id}"
    if language == "tr":
        made["country"] = "TR"
    if place.kind == "review":
        made["stars"] = {"positive": 5, "neutral": 3, "negative": 2, "crisis": 1}[tone]
    if rng.random() < _SOURCE_SAYS:
        meant = "negative" if tone == "crisis" else tone
        made["sentiment"] = meant if rng.random() < _SOURCE_RIGHT else rng.choice(TONES)
    return made


def _text(rng: Random, brand: Voiced, tone: str, language: str) -> str:
    phrases: Phrases = voices().tr if language == "tr" else voices().en
    two = tone == "neutral" and rng.random() < _BOTH * 2.5
    other = rng.choice([each for each in voices().brands if each is not brand]).forms["b"]
    slots = {**brand.forms, "thing": rng.choice(phrases.things), "other": other}
    said = rng.choice(phrases.both if two else phrases.of(tone)).format(**slots)
    opener, tail = rng.choice(phrases.openers), rng.choice(phrases.tails).format(**slots)
    if tone == "crisis":  # nobody chats
        opener = tail = ""
    text = f"{opener}{said if opener else _capital(said, language)}{tail}"
    return text.translate(_ENDINGS) if language == "tr" and rng.random() < _ASCII else text


def _capital(text: str, language: str) -> str:
    return ("İ" if text[0] == "i" and language == "tr" else text[0].upper()) + text[1:]


def _author(rng: Random, place: Place, known: Sequence[Known]) -> Mention:
    """Who says it, to how many, and what comes back."""
    if known and rng.random() < _KNOWN:
        who = rng.choice(known)
        handle, followers = who.handle, who.followers
    else:
        handle, followers = _somebody(rng.randrange(_PEOPLE))
    said: Mention = {"author_handle": handle}
    if place.site is None:
        back = followers * min(exp(rng.gauss(-4.5, 0.9)), 0.3)
        said |= {"followers": followers, "likes": int(back), "comments": int(back * 0.06)}
        said["shares"] = int(back * 0.04)
    elif place.kind == "article":
        said["reach"] = int(exp(rng.gauss(7.5, 0.8)))
    return said


def _somebody(number: int) -> tuple[str, int]:
    """A person of the crowd, always with as many followers."""
    rng = Random(f"crowd/{number}")  # noqa: S311 - a sample, not a secret
    first = rng.choice(names().female + names().male)
    handle = "_".join(words(f"{first} {rng.choice(names().last)}"))
    return f"{handle}{number}", int(exp(rng.gauss(5.6, 1.2))) + 5


def _count(rng: Random, mean: float) -> int:
    """Negative binomial: Poisson about a level that varies itself.

    >>> rng = Random(1)
    >>> drawn = [_count(rng, 3.0) for _ in range(20_000)]
    >>> round(sum(drawn) / len(drawn), 1)
    3.0
    """
    bound, product, count = exp(-mean * rng.gammavariate(_DISPERSION, 1 / _DISPERSION)), rng.random(), 0
    while product > bound:
        product *= rng.random()
        count += 1
    return count
