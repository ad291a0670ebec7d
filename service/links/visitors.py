"""Who came, as a number that says nothing of them: pure.

A visitor is told by address and agent string within one UTC day and one workspace. The salt is random, is in
no backup of a later day, and once it is dropped nobody can say which address a number was made of, nor
whether two numbers of different days are the same visitor's.
"""

from datetime import UTC, date, datetime
from hashlib import blake2b
from uuid import UUID

SALT_BYTES = 32
VISITOR_BYTES = 16


def visitor(salt: bytes, workspace_id: UUID, address: str, agent: str) -> bytes:
    """A visitor's number: BLAKE2b keyed with the day's salt.

    `address` as kit.limits.client_address tells it: an IPv6 one stands for its /64 already.

    >>> one = visitor(bytes(32), UUID(int=1), "192.0.2.1", "Mozilla/5.0")
    >>> one == visitor(bytes(32), UUID(int=1), "192.0.2.1", "Mozilla/5.0"), len(one)
    (True, 16)
    """
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes")
    # The workspace's 16 bytes and a byte that no address has keep the parts apart.
    said = workspace_id.bytes + address.encode() + b"\0" + agent.encode("utf-8", "surrogateescape")
    return blake2b(said, digest_size=VISITOR_BYTES, key=salt).digest()


def day_of(at: datetime) -> date:
    """The UTC day whose salt counts at a time."""
    return at.astimezone(UTC).date()
