"""Roles and scopes, as data: what a key can be given, and what a role may do."""

from typing import Annotated, Literal

import msgspec

AREAS = (
    "workspace",
    "members",
    "keys",
    "files",
    "audit",
    "jobs",
    "brands",
    "personas",
    "influencers",
    "imports",
    "discovery",
    "programs",
    "links",
    "conversions",
    "ledger",
    "mentions",
    "advocacy",
)
READS = frozenset(f"{area}:read" for area in AREAS)
WRITES = frozenset(f"{area}:write" for area in AREAS)
SCOPES = READS | WRITES

# Held by every person and secret key, given to nobody: who am I, tickets, log-out.
SELF = "self"
# Held by publishable keys alone, which stand in the source of web pages.
TRACK = "track"
# Held by partners alone: their sessions and their own keys.
PARTNER = "partner"
PUBLISHABLE = frozenset({TRACK})
IMPLICIT = frozenset({SELF, TRACK, PARTNER})

Role = Literal["owner", "manager", "analyst"]
Scope = Annotated[
    str,
    msgspec.Meta(
        pattern=f"^({'|'.join(AREAS)}):(read|write)$(?!\\n)",
        description="an area and `read` or `write`",
        examples=["influencers:read"],
    ),
]

ROLES: dict[str, frozenset[str]] = {
    "owner": SCOPES,
    "manager": SCOPES - {"workspace:write", "members:write", "keys:write"},
    "analyst": READS | {"discovery:write"},
}
