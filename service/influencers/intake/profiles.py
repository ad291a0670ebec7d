"""Files of influencers: one account a row, or a row with a column for each platform."""

from collections.abc import Sequence
from typing import Any

from service.imports.cells.prices import find_currency
from service.imports.cells.style import Style
from service.imports.cells.texts import read_url
from service.imports.cells.types import (
    AMOUNT,
    BOOLEAN,
    CITY,
    COUNT,
    COUNTRY,
    EMAIL,
    ID,
    LANGUAGES,
    LINE,
    LIST,
    LOCATION,
    LONG,
    PHONE,
    PRICE,
    RATE,
    CellType,
)
from service.imports.columns.header import Header
from service.imports.kinds import Field, Kind, Parsed, RowError
from service.imports.rejects import Unfit
from service.influencers.intake import who
from service.influencers.intake.rows import InfluencerRow, Rate
from service.influencers.urls import is_public
from service.kit.text import words


def _many(values: Sequence[Any]) -> bool:
    """Counts of engagements, not percentages."""
    ordered = sorted(values)
    return bool(ordered[len(ordered) // 2] > 40 or ordered[-1] > 1000)


def _public_url(value: Any, style: Style) -> str:
    url = read_url(value)
    if not is_public(url):
        raise Unfit("not_a_url")
    return url


_FORMATS = (
    ("story", ("story", "stories", "hikaye")),
    ("reel", ("reel", "reels")),
    ("short", ("short", "shorts")),
    ("live", ("live", "canli")),
    ("video", ("video", "youtube")),
)


def price_of(header: Header) -> str:
    """The format and the currency that a header puts a price on: `story:TRY`; `post:` where it says
    neither."""
    tokens = set(words(header.text))
    format = next((name for name, known in _FORMATS if not tokens.isdisjoint(known)), "post")
    return f"{format}:{find_currency(header.text) or ''}"


WEB = CellType("web", _public_url)

FIGURES = (
    Field("followers", COUNT, ("follower", "total follower"), scope_of=who.platform_of, bare=True),
    Field("following", COUNT, ("following", "total following"), scope_of=who.platform_of),
    Field("posts_count", COUNT, ("post", "total post"), scope_of=who.platform_of),
    Field("avg_views", AMOUNT, ("avg view", "view?"), below=10, scope_of=who.platform_of),
    Field("avg_likes", AMOUNT, ("avg like", "like?"), below=3, scope_of=who.platform_of),
    Field("avg_comments", AMOUNT, ("avg comment", "comment?"), below=3, scope_of=who.platform_of),
    Field("avg_shares", AMOUNT, ("avg share", "share?"), below=3, scope_of=who.platform_of),
    Field("avg_engagements", AMOUNT, ("avg engagement", "engagement"), scope_of=who.platform_of, suits=_many),
    Field(
        "avg_engagements_authentic",
        AMOUNT,
        ("authentic engagement", "avg authentic engagement"),
        scope_of=who.platform_of,
    ),
    Field(
        "engagement_rate",
        RATE,
        ("engagement rate", "avg engagement rate", "er", "eo", "engagement"),
        scope_of=who.platform_of,
    ),
)
PERSON = Field("person", ID, ("creator id", "creator number", "external id", "external number"))
"""Rows of one file that hold the same value here are accounts of one person."""

PRICES = Field("rates", PRICE, ("price", "price post", "price creator"), scope_of=price_of)
ABOUT = (
    Field("verified", BOOLEAN, ("verified",)),
    Field("country", COUNTRY, ("country",)),
    Field("city", CITY, ("city",)),
    Field("location", LOCATION, ("location",)),
    Field("languages", LANGUAGES, ("language",), many=True),
    Field("categories", LIST, ("category",), many=True),
    Field("tags", LIST, ("tag",), many=True),
    Field("bio", LONG, ("bio",)),
    Field("email", EMAIL, ("email", "contact")),
    Field("phone", PHONE, ("phone", "contact")),
    Field("agency", LINE, ("agency", "agency name")),
    Field("manager", LINE, ("manager", "manager name")),
    Field("avatar_url", WEB, ("avatar", "avatar link")),
    Field("notes", LONG, ("note",)),
    Field("audience_country", COUNTRY, ("audience country",)),
)
NOT_KEPT = (
    Field("tier", LINE, ("tier", "type"), kept=False),
    Field("score", ID, ("score", "score creator"), kept=False),
    Field("gender", LINE, ("gender",), kept=False),
    Field("age", ID, ("age",), kept=False),
    Field("total_views", AMOUNT, ("total view",), kept=False),
    Field("total_likes", AMOUNT, ("total like",), kept=False),
    Field("total_comments", AMOUNT, ("total comment",), kept=False),
    Field("total_engagements", AMOUNT, ("total engagement",), kept=False),
)


_TEXTS = (
    "person",
    "bio",
    "email",
    "phone",
    "agency",
    "manager",
    "avatar_url",
    "notes",
    "audience_country",
)


def assemble(parsed: Parsed) -> list[list[InfluencerRow] | RowError]:
    """The accounts of each row."""
    people = who.People(parsed, [field.name for field in FIGURES])
    made: list[list[InfluencerRow] | RowError] = [[] for _ in parsed.rows]
    about = _about(parsed)
    for scope in people.scopes:
        figures = zip(*(people.figures(field.name, scope) for field in FIGURES), strict=True)
        rows = zip(parsed.rows, people.of(scope), figures, about, strict=True)
        for accounts, (number, person, counted, rest) in zip(made, rows, strict=True):
            if person:
                accounts.append(InfluencerRow(number, *person, *counted, *rest))  # type: ignore[union-attr]
    return [accounts or RowError("no_identity") for accounts in made]


def _about(parsed: Parsed) -> list[tuple[Any, ...]]:
    """What belongs to the person, in the record's order."""
    column = parsed.column
    places = [place or (None, None) for place in column("location")]
    cities = [city or place[0] for city, place in zip(column("city"), places, strict=True)]
    countries = [country or place[1] for country, place in zip(column("country"), places, strict=True)]
    lists = [[each or () for each in column(name)] for name in ("languages", "categories", "tags")]
    texts = [column(name) for name in _TEXTS]
    return list(zip(column("verified"), countries, cities, *lists, *texts, _rates(parsed), strict=True))


def _rates(parsed: Parsed) -> list[tuple[Rate, ...]]:
    """Each row's prices, by format; the currency is the cell's, else the header's."""
    columns = [(scope.split(":"), parsed.column("rates", scope)) for scope in parsed.scopes("rates")]
    return [
        tuple(
            Rate(name, cell.amount, cell.currency or code or None)
            for (name, code), cells in columns
            if (cell := cells[at])
        )
        for at in range(len(parsed.rows))
    ]


INFLUENCERS = Kind(
    name="influencers",
    fields=(*who.FIELDS, PERSON, *FIGURES, *ABOUT, PRICES, *NOT_KEPT),
    assemble=assemble,
    lists=frozenset(
        (
            "influencers",
            "users",
            "accounts",
            "profiles",
            "creators",
            "channels",
            "lookalikes",
            "directs",
            "kullanicilar",
        )
    ),
    explode=frozenset(("accounts",)),
    words={"external": ("external", "ext", "harici"), "number": ("no", "number", "numara")},
    spread=frozenset((*who.IDENTITIES, *(field.name for field in FIGURES))),
)
