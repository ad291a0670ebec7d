"""Sealing: what has to be stored, but must not be readable in a dump of the database.

AES-256-GCM with a key derived from the secret key, one per purpose; the sealed bytes begin with the key's id,
so that an older key can still open what it sealed.
"""

import hashlib
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from service.settings import Settings, derive_key

_ID = 4
_NONCE = 12


class Unsealable(ValueError):
    """Sealed by a key that is not there any more, for another context, or altered."""


class Vault:
    """Seals with the first key, opens with any. `context` is bound to the seal: a swapped row won't open."""

    def __init__(self, *keys: bytes) -> None:
        self._keys = {_key_id(key): AESGCM(key) for key in keys}
        self._current = _key_id(keys[0])

    def seal(self, plain: bytes, context: bytes = b"") -> bytes:
        """Key id, nonce and ciphertext."""
        nonce = os.urandom(_NONCE)
        return self._current + nonce + self._keys[self._current].encrypt(nonce, plain, context)

    def open(self, sealed: bytes, context: bytes = b"") -> bytes:
        """What was sealed. Raises Unsealable."""
        cipher = self._keys.get(sealed[:_ID])
        if cipher is None:
            raise Unsealable("sealed by an unknown key")
        try:
            return cipher.decrypt(sealed[_ID : _ID + _NONCE], sealed[_ID + _NONCE :], context)
        except InvalidTag as error:
            raise Unsealable("altered, or sealed for another context") from error


def vault(settings: Settings, purpose: str) -> Vault:
    """The vault of one purpose."""
    return Vault(derive_key(settings, f"seal {purpose}"))


def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(b"key id" + key).digest()[:_ID]
