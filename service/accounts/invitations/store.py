"""All SQL of invitations."""

from datetime import timedelta
from uuid import UUID

from service.accounts.invitations.schemas import Claimed, InvitationRow
from service.accounts.problems import UnknownInvitation
from service.kit.db import Connection, sql

INVITATION = """
    id, email, role,
    case when accepted_at is not null then 'accepted' when revoked_at is not null then 'revoked'
         when expires_at <= elci_now() then 'expired' else 'open' end as status,
    expires_at, created_at
"""


@sql("""
    select exists (
        select from members m join people p on p.id = m.person_id
        where m.workspace_id = $1 and p.email_key = $2
    )
""")
async def is_member(db: Connection, workspace_id: UUID, email_key: str) -> bool: ...


@sql("""
    update invitations set revoked_at = elci_now()
    where workspace_id = $1 and email_key = $2 and accepted_at is null and revoked_at is null
""")
async def replace_invitation(db: Connection, workspace_id: UUID, email_key: str) -> None: ...


@sql(f"""
    insert into invitations (workspace_id, id, email, email_key, role, token_hash, expires_at)
    values ($1, $2, $3, $4, $5, $6, elci_now() + $7::interval)
    returning {INVITATION}
""")
async def add_invitation(
    db: Connection,
    workspace_id: UUID,
    invitation_id: UUID,
    email: str,
    email_key: str,
    role: str,
    token_hash: bytes,
    lifetime: timedelta,
) -> InvitationRow: ...


@sql(
    f"select {INVITATION} from invitations where workspace_id = $1 and id = $2",
    missing=UnknownInvitation,
)
async def get_invitation(db: Connection, workspace_id: UUID, invitation_id: UUID) -> InvitationRow: ...


@sql(f"""
    select {INVITATION} from invitations
    where workspace_id = $1 and id < coalesce($2, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
    order by id desc limit $3
""")
async def list_invitations(
    db: Connection, workspace_id: UUID, before: UUID | None, limit: int
) -> list[InvitationRow]: ...


@sql("""
    update invitations set revoked_at = elci_now()
    where workspace_id = $1 and id = $2 and accepted_at is null and revoked_at is null
    returning id
""")
async def revoke_invitation(db: Connection, workspace_id: UUID, invitation_id: UUID) -> UUID | None: ...


@sql("""
    update invitations set accepted_at = elci_now()
    where workspace_id = $1 and id = $2 and accepted_at is null and revoked_at is null
        and expires_at > elci_now()
    returning email, role
""")
async def claim_invitation(db: Connection, workspace_id: UUID, invitation_id: UUID) -> Claimed | None: ...
