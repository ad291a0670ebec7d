"""One spelling for equal questions, and its hash: pure."""

import hashlib
from typing import Any

import msgspec


def digest(operation: str, params: Any) -> bytes:
    """32 bytes that are the same for equal parameters, whatever the order of their names.

    >>> digest("hits", {"a": 1, "b": 2}) == digest("hits", {"b": 2, "a": 1})
    True
    >>> digest("hits", {"a": 1}) == digest("ego", {"a": 1})
    False
    """
    spelled = msgspec.json.encode([operation, msgspec.to_builtins(params)], order="deterministic")
    return hashlib.sha256(spelled).digest()
