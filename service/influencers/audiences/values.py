"""Distributions as rows of the table: rows of a file made one, and completed by what is held already."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

import msgspec

from service.influencers.audiences.dimensions import Share
from service.influencers.audiences.schemas import HeldRow
from service.influencers.identity import digest

# (account_id, as_of, source): what a distribution is known by.
Key = tuple[UUID, datetime, str]


class AudienceValues(msgspec.Struct, frozen=True):
    """What one row says of an account's audience."""

    account_id: UUID
    as_of: datetime
    source: str
    sample_size: int | None
    shares: tuple[Share, ...]

    @property
    def key(self) -> Key:
        return self.account_id, self.as_of, self.source


class Known(msgspec.Struct):
    """All rows of a file that speak of one distribution: what they say together, and a digest of each."""

    sample_size: int | None = None
    shares: dict[tuple[str, str], float] = {}
    digests: list[int] = []
    places: list[int] = []


class Written(msgspec.Struct):
    """A distribution as it is written, its codes by their numbers and in their order."""

    account_id: UUID
    as_of: datetime
    source: str
    sample_size: int | None
    codes: list[int]
    shares: list[float]
    digests: list[int]


def together(rows: Iterable[tuple[int, AudienceValues]]) -> dict[Key, Known]:
    """Rows by distribution: a file may have a row for each share; a later row corrects an earlier one."""
    found: dict[Key, Known] = {}
    for place, row in rows:
        known = found.setdefault(row.key, Known())
        known.sample_size = row.sample_size if row.sample_size is not None else known.sample_size
        known.shares.update({(dimension, code): share for dimension, code, share in row.shares})
        known.digests.append(digest((row.sample_size, sorted(row.shares))))
        known.places.append(place)
    return found


def decide(
    key: Key, known: Known, held: HeldRow | None, numbers: Mapping[tuple[str, str], int]
) -> tuple[str, Written | None]:
    """What becomes of a distribution (created, updated, unchanged), and what is written for it, if anything.

    What a file says completes and corrects what is held; codes that it does not name stay.
    """
    shares = {numbers[code]: share for code, share in known.shares.items()}
    if held is None:
        return "created", _written(key, known.sample_size, shares, known.digests)
    if set(known.digests) <= set(held.digests):
        return "unchanged", None
    before = dict(zip(held.codes, held.shares, strict=True))
    after = before | shares
    size = known.sample_size if known.sample_size is not None else held.sample_size
    digests = list(dict.fromkeys([*held.digests, *known.digests]))
    same = size == held.sample_size and _same(before, after)
    return ("unchanged" if same else "updated"), _written(key, size, after, digests)


def replacing(key: Key, sample_size: int | None, shares: Mapping[int, float]) -> Written:
    """A distribution that takes the place of what is held."""
    return _written(key, sample_size, shares, [])


def _written(key: Key, size: int | None, shares: Mapping[int, float], digests: list[int]) -> Written:
    ordered = sorted(shares.items())
    return Written(*key, size, [code for code, _ in ordered], [share for _, share in ordered], digests)


def _same(before: Mapping[int, float], after: Mapping[int, float]) -> bool:
    # Shares are stored in four bytes.
    return before.keys() == after.keys() and all(abs(before[code] - after[code]) < 1e-6 for code in after)
