"""Rows of a file of influencers as they are staged: one an account and day, tied by person."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from service.influencers import engagement
from service.influencers.bulk.schemas import Intake
from service.influencers.engagement import EngagementRate
from service.influencers.identity import Identity, clean_handle, digest, identity
from service.influencers.intake.rows import InfluencerRow
from service.influencers.tables import FIGURES, RATE

# What a row says of the account, of the person, and whom to write to; each a column of the stage.
ACCOUNT = ("handle", "platform_id", "name", "url", "avatar_url", "verified", "audience_country")
PERSON = ("country", "city", "languages", "categories", "tags", "bio", "notes")
CONTACT = ("email", "phone")


class Staged(msgspec.Struct, gc=False):
    """All rows of a file that speak of one account on one day.

    `group` is one for all accounts of a person; `places` are of the rows, `digests` of what they say.
    """

    row: InfluencerRow
    who: Identity
    known_by: str
    as_of: datetime
    group: int
    places: list[int]
    digests: list[int]


def together(rows: Sequence[tuple[int, InfluencerRow, Identity]], intake: Intake) -> list[Staged]:
    """One staged row for each account and day; a later row completes and corrects an earlier one.

    `rows` come with their place among those of the batch, and who they are about.
    """
    found: dict[tuple[str, str, datetime], Staged] = {}
    groups = _Groups()
    for place, row, who in rows:
        as_of = intake.moment(row.as_of)
        account = known_by(who)
        groups.add(row.row, who.platform, account)
        if row.person:
            groups.add(row.row, "", row.person)
        told = digest(msgspec.structs.astuple(row)[1:])
        known = found.get((who.platform, account, as_of))
        if known is None:
            found[who.platform, account, as_of] = Staged(row, who, account, as_of, row.row, [place], [told])
        else:
            known.row = completed(known.row, row)
            known.places.append(place)
            if told not in known.digests:
                known.digests.append(told)
    for one in found.values():
        one.group = groups.of(one.group)
    return list(found.values())


class _Groups:
    """Rows of the file that speak of one person, because they share an account or name the same one."""

    def __init__(self) -> None:
        self._first: dict[tuple[str, str], int] = {}
        self._parents: dict[int, int] = {}

    def add(self, row: int, platform: str, account: str) -> None:
        other = self._first.setdefault((platform, account), row)
        if other != row:
            first, second = sorted((self.of(row), self.of(other)))
            if first != second:
                self._parents[second] = first

    def of(self, row: int) -> int:
        while (parent := self._parents.get(row, row)) != row:
            row = parent
        return row


def known_by(who: Identity) -> str:
    """The best of what an account is known by, within its platform."""
    if who.platform_id:
        return f"id {who.platform_id}"
    return f"handle {who.handle_folded}" if who.handle_folded else f"name {who.name_folded}"


def completed(before: InfluencerRow, after: InfluencerRow) -> InfluencerRow:
    """A row with what a later one of the same account says; unknown changes nothing."""
    said: dict[str, Any] = {
        name: value
        for name in InfluencerRow.__struct_fields__
        if name != "row" and (value := getattr(after, name)) not in (None, ())
    }
    return msgspec.structs.replace(before, **said)


def who(row: InfluencerRow, source: str) -> Identity:
    """Who a row is about."""
    return identity(row.platform, row.platform_id, row.handle, row.name, source)


def rates(staged: Sequence[Staged]) -> list[EngagementRate | None]:
    """The engagement rate that each row makes, all computed at once."""
    return engagement.of_figures([_figures(one.row) for one in staged])


def _figures(row: InfluencerRow) -> engagement.Figures:
    return engagement.Figures(
        platform=row.platform,
        followers=row.followers,
        avg_views=row.avg_views,
        avg_likes=row.avg_likes,
        avg_comments=row.avg_comments,
        avg_shares=row.avg_shares,
        avg_engagements=row.avg_engagements,
        er_given=row.engagement_rate,
    )


def columns(staged: Sequence[Staged]) -> dict[str, list[Any]]:
    """The staged rows by column of the stage; without the columns of which nothing is known."""
    rows = [one.row for one in staged]
    made: dict[str, list[Any]] = {
        "n": list(range(len(staged))),
        "grp": [one.group for one in staged],
        "platform": [row.platform for row in rows],
        "known_by": [one.known_by for one in staged],
        "handle_folded": [one.who.handle_folded for one in staged],
        "name_folded": [one.who.name_folded for one in staged],
        "as_of": [one.as_of for one in staged],
        "digests": [one.digests for one in staged],
        "handle": [clean_handle(row.handle) for row in rows],
        "er_given": [row.engagement_rate for row in rows],
    }
    made |= {
        name: [getattr(row, name) for row in rows] for name in (*ACCOUNT[1:], *PERSON, *CONTACT, *FIGURES)
    }
    found = rates(staged)
    made |= {
        column: [None if rate is None else getattr(rate, name) for rate in found]
        for column, name in zip(RATE, EngagementRate.__struct_fields__, strict=True)
    }
    return {name: values for name, values in made.items() if any(value not in (None, ()) for value in values)}


STAGE = """
    n integer primary key,
    grp integer not null,
    platform text collate "C" not null,
    known_by text collate "C" not null,
    handle_folded text collate "C",
    name_folded text collate "C",
    as_of timestamptz not null,
    digests bigint[] not null,
    handle text,
    platform_id text collate "C",
    name text,
    url text,
    avatar_url text,
    verified boolean,
    audience_country text,
    country text,
    city text,
    languages text[] not null default '{}',
    categories text[] not null default '{}',
    tags text[] not null default '{}',
    bio text,
    notes text,
    email text,
    phone text,
    followers bigint,
    following bigint,
    posts_count bigint,
    avg_views float8,
    avg_likes float8,
    avg_comments float8,
    avg_shares float8,
    avg_engagements float8,
    avg_engagements_authentic float8,
    er_given float8,
    er_value float8,
    er_format text,
    er_basis text,
    er_components text,
    er_statistic text,
    er_n integer,
    er_window_days integer,
    er_origin text
"""
