"""Reads deliveries as the inbound side does."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from service.conversions.reports import Order, Refund, Report
from service.conversions.shops import read

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def told(
    kind: str,
    body: Any = b"",
    topic: str | None = None,
    headers: Mapping[str, str] | None = None,
    aliases: Mapping[str, str] | None = None,
    query: Mapping[str, str] | None = None,
    currency: str | None = "TRY",
) -> list[Report]:
    """The reports of a delivery; a body that is no bytes goes as JSON."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return read(
        kind, topic, headers or {}, raw, aliases or {}, query or {}, currency=currency, received_at=NOW
    )


def order(reports: list[Report]) -> Order:
    """The only order among reports."""
    (found,) = [each for each in reports if isinstance(each, Order)]
    return found


def refunds(reports: list[Report]) -> list[Refund]:
    """The refunds among reports."""
    return [each for each in reports if isinstance(each, Refund)]
