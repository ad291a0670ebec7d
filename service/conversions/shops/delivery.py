"""A delivery on its way to be read."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from service.conversions.shops.amounts import Unreadable
from service.conversions.shops.shapes import Json, text


class Delivery(Struct, frozen=True):
    """`headers` by lower-case names; `query` and `aliases` as they stand; `currency`: what an amount is in
    where nothing says so; `received_at`: when it came, for what has no time of its own."""

    topic: str | None
    headers: Mapping[str, str]
    body: bytes
    aliases: Mapping[str, str]
    query: Mapping[str, str]
    currency: str | None
    received_at: datetime | None

    def header(self, name: str) -> str | None:
        """A header's value, None where it is missing or empty."""
        return self.headers.get(name) or None

    def currency_or(self, told: str | None) -> str:
        """The currency told, else the delivery's. Raises Unreadable where there is neither."""
        found = told or self.currency
        if found is None:
            raise Unreadable("currency", None, "currency")
        return found

    def at(self, *moments: datetime | None) -> datetime:
        """The first time that is known, else when it came. Raises Unreadable where there is neither."""
        found = next((each for each in moments if each is not None), self.received_at)
        if found is None:
            raise Unreadable("occurred_at", None, "missing")
        return found


def required(value: Json, field: str) -> str:
    """The text of what can't be done without. Raises Unreadable where there is none."""
    found = text(value)
    if found is None:
        raise Unreadable(field, None, "missing")
    return found
