"""Cursors: where a page ended, of exactly which search."""

import hashlib
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from service.kit import paging
from service.kit.paging import BadCursor

_BIGINT = Meta(ge=-(2**63), le=2**63 - 1)


class Position(Struct, frozen=True, array_like=True):
    """The last row of a page, and what the first page found out, so that later ones are of the same order.

    `search`: digest of the search; `segment`, `value`, `account_id`: the row; `count`: matching influencers,
    up to the cap; `near`: whether typing errors were looked for.
    """

    search: str
    segment: Annotated[int, Meta(ge=0, le=10)]
    value: Annotated[int, _BIGINT] | float | str | None
    account_id: UUID
    count: Annotated[int, Meta(ge=0, le=2**31)]
    near: bool


def digest(*parts: object) -> str:
    """What a cursor is bound to: the text, filters, order and brief of a search."""
    return hashlib.blake2b(msgspec.json.encode(parts), digest_size=9).hexdigest()


def read(cursor: str | None, search: str) -> Position | None:
    """The position in a cursor of this search. Raises BadCursor for any other."""
    position = paging.decode(cursor, Position)
    if position is not None and position.search != search:
        raise BadCursor(
            "the cursor belongs to another search (text, filters, sort and brief must be the same)"
        )
    return position
