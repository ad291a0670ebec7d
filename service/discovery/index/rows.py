"""From a profile to its rows in the search tables: a pure function.

One row is one account, with what is known of its owner repeated, so that conditions on platform, followers
and views are met by one and the same account.
"""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from uuid import UUID

import msgspec
from msgspec import Struct

from service.discovery.index.growth import growth
from service.discovery.index.places import place_words
from service.discovery.search import labels
from service.discovery.search.text import as_one, terms, trigrams
from service.kit.text import fold_tr

LONGEST_NAME = 200
MOST_WORDS = 400
# Followers that are not known: below every number, so that such accounts come last.
UNKNOWN = -1
MOST_POST_WORDS = 800
MOST_HASHTAGS = 200


class Person(Struct, frozen=True):
    """An influencer as the search knows one."""

    id: UUID
    name: str
    country: str | None
    city: str | None
    languages: list[str]
    categories: list[str]
    tags: list[str]
    bio: str | None
    has_email: bool


class Account(Struct, frozen=True):
    """An account with its newest figures."""

    influencer_id: UUID
    id: UUID
    platform: str
    handle: str | None
    name: str | None
    verified: bool | None
    followers: int | None
    avg_views: float | None
    engagement_rate: float | None
    last_post_at: datetime | None


class Details(Struct):
    """What stands beside an account: its history, newest posts, newest audience and cheapest prices."""

    history: Sequence[tuple[datetime, int]] = ()
    captions: Sequence[str] = ()
    hashtags: Sequence[str] = ()
    audience: dict[str, float] | None = None
    prices: dict[str, int] | None = None


class SearchRow(Struct, frozen=True, array_like=True):
    """A row of `influencer_search`, its columns in order, between workspace_id and digest."""

    influencer_id: UUID
    account_id: UUID
    platform: str | None
    verified: bool
    siblings: int
    shuffle: int
    followers: int
    avg_views: float | None
    engagement_rate: float | None
    growth: float | None
    price: int | None
    currency: str
    cost_per_1000_views: float | None
    last_post_at: datetime | None
    name_key: str
    country: str | None
    city: str | None
    languages: list[str]
    has_email: bool
    categories: list[str]
    prices: dict[str, int] | None
    audience: dict[str, float] | None
    labels: list[str]
    name_tokens: str
    tokens: str
    post_tokens: str | None


class NamesRow(Struct, frozen=True, array_like=True):
    """A row of `influencer_names`, its columns in order, between workspace_id and digest."""

    influencer_id: UUID
    reach: int
    keys: list[str]
    trigrams: str


def search_rows(
    person: Person, accounts: Sequence[Account], details: dict[UUID, Details], currency: str
) -> list[SearchRow]:
    """The rows of one influencer: one an account, or a single one where there is none.

    `currency` is the workspace's: only prices in it are sorted by, because no other can be compared with it.
    """
    shared = _Shared(person, accounts)
    if not accounts:
        return [_row(shared, None, Details(), currency)]
    return [_row(shared, account, details.get(account.id, Details()), currency) for account in accounts]


def names_row(person: Person, accounts: Sequence[Account]) -> NamesRow:
    """What typing errors are looked up in: handles and names as one word, and the words of the names."""
    names, handles = _texts(person, accounts)
    cut = [_cut(text) for text in names]
    keys = {whole for _, whole in (*cut, *map(_cut, handles))} | {word for words, _ in cut for word in words}
    keys.discard("")
    pieces = {piece for key in keys for piece in trigrams(key)}
    reach = max((account.followers or 0 for account in accounts), default=0)
    return NamesRow(person.id, reach, sorted(keys), _vector(sorted(pieces)))


def digest(row: SearchRow | NamesRow) -> int:
    """A signed 64-bit digest: an unchanged row is not written again."""
    made = hashlib.blake2b(msgspec.msgpack.encode(row), digest_size=8).digest()
    return int.from_bytes(made, signed=True)


