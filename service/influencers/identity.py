"""By what an account is known again, and the marks that stay of one that must not come back."""

import hmac
from collections.abc import Iterator
from hashlib import blake2b
from uuid import UUID

import msgspec

from service.kit.text import fold_tr
from service.settings import Settings, derive_key

MARK_BYTES = 16


class Identity(msgspec.Struct, frozen=True):
    """What a platform's account is known by; `name_folded` counts within `source` only."""

    platform: str
    platform_id: str | None
    handle_folded: str | None
    name_folded: str | None
    source: str

    @property
    def known_by(self) -> str:
        """`platform_id`, `handle` or `name`; empty where nothing is known."""
        if self.platform_id:
            return "platform_id"
        return "handle" if self.handle_folded else "name" if self.name_folded else ""


def clean_handle(text: str | None) -> str | None:
    """A handle as it is shown: without @ and white space around it.

    >>> clean_handle(" @Elci.Beauty ")
    'Elci.Beauty'
    """
    return (text or "").strip().lstrip("@").strip() or None


def fold_handle(handle: str | None) -> str | None:
    """The key of a handle: platforms tell no case apart.

    >>> fold_handle("Işıl.TR")
    'isil.tr'
    """
    return fold_tr(handle).replace(" ", "") or None if handle else None


def identity(
    platform: str, platform_id: str | None, handle: str | None, name: str | None, source: str
) -> Identity:
    """The identity of an account as a person or a file names it."""
    folded = fold_handle(clean_handle(handle))
    return Identity(platform, platform_id or None, folded, fold_tr(name or "") or None, source)


def workspace_key(settings: Settings, workspace_id: UUID) -> bytes:
    """The key of a workspace's marks; without it a mark says nothing of whom it is."""
    return derive_key(settings, f"tombstones {workspace_id}")


def marks(key: bytes, who: Identity) -> Iterator[bytes]:
    """The keyed hashes of everything an account is known by.

    A name is marked only where it is all there is: names are shared by many.
    """
    if who.platform_id:
        yield _mark(key, who.platform, "platform_id", who.platform_id)
    if who.handle_folded:
        yield _mark(key, who.platform, "handle", who.handle_folded)
    if who.known_by == "name":
        yield _mark(key, who.platform, "name", f"{who.source}\0{who.name_folded}")


def _mark(key: bytes, platform: str, kind: str, value: str) -> bytes:
    return hmac.digest(key, f"{platform}\0{kind}\0{value}".encode(), "sha256")[:MARK_BYTES]


def digest(value: object) -> int:
    """64 bits of what a file's row says, by which the same row is known again (PostgreSQL's bigint)."""
    packed = msgspec.msgpack.encode(value)
    return int.from_bytes(blake2b(packed, digest_size=8).digest(), "big", signed=True)
