"""A partner's own API keys."""

from datetime import datetime

from msgspec import Struct

from service.accounts.schemas import Name, Time


class NewPartnerKey(Struct, forbid_unknown_fields=True):
    """A key sees and does what its partner may, but gives nobody access."""

    name: Name
    expires_at: Time | None = None


class PartnerKey(Struct):
    """A key without its secret. `last_used_at` is true to the minute."""

    id: str
    name: str
    prefix: str
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None
    created_at: datetime


class CreatedPartnerKey(PartnerKey):
    """`secret` is the key itself: it is shown this once and stored nowhere."""

    secret: str
