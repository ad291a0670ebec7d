"""Integrations of the domains above, which share addresses, signatures, deliveries and replay with shops'.

A domain registers its kinds, opens an address for each of its own things, and is handed the deliveries.
"""

import secrets as random
from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

from msgspec import Struct

from service.conversions.inbound import actions, store
from service.conversions.inbound.deliveries.schemas import DeliveryOutcome, DeliveryStatus, ReadRow
from service.kit import ids
from service.kit.db import Connection
from service.settings import Settings


class Read(Struct, frozen=True):
    """What became of a delivery. `people`: keyed hashes of who is named in it, for an erasure."""

    status: DeliveryStatus
    why: str | None
    outcomes: list[DeliveryOutcome]
    people: list[bytes]


class Kind(Struct, frozen=True):
    """A kind of integration. `scheme`: the kind of shop's whose signatures it has (`generic`: any). `read`
    takes a delivery in, in the transaction that says so; what it does has to converge. `crc`: its sender
    checks the address as X does."""

    name: str
    scheme: str
    read: Callable[[Connection, Settings, UUID, ReadRow], Awaitable[Read]]
    crc: bool = False


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Makes a kind known. Its name begins with its domain, `listening-`, and is in the table's check."""
    _kinds[kind.name] = kind


def find(kind: str) -> Kind | None:
    """The kind of another domain, None for shops'."""
    return _kinds.get(kind)


def scheme_of(kind: str) -> str:
    """What deliveries of a kind are signed and named like.

    >>> scheme_of("shopify")
    'shopify'
    """
    found = _kinds.get(kind)
    return found.scheme if found else kind


def answers_crc(kind: str) -> bool:
    """Whether a GET at the address is X's check."""
    found = _kinds.get(kind)
    return found is not None and found.crc


async def open_address(
    db: Connection,
    settings: Settings,
    workspace_id: UUID,
    kind: str,
    name: str,
    given: Sequence[str],
) -> UUID:
    """A new address that deliveries come to, with the secrets that they are signed with."""
    integration_id, token = ids.new(), random.token_urlsafe(24)
    sealed = actions.opener(settings).seal(token.encode(), actions.context(integration_id))
    await store.add_other(db, workspace_id, integration_id, kind, name, actions.digest(token), sealed)
    await actions.put_secrets(db, settings, workspace_id, integration_id, given)
    return integration_id


async def addresses(
    db: Connection, settings: Settings, workspace_id: UUID, asked: Sequence[UUID]
) -> dict[UUID, str]:
    """Where the deliveries of integrations are sent to."""
    rows = await store.sealed_tokens(db, workspace_id, asked)
    return {row.id: actions.url_of(settings, row.id, row.token_sealed) for row in rows}
