"""Who wrote what is in a delivery, as keyed hashes. Pure, but for the key of the installation."""

import hmac
from collections.abc import Iterable
from uuid import UUID

from service.influencers.identity import fold_handle
from service.kit import keys
from service.mentions.reports import MentionReport


def marks(workspace_id: UUID, platform: str, platform_id: str | None, handle: str | None) -> list[bytes]:
    """By what an account is found in deliveries: its id and its folded handle."""
    key = keys.key(f"listening {workspace_id}")
    told = (("id", platform_id), ("handle", fold_handle((handle or "").lstrip("@"))))
    return [
        hmac.digest(key, f"{platform}\0{kind}\0{value}".encode(), "sha256") for kind, value in told if value
    ]


def people_in(workspace_id: UUID, reports: Iterable[MentionReport]) -> list[bytes]:
    """The authors of mentions: an erasure finds a delivery by them."""
    found: set[bytes] = set()
    for one in reports:
        found.update(marks(workspace_id, one.platform, one.author_id, one.author_handle))
    return sorted(found)
