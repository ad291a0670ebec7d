"""A payout account sealed, and the keyed hash by which two of one number are seen."""

import hashlib
import hmac
from uuid import UUID

import msgspec

from service.kit import keys
from service.kit.secrets import Vault


class Place(msgspec.Struct, frozen=True):
    """Where money goes: an IBAN without spaces, and the name of who holds the account."""

    iban: str
    payee: str


def seal(account_id: UUID, place: Place) -> bytes:
    """The place, readable by this installation only, and only in this account's row."""
    return _vault().seal(msgspec.json.encode(place), account_id.bytes)


def opened(account_id: UUID, sealed: bytes) -> Place:
    """What was sealed. Raises Unsealable."""
    return msgspec.json.decode(_vault().open(sealed, account_id.bytes), type=Place)


def number_key(iban: str) -> bytes:
    """A keyed hash of an IBAN: equal for equal numbers, and no number can be tried without the key."""
    return hmac.digest(keys.key("payout account numbers"), iban.encode(), hashlib.sha256)


def _vault() -> Vault:
    return Vault(keys.key("seal payout accounts"))