class _Shared:
    """What all rows of one influencer repeat."""

    def __init__(self, person: Person, accounts: Sequence[Account]) -> None:
        self.person = person
        self.siblings = max(1, len(accounts))
        # The last 31 bits of a UUIDv7 are random: rows in this order are a fair sample of people.
        self.shuffle = person.id.int & 0x7FFFFFFF
        self.name_key = fold_tr(person.name)[:LONGEST_NAME]
        self.name_tokens, self.tokens = _tokens(person, accounts)
        self.labels = _labels(person, accounts)


def _row(shared: _Shared, account: Account | None, details: Details, currency: str) -> SearchRow:
    person = shared.person
    price = (details.prices or {}).get(currency)
    views = account.avg_views if account else None
    return SearchRow(
        influencer_id=person.id,
        account_id=account.id if account else person.id,
        platform=account.platform if account else None,
        verified=bool(account and account.verified),
        siblings=shared.siblings,
        shuffle=shared.shuffle,
        followers=account.followers if account and account.followers is not None else UNKNOWN,
        avg_views=views,
        engagement_rate=account.engagement_rate if account else None,
        growth=growth(details.history),
        price=price,
        currency=currency,
        cost_per_1000_views=price / views * 1000 if price is not None and views else None,
        last_post_at=account.last_post_at if account else None,
        name_key=shared.name_key,
        country=person.country,
        city=person.city,
        languages=person.languages,
        has_email=person.has_email,
        categories=person.categories,
        prices=details.prices or None,
        audience=details.audience or None,
        labels=sorted({*shared.labels, *_account_labels(account, details)}),
        name_tokens=shared.name_tokens,
        tokens=shared.tokens,
        post_tokens=_post_tokens(details.captions),
    )


def _labels(person: Person, accounts: Sequence[Account]) -> set[str]:
    made = {labels.of("category", value) for value in person.categories}
    made |= {labels.of("tag", value) for value in person.tags}
    made |= {labels.of("city", person.city)} if person.city else set()
    names, handles = _texts(person, accounts)
    return made | {labels.named(whole) for _, whole in map(_cut, (*names, *handles)) if whole}


def _texts(person: Person, accounts: Sequence[Account]) -> tuple[list[str], list[str]]:
    """The names and the handles, each once."""
    names = [person.name, *(account.name for account in accounts if account.name)]
    return list(dict.fromkeys(names)), list(dict.fromkeys(a.handle for a in accounts if a.handle))


@lru_cache(maxsize=1_000)
def _cut(text: str) -> tuple[list[str], str]:
    """The words of a name or handle, and all of it as one word."""
    words = terms(text)
    return words, as_one(words)


def _account_labels(account: Account | None, details: Details) -> Iterable[str]:
    if account is None:
        return
    for hashtag in list(dict.fromkeys(details.hashtags))[:MOST_HASHTAGS]:
        yield labels.hashtag(hashtag)
    for key, share in (details.audience or {}).items():
        if share >= labels.LEAST_SHARE:
            yield labels.audience(key, share)


def _tokens(person: Person, accounts: Sequence[Account]) -> tuple[str, str]:
    """The words of names and handles, and all words: those of categories, tags, place and bio too."""
    named: dict[str, None] = {}
    for texts in _texts(person, accounts):
        for words, whole in map(_cut, texts):
            named.update(dict.fromkeys((*words, whole)))
    told = [word for text in (*person.categories, *person.tags) for word in terms(text)]
    bio = terms(person.bio or "")[:MOST_WORDS]
    place = place_words(person.country, person.city)
    return _vector(named), _vector(dict.fromkeys((*named, *told, *place, *bio)))


def _vector(words: Iterable[str]) -> str:
    """The literal of a tsvector without places."""
    return " ".join(f"'{word}'" for word in words if word)


def _post_tokens(captions: Sequence[str]) -> str | None:
    words: dict[str, None] = {}
    for caption in captions:
        words.update(dict.fromkeys(terms(caption)))
        if len(words) > MOST_POST_WORDS:
            break
    return _vector(list(words)[:MOST_POST_WORDS]) or None
