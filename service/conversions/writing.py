"""Reports as they are stored: without what a person is known by, and back again. Pure."""

import hashlib
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import msgspec
from msgspec import structs

from service.conversions import matching
from service.conversions.folding import Told
from service.conversions.reports import Buyer, Cancellation, Order, Payment
from service.conversions.rows import ReportRow

KINDS: dict[str, type[Order] | type[Cancellation] | type[Payment]] = {
    "order": Order,
    "cancellation": Cancellation,
    "payment": Payment,
}
_MANY = 50
_LONG = 200
# What says where a visit came from, and what F3 and F4 ask about; anything else may say who it was.
_LANDING = (
    *("elci", "via", "ref", "aff", "fbclid", "ttclid"),
    *("gclid", "gbraid", "wbraid", "dclid", "msclkid", "yclid"),
)


def redacted(order: Order) -> Order:
    """An order without its buyer's names, and no longer than what is used of it."""
    return structs.replace(
        order,
        refs=matching.normal(order.refs),
        buyer=None if order.buyer is None else Buyer(is_new=order.buyer.is_new),
        clicks=_short(order.clicks),
        coupons=_short(order.coupons),
        referrer=host(order.referrer),
        campaign=_parameters(order.campaign),
        landing=_parameters(order.landing),
    )


def host(referrer: str | None) -> str | None:
    """The host of an address, or what is one already.

    >>> host("https://www.Kupon.example/x?email=a"), host("kupon.example"), host("(direct)")
    ('www.kupon.example', 'kupon.example', None)
    """
    if not referrer:
        return None
    text = referrer.strip()[:2_000]
    try:
        found = urlsplit(text if "//" in text else f"//{text}").hostname
    except ValueError:
        return None
    return found if found and "." in found and " " not in found else None


def _parameters(given: dict[str, str] | None) -> dict[str, str] | None:
    if given is None:
        return None
    return {
        name: value[:_LONG]
        for name, value in given.items()
        if name in _LANDING or name.startswith(("utm_", "sub"))
    }


def _short(values: tuple[str, ...]) -> tuple[str, ...]:
    cut = (value.strip() for value in values[:_MANY])
    return tuple(dict.fromkeys(value for value in cut if value and len(value) <= _LONG))


def kind_of(report: Order | Cancellation | Payment) -> str:
    """How it is called in the table."""
    return next(name for name, kind in KINDS.items() if isinstance(report, kind))


def plain(report: Order | Cancellation | Payment) -> dict[str, Any]:
    """What goes into jsonb, which holds no NUL."""
    body = {name: value for name, value in msgspec.to_builtins(report).items() if value not in (None, [], {})}
    cleaned = _without_nul(body)
    return cleaned if isinstance(cleaned, dict) else {}


def _without_nul(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, dict):
        return {_without_nul(key): _without_nul(each) for key, each in value.items()}
    return [_without_nul(each) for each in value] if isinstance(value, list) else value


def digest(channel: str, integration_id: UUID | None, kind: str, body: dict[str, Any]) -> bytes:
    """32 bytes by which the same report of the same source is known again."""
    packed = msgspec.msgpack.encode([channel, str(integration_id or ""), kind, body])
    return hashlib.sha256(packed).digest()


def told(row: ReportRow) -> Told:
    """A stored report, to be folded."""
    report = msgspec.convert(row.report, KINDS[row.kind])
    return Told(row.channel, row.verified, row.integration_id, report, row.received_at, row.digest)
