"""Making integrations, showing them, and turning their secrets over."""

import hashlib
import secrets
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from service.conversions.inbound import store
from service.conversions.inbound.schemas import (
    MOST_SECRETS,
    Integration,
    IntegrationRow,
    LiveSecret,
    NewIntegration,
)
from service.kit import ids
from service.kit.db import Connection
from service.kit.secrets import Vault, vault
from service.settings import Settings, public_url

PREFIX = "/in/"
_NAMES = {
    "shopify": "Shopify",
    "woocommerce": "WooCommerce",
    "stripe": "Stripe",
    "ikas": "ikas",
    "ideasoft": "IdeaSoft",
    "iyzico": "iyzico",
    "ga4": "Google Analytics",
    "meta": "Meta",
    "generic": "Postback",
}


def opener(settings: Settings) -> Vault:
    """What seals tokens and secrets of integrations."""
    return vault(settings, "integrations")


def digest(token: str) -> bytes:
    """What a token is found by. It has 192 random bits: a plain hash can't be reversed."""
    return hashlib.sha256(b"inbound\0" + token.encode("utf-8", "replace")).digest()


def context(integration_id: UUID) -> bytes:
    """What a sealed token or secret is bound to."""
    return integration_id.bytes


async def add(db: Connection, settings: Settings, workspace_id: UUID, data: NewIntegration) -> IntegrationRow:
    """A new integration with its secrets."""
    integration_id, token = ids.new(), secrets.token_urlsafe(24)
    row = await store.add_integration(
        *(db, workspace_id, integration_id, data.kind, data.name or _NAMES[data.kind], data.shop.strip()),
        *(digest(token), opener(settings).seal(token.encode(), context(integration_id)), data.aliases),
    )
    await put_secrets(db, settings, workspace_id, integration_id, data.secrets)
    return row


async def put_secrets(
    db: Connection, settings: Settings, workspace_id: UUID, integration_id: UUID, given: Sequence[str]
) -> None:
    """These secrets, the first as the newest, and no others."""
    await store.drop_secrets(db, workspace_id, integration_id)
    for secret in reversed(list(dict.fromkeys(given))):
        await _add_secret(db, settings, workspace_id, integration_id, secret)


async def rotate(
    db: Connection,
    settings: Settings,
    workspace_id: UUID,
    integration_id: UUID,
    secret: str,
    overlap: timedelta,
) -> None:
    """The new secret beside the last one, which ends after the overlap."""
    await store.end_secrets(db, workspace_id, integration_id, overlap, MOST_SECRETS)
    await store.drop_ended(db, workspace_id, integration_id)
    await _add_secret(db, settings, workspace_id, integration_id, secret)


async def _add_secret(
    db: Connection, settings: Settings, workspace_id: UUID, integration_id: UUID, secret: str
) -> None:
    sealed = opener(settings).seal(secret.encode(), context(integration_id))
    await store.add_secret(db, workspace_id, integration_id, ids.new(), sealed)


async def shown(
    db: Connection, settings: Settings, workspace_id: UUID, rows: Sequence[IntegrationRow], *, writes: bool
) -> list[Integration]:
    """Integrations as the API shows them; to those who may write, with their address."""
    asked = [row.id for row in rows]
    live = defaultdict(list)
    for secret in await store.live_secrets(db, workspace_id, asked):
        live[secret.integration_id].append(LiveSecret(secret.created_at, secret.expires_at))
    waiting: dict[UUID, dict[str, int]] = defaultdict(dict)
    for count in await store.open_counts(db, workspace_id, asked):
        waiting[count.integration_id][count.status] = count.number
    last = {
        each.integration_id: each.received_at for each in await store.last_deliveries(db, workspace_id, asked)
    }
    return [
        Integration(
            id=ids.show("int", row.id),
            kind=row.kind,
            name=row.name,
            shop=row.shop,
            inbound_url=url_of(settings, row.id, row.token_sealed) if writes else None,
            signed=bool(live[row.id]),
            secrets=live[row.id],
            aliases=row.aliases,
            last_delivery_at=last.get(row.id),
            open=waiting[row.id],
            refused_at=row.refused_at,
            refused_why=row.refused_why,
            created_at=row.created_at,
            updated_at=row.updated_at,
        )
        for row in rows
    ]


def url_of(settings: Settings, integration_id: UUID, token_sealed: bytes) -> str:
    """Where deliveries are sent to."""
    token = opener(settings).open(token_sealed, context(integration_id)).decode()
    return f"{public_url(settings)}{PREFIX}{token}"
