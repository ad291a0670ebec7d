"""Files of influencers: one account a row, or a row with a column for each platform."""

from collections.abc import Sequence
from typing import Any

from service.imports.cells.style import Style
from service.imports.cells.texts import read_url
from service.imports.cells.types import (
    AMOUNT,
    BOOLEAN,
    CITY,
    COUNT,
    COUNTRY,
    EMAIL,
    LANGUAGES,
    LINE,
    LIST,
    LOCATION,
    LONG,
    PHONE,
    RATE,
    CellType,
)
from service.imports.kinds import Field, Kind, Parsed, RowError
from service.imports.rejects import Unfit
from service.influencers.intake import who
from service.influencers.intake.rows import InfluencerRow
from service.influencers.urls import is_public


def _many(values: Sequence[Any]) -> bool:
    """Counts of engagements, not percentages."""
    ordered = sorted(values)
    return bool(ordered[len(ordered) // 2] > 40 or ordered[-1] > 1000)


def _public_url(value: Any, style: Style) -> str:
    url = read_url(value)
    if not is_public(url):
        raise Unfit("not_a_url")
    return url


WEB = CellType("web", _public_url)

FIGURES = (
    Field("followers", COUNT, ("follower", "total follower"), scoped=True, bare=True),
    Field("following", COUNT, ("following", "total following"), scoped=True),
    Field("posts_count", COUNT, ("post", "total post"), scoped=True),
    Field("avg_views", AMOUNT, ("avg view", "view?"), scoped=True),
    Field("avg_likes", AMOUNT, ("avg like", "like?"), scoped=True),
    Field("avg_comments", AMOUNT, ("avg comment", "comment?"), scoped=True),
    Field("avg_shares", AMOUNT, ("avg share", "share?"), scoped=True),
    Field("avg_engagements", AMOUNT, ("avg engagement", "engagement"), scoped=True, suits=_many),
    Field(
        "avg_engagements_authentic", AMOUNT, ("authentic engagement", "avg authentic engagement"), scoped=True
    ),
    Field(
        "engagement_rate",
        RATE,
        ("engagement rate", "avg engagement rate", "er", "eo", "engagement"),
        scoped=True,
    ),
)
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
    Field("avatar_url", WEB, ("avatar", "avatar link")),
    Field("notes", LONG, ("note",)),
    Field("audience_country", COUNTRY, ("audience country",)),
)
NOT_KEPT = (
    Field("tier", LINE, ("tier",), kept=False),
    Field("score", LINE, ("score", "score creator"), kept=False),
    Field("gender", LINE, ("gender",), kept=False),
    Field("age", LINE, ("age",), kept=False),
    Field("price", LINE, ("price",), kept=False),
    Field("total_views", AMOUNT, ("total view",), kept=False),
    Field("total_likes", AMOUNT, ("total like",), kept=False),
    Field("total_comments", AMOUNT, ("total comment",), kept=False),
    Field("total_engagements", AMOUNT, ("total engagement",), kept=False),
)


def assemble(parsed: Parsed) -> list[list[InfluencerRow] | RowError]:
    """The accounts of each row."""
    people = who.People(parsed)
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
    texts = [column(name) for name in ("bio", "email", "phone", "avatar_url", "notes", "audience_country")]
    return list(zip(column("verified"), countries, cities, *lists, *texts, strict=True))


INFLUENCERS = Kind(
    name="influencers",
    fields=(*who.FIELDS, *FIGURES, *ABOUT, *NOT_KEPT),
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
    scope_of=who.scope_of,
)
