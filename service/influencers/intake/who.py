"""The account that a row is about: the fields for it, and how they make one identity."""

import re
from collections.abc import Collection
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from service.imports.cells.handles import Handle
from service.imports.cells.types import (
    DATE,
    HANDLE,
    ID,
    NAME,
    PLATFORM,
    PROFILE,
)
from service.imports.columns.header import Header
from service.imports.kinds import Field, Parsed


def platform_ids(values: Any) -> bool:
    """Platforms' ids are long numbers, or YouTube's UC...; short ones number the rows of somebody's own
    list."""
    fitting = sum(_ID.fullmatch(str(value)) is not None for value in values)
    return fitting >= 0.8 * len(values)


def platform_of(header: Header) -> str | None:
    """The platform that a header speaks of, if it is one."""
    return next(iter(header.platforms)) if len(header.platforms) == 1 else None


_ID = re.compile(r"\d{7,20}|UC[A-Za-z0-9_-]{22}")

FIELDS = (
    Field("handle", HANDLE, ("username", "username creator"), scope_of=platform_of, otherwise="name"),
    Field("name", NAME, ("name", "fullname")),
    Field("profile", PROFILE, ("profile link", "link", "profile"), scope_of=platform_of),
    Field(
        "platform_id",
        ID,
        ("username id", "user id", "channel id", "platform id", "=id", "profile id"),
        scope_of=platform_of,
        suits=platform_ids,
    ),
    Field("platform", PLATFORM, ("platform", "channel", "type")),
    Field("as_of", DATE, ("asof", "date", "asof date")),
    Field("rank", ID, ("rank",), kept=False),
)
IDENTITIES = ("handle", "profile", "platform_id")


class Who(NamedTuple):
    """An identity put together from what a row says."""

    platform: str
    handle: str | None
    platform_id: str | None
    name: str | None
    url: str | None
    as_of: date | None


def _by_id(number: str | None) -> str | None:
    """YouTube's channel ids are known by their form."""
    return "youtube" if number and number.startswith("UC") and len(number) == 24 else None


class People:
    """The identity columns of a batch, read for one scope (platform) after the other.

    A sheet has one account a row (scope None), or a column for each platform, or both.
    """

    def __init__(self, parsed: Parsed, figures: Collection[str] = ()) -> None:
        self._parsed = parsed
        self._names = parsed.column("name")
        self._platforms = parsed.column("platform")
        self._days = parsed.column("as_of")
        scopes: list[str | None] = [*parsed.scopes(*IDENTITIES, *figures)]
        base = not scopes or any((name, None) in parsed.values for name in IDENTITIES)
        self.scopes: list[str | None] = [None, *scopes] if base else [*scopes]
        context = parsed.context
        # Where a sheet has columns of several platforms, one that is given can't be all of theirs.
        self._given = context.platform if context.platform_given and len(scopes) < 2 else None
        self._day = context.as_of if context.as_of_given else None

    def of(self, scope: str | None) -> list[Who | None]:
        """Who each row is about in that scope; None where it names no account there."""
        column = self._parsed.column
        known = zip(
            column("handle", scope), column("profile", scope), column("platform_id", scope), strict=True
        )
        by_name = scope is None or not any((name, scope) in self._parsed.values for name in IDENTITIES)
        counted = column("followers", scope) if scope else self._names
        return [
            self._one(at, scope, *each) if any(each) or (by_name and counted[at] is not None) else None
            for at, each in enumerate(known)
        ]

    def figures(self, name: str, scope: str | None) -> list[Any]:
        """A field's values in that scope. What has no scope belongs to the first account of its row."""
        found = self._parsed.values.get((name, scope))
        if found is None and scope == self.scopes[0]:
            found = self._parsed.values.get((name, None))
        return [None] * len(self._names) if found is None else found

    def _one(
        self, at: int, scope: str | None, handle: Handle | None, profile: Handle | None, number: str | None
    ) -> Who | None:
        name = self._names[at]
        link = profile or handle
        if not link and not number and not name:
            return None
        said = self._given or scope or self._platforms[at] or _by_id(number)
        told = link.platform if link and link.platform else said
        shown = (handle and handle.handle) or (profile and profile.handle) or None
        return Who(
            platform=told or self._parsed.context.platform or "other",
            handle=shown,
            platform_id=number or (link.platform_id if link else None),
            name=name,
            url=link.url if link else None,
            as_of=self._day or self._days[at] or self._parsed.context.as_of,
        )


def midnight(day: date) -> datetime:
    """The day's beginning in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
