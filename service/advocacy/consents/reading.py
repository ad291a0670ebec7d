"""Consents of a request as entries: what is wrong with one does not keep the others out. Pure, but for the
key of the installation."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from service.advocacy.consents.addresses import address_key, normal
from service.advocacy.consents.schemas import ConsentFault, Entry, NewConsent
from service.conversions.customers import external_key
from service.kit import clock
from service.kit.text import is_storable
from service.kit.validation import field_errors

# Clocks go wrong by minutes; a consent that lies ahead would outrank every refusal until then.
AHEAD = timedelta(minutes=10)


def read_items(
    workspace_id: UUID, items: Sequence[dict[str, Any]], now: datetime
) -> list[Entry | list[ConsentFault]]:
    """Each item as an entry, or what is wrong with it."""
    return [_one(workspace_id, item, now) for item in items]


def read_consent(workspace_id: UUID, data: NewConsent, now: datetime) -> Entry | list[ConsentFault]:
    """A consent as an entry, or what is wrong with it."""
    key = address_key(workspace_id, data.channel, data.address)
    found = _faults(data, key, now)
    if found or key is None:
        return found
    return Entry(
        channel=data.channel,
        address=normal(data.channel, data.address) or data.address,
        address_key=key,
        person_key=external_key(workspace_id, data.shop.strip(), data.external_id),
        recipient_type=data.recipient_type,
        status=data.status,
        source=data.source,
        text_version=data.text_version,
        origin="own",
        occurred_at=data.occurred_at,
    )


def _one(workspace_id: UUID, item: dict[str, Any], now: datetime) -> Entry | list[ConsentFault]:
    wrong = [ConsentFault(error.path, error.message) for error in field_errors(NewConsent, item)]
    return wrong or read_consent(workspace_id, msgspec.convert(item, NewConsent), now)


def _faults(data: NewConsent, key: bytes | None, now: datetime) -> list[ConsentFault]:
    found = []
    if key is None:
        what = "e-mail address" if data.channel == "email" else "telephone number"
        found.append(ConsentFault("address", f"is no {what}"))
    if not clock.is_usual(data.occurred_at):
        found.append(ConsentFault("occurred_at", clock.OUTSIDE))
    elif data.occurred_at > now + AHEAD:
        found.append(ConsentFault("occurred_at", "lies in the future"))
    for name in ("text_version", "external_id", "shop"):
        value = getattr(data, name)
        if value is not None and not is_storable(value):
            found.append(ConsentFault(name, "holds a NUL character or half of a character"))
    return found
