"""Domains of addresses as keyed hashes: an order's customer is known by nothing else."""

import functools
import hmac
from collections.abc import Collection, Iterable
from typing import Final
from uuid import UUID

from service.conversions.reviews.hosts import is_under, listed
from service.kit import keys

_CACHED: Final = 1024


def domain_key(workspace_id: UUID, email: str | None) -> bytes | None:
    """32 bytes that all addresses of a domain share, in this workspace only; of a throw-away provider's
    subdomains one."""
    _, at, domain = (email or "").strip().casefold().rpartition("@")
    return _hashed(workspace_id, _whole(domain)) if at and domain else None


def own_domain_key(workspace_id: UUID, email: str | None) -> bytes | None:
    """The same where the domain says whose the address is: it isn't a provider's of many people."""
    domain = (email or "").strip().casefold().rpartition("@")[2]
    shared = domain in listed("mail_providers") or is_under(domain, listed("disposable"))
    return None if shared else domain_key(workspace_id, email)


def disposable_keys(workspace_id: UUID, more: Iterable[str], allowed: Collection[str]) -> frozenset[bytes]:
    """The keys of throw-away domains."""
    return _disposable(workspace_id, frozenset(more), frozenset(allowed))


@functools.lru_cache(maxsize=_CACHED)
def _disposable(workspace_id: UUID, more: frozenset[str], allowed: frozenset[str]) -> frozenset[bytes]:
    wanted = (listed("disposable") | more) - allowed
    return frozenset(_hashed(workspace_id, domain) for domain in wanted)


def _whole(domain: str) -> str:
    return is_under(domain, listed("disposable")) or domain


def _hashed(workspace_id: UUID, domain: str) -> bytes:
    return hmac.digest(keys.key(f"domains {workspace_id}"), domain.encode(), "sha256")
