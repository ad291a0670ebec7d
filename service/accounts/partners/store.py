"""All SQL of partners' log-ins."""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from service.kit.db import Connection, sql


class FoundPartner(Struct):
    """A live session of somebody who acts for a partner, and the database's time."""

    workspace_id: UUID
    partner_id: UUID
    email_key: str
    now: datetime


class PartnerMembership(Struct):
    """A partner that an address may act for, in the workspace that it is a partner of."""

    workspace_id: UUID
    workspace: str
    partner_id: UUID
    partner: str
    locale: str


class FoundPartnerInvitation(Struct):
    """Where an invitation lies."""

    workspace_id: UUID
    id: UUID
    partner_id: UUID


class ClaimedInvitation(Struct):
    """Whom an invitation that was just accepted lets in."""

    partner_id: UUID
    email: str
    email_key: str


@sql("select workspace_id, partner_id, email_key, now from entry.find_partner_session($1)")
async def find_session(db: Connection, session_id: UUID) -> FoundPartner | None: ...


@sql("select workspace_id, workspace, partner_id, partner, locale from entry.partner_memberships($1)")
async def memberships(db: Connection, email_key: str) -> list[PartnerMembership]: ...


@sql("select workspace_id, id, partner_id from entry.find_partner_invitation($1)")
async def find_invitation(db: Connection, token_hash: bytes) -> FoundPartnerInvitation | None: ...


@sql("""
    insert into partner_codes (address, code_hash, expires_at) values ($1, $2, elci_now() + $3::interval)
    on conflict (address) do update set code_hash = $2, tries = 0, expires_at = elci_now() + $3::interval
""")
async def put_code(db: Connection, address: bytes, code_hash: bytes, lifetime: timedelta) -> None: ...


@sql("""
    update partner_codes set tries = tries + 1
    where address = $1 and tries < $2 and expires_at > elci_now()
    returning code_hash
""")
async def try_code(db: Connection, address: bytes, most: int) -> bytes | None: ...


@sql("delete from partner_codes where address = $1 and code_hash = $2 returning address")
async def use_code(db: Connection, address: bytes, code_hash: bytes) -> bytes | None: ...


@sql("delete from partner_codes where expires_at < elci_now() - interval '1 day'")
async def sweep_codes(db: Connection) -> None: ...


@sql("""
    insert into partner_sessions (workspace_id, id, partner_id, email_key, refresh_hash, expires_at)
    values ($1, $2, $3, $4, $5, elci_now() + $6::interval)
""")
async def add_session(
    db: Connection,
    workspace_id: UUID,
    session_id: UUID,
    partner_id: UUID,
    email_key: str,
    refresh_hash: bytes,
    lifetime: timedelta,
) -> None: ...


@sql("""
    update partner_sessions
    set refresh_hash = $4, expires_at = elci_now() + $5::interval, refreshed_at = elci_now()
    where workspace_id = $1 and id = $2 and refresh_hash = $3 and revoked_at is null
    returning partner_id
""")
async def rotate(
    db: Connection,
    workspace_id: UUID,
    session_id: UUID,
    old_hash: bytes,
    new_hash: bytes,
    lifetime: timedelta,
) -> UUID | None: ...


@sql("""
    update partner_sessions set revoked_at = elci_now()
    where workspace_id = $1 and id = $2 and revoked_at is null
    returning partner_id
""")
async def end_session(db: Connection, workspace_id: UUID, session_id: UUID) -> UUID | None: ...


@sql("""
    delete from partner_sessions
    where workspace_id = $1 and partner_id = $2
        and (expires_at < elci_now() - interval '1 day' or revoked_at < elci_now() - interval '1 day')
""")
async def sweep_sessions(db: Connection, workspace_id: UUID, partner_id: UUID) -> None: ...


@sql("""
    update partner_invitations set accepted_at = elci_now()
    where workspace_id = $1 and id = $2 and accepted_at is null and revoked_at is null
        and expires_at > elci_now()
    returning partner_id, email, email_key
""")
async def claim_invitation(
    db: Connection, workspace_id: UUID, invitation_id: UUID
) -> ClaimedInvitation | None: ...


@sql("""
    insert into partner_users (workspace_id, id, partner_id, email, email_key)
    select $1, $2, $3, $4, $5
    where not exists (
        select from partners p where p.workspace_id = $1 and p.id = $3 and p.email_key = $5
    )
    on conflict do nothing
""")
async def let_in(
    db: Connection, workspace_id: UUID, user_id: UUID, partner_id: UUID, email: str, email_key: str
) -> None: ...
