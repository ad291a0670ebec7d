"""The client's key, and what it is a key to."""

import hashlib
import re
from typing import Any
from uuid import UUID

from litestar.types import HTTPScope
from msgspec import Struct

from service.kit.idempotency.problems import BadKey

_LONGEST = 255
_BARE = re.compile(r"[\x21\x23-\x7e]+")
# A string of structured fields (RFC 9651, 3.3.3), as the draft of the header wants it.
_QUOTED = re.compile(r'"((?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"')


class Key(Struct, frozen=True):
    """One caller's key for one operation. `digest` is what the table knows of it."""

    workspace_id: UUID
    digest: bytes
    partner_id: UUID | None = None

    @property
    def lock(self) -> int:
        """The number of the lock that a request with this key holds while it runs."""
        return int.from_bytes(self.digest[:8], "big", signed=True)


def read(values: list[bytes]) -> str:
    """The key of a header, which stands bare or quoted. Raises BadKey.

    >>> read([b'"abc"']) == read([b"abc"])
    True
    """
    text = values[0].decode("latin-1").strip() if len(values) == 1 else ""
    quoted = _QUOTED.fullmatch(text)
    key = re.sub(r"\\(.)", r"\1", quoted[1]) if quoted else text
    if not (quoted or _BARE.fullmatch(text)) or not 1 <= len(key) <= _LONGEST:
        raise BadKey(f"one Idempotency-Key of 1 to {_LONGEST} printable ASCII characters is expected")
    return key


def scoped(scope: HTTPScope, caller: Any, key: str) -> Key:
    """The same text from another workspace, another caller or for another operation is another key."""
    parts = (caller.workspace_id, caller.kind, caller.id, scope["method"], scope["path"], key)
    text = "\0".join(str(part) for part in parts)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    return Key(caller.workspace_id, digest, getattr(caller, "partner_id", None))
