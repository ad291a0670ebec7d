"""Secrets of postbacks, and what they sign: the headers of Standard Webhooks 1.0.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md. A GET has no body:
what is signed in its place is the whole address.
"""

import base64
import hashlib
import hmac
import secrets
from uuid import UUID

from service.kit import keys
from service.kit.secrets import Vault

PREFIX = "whsec_"
_BYTES = 24


def new() -> str:
    """A secret as it is shown."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def seal(postback_id: UUID, secret: str) -> bytes:
    """Readable by this installation only, and only in this postback's row."""
    return _vault().seal(secret.encode(), postback_id.bytes)


def opened(postback_id: UUID, sealed: bytes) -> str:
    """What was sealed. Raises Unsealable."""
    return _vault().open(sealed, postback_id.bytes).decode()


def _vault() -> Vault:
    return Vault(keys.key("seal postbacks"))


def headers(secret: str, message_id: str, at: int, content: bytes) -> list[tuple[str, str]]:
    """The headers of a request; `at`: seconds since 1970.

    >>> headers("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330,
    ...     b'{"test": 2432232314}')[2]
    ('webhook-signature', 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
    """
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = hmac.digest(key, f"{message_id}.{at}.".encode() + content, hashlib.sha256)
    return [
        ("webhook-id", message_id),
        ("webhook-timestamp", str(at)),
        ("webhook-signature", f"v1,{base64.b64encode(signed).decode()}"),
    ]
