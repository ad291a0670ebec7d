"""Integrations: where shops, payment systems and networks send what happened."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

IntegrationKind = Literal[
    "shopify", "woocommerce", "stripe", "ikas", "ideasoft", "iyzico", "ga4", "meta", "generic"
]
SIGNED = frozenset({"shopify", "woocommerce", "stripe", "ikas", "ideasoft", "iyzico", "meta"})
"""Kinds whose deliveries are always signed: without a secret none is taken."""
MOST_SECRETS = 2

Name = Annotated[str, Meta(min_length=1, max_length=120)]
ShopName = Annotated[
    str,
    Meta(
        max_length=120,
        description="one word for the shop, the same in every integration and file of it: an order is unique "
        "in its shop",
    ),
]
Secret = Annotated[
    str, Meta(min_length=1, max_length=500, description="what deliveries are signed with; never shown again")
]
Secrets = Annotated[
    list[Secret], Meta(max_length=MOST_SECRETS, description="up to two live at once, for a rotation")
]
Aliases = Annotated[
    dict[
        Annotated[str, Meta(min_length=1, max_length=120)],
        Annotated[str, Meta(min_length=1, max_length=200)],
    ],
    Meta(
        max_length=100,
        description="which of a sender's parameters mean what, by our name of it, or `=` and a constant: "
        "`{click: cid, order: txid, amount: payout, currency: =TRY}`; they count before the known ones",
    ),
]


class NewIntegration(Struct, forbid_unknown_fields=True):
    """Something that sends. Without `secrets`, generic deliveries are taken unsigned, and what they earn
    waits for a review; those of shops are refused until there is one."""

    kind: IntegrationKind
    name: Name | None = None
    shop: ShopName = ""
    secrets: Secrets = []
    aliases: Aliases = {}


class IntegrationPatch(Struct, forbid_unknown_fields=True):
    """What is left out stays. `secrets` replaces all at once; `rotate-secret` keeps the old one for a while.
    A shop stays: its orders are known by it."""

    name: Name | UnsetType = UNSET
    secrets: Secrets | UnsetType = UNSET
    aliases: Aliases | UnsetType = UNSET


class SecretRotation(Struct, forbid_unknown_fields=True):
    """A new secret. The one before stays good for `overlap_s`: a shop may sign with it for an hour yet."""

    secret: Secret
    overlap_s: Annotated[int, Meta(ge=0, le=30 * 86_400)] = 86_400


class LiveSecret(Struct):
    """A secret that is accepted, the newest first; it can't be read back."""

    created_at: datetime
    expires_at: datetime | None


class Integration(Struct):
    """Something that sends. `inbound_url` is a credential where deliveries are not signed: it is shown to
    those who may write. `signed`: there is a live secret, and each delivery is checked with it.
    `refused_why`: why the last refused delivery was, at `refused_at`. `open`: deliveries that wait for
    somebody, by status."""

    id: str
    kind: IntegrationKind
    name: str
    shop: str
    inbound_url: str | None
    signed: bool
    secrets: list[LiveSecret]
    aliases: dict[str, str]
    last_delivery_at: datetime | None
    open: dict[str, int]
    refused_at: datetime | None
    refused_why: str | None
    created_at: datetime
    updated_at: datetime


class SecretRow(Struct, frozen=True):
    integration_id: UUID
    created_at: datetime
    expires_at: datetime | None


class IntegrationRow(Struct, frozen=True):
    id: UUID
    kind: IntegrationKind
    name: str
    shop: str
    token_sealed: bytes
    aliases: dict[str, str]
    refused_at: datetime | None
    refused_why: str | None
    version: int
    created_at: datetime
    updated_at: datetime


class SealedToken(Struct, frozen=True):
    id: UUID
    token_sealed: bytes


class OpenCount(Struct, frozen=True):
    """How many deliveries of an integration wait, by status."""

    integration_id: UUID
    status: str
    number: int


class LastDelivery(Struct, frozen=True):
    integration_id: UUID
    received_at: datetime


class Receiver(Struct, frozen=True):
    """An integration as its token finds it: before the workspace is known. `sealed`: its live secrets, the
    newest first."""

    workspace_id: UUID
    id: UUID
    kind: str
    sealed: list[bytes]
    now: datetime
