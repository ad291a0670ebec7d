"""All SQL of who may act for a partner."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from service.accounts.partners.people.schemas import (
    ActingRow,
    PartnerInvitationRow,
    PlaceRow,
    RemovedRow,
)
from service.accounts.problems import UnknownInvitation, UnknownPerson
from service.kit.db import Connection, sql

_STATUS = """
    case when i.accepted_at is not null then 'accepted' when i.revoked_at is not null then 'revoked'
         when i.expires_at <= elci_now() then 'expired' else 'open' end as status
"""
_INVITATION = f"i.id, i.partner_id, i.email, {_STATUS}, i.expires_at, i.created_at"


# A partner's own address stands with the partner, so its place in the list is the partner's id.
@sql("""
    select a.id, a.own, a.email,
        (select count(*)::integer from partner_sessions s
         where s.workspace_id = $1 and s.partner_id = $2 and s.email_key = a.email_key
            and s.revoked_at is null and s.expires_at > elci_now()) as sessions,
        (select count(*)::integer from api_keys k
         where k.workspace_id = $1 and k.partner_id = $2 and k.kind = 'partner' and k.revoked_at is null
            and coalesce(k.expires_at > elci_now(), true)
            and k.made_by is not distinct from case when a.own then null else a.id end) as keys,
        a.created_at
    from (
        select p.id, true as own, p.email, p.email_key, p.created_at
        from partners p where p.workspace_id = $1 and p.id = $2 and p.email_key is not null
        union all
        select u.id, false, u.email, u.email_key, u.created_at
        from partner_users u where u.workspace_id = $1 and u.partner_id = $2
    ) a
    where a.id > coalesce($3, '00000000-0000-0000-0000-000000000000'::uuid)
    order by a.id limit $4
""")
async def acting(
    db: Connection, workspace_id: UUID, partner_id: UUID, after: UUID | None, limit: int
) -> list[ActingRow]: ...


@sql("""
    select id from partner_users where workspace_id = $1 and partner_id = $2 and email_key = $3
""")
async def find_acting(
    db: Connection, workspace_id: UUID, partner_id: UUID, email_key: str
) -> UUID | None: ...


@sql(
    """
    delete from partner_users where workspace_id = $1 and partner_id = $2 and id = $3
    returning email_key
    """,
    missing=UnknownPerson,
)
async def remove(db: Connection, workspace_id: UUID, partner_id: UUID, person_id: UUID) -> RemovedRow: ...


@sql("""
    update partner_sessions set revoked_at = elci_now()
    where workspace_id = $1 and partner_id = $2 and email_key = $3 and revoked_at is null
""")
async def end_sessions(db: Connection, workspace_id: UUID, partner_id: UUID, email_key: str) -> None: ...


@sql("""
    update api_keys set revoked_at = elci_now()
    where workspace_id = $1 and partner_id = $2 and made_by = $3 and revoked_at is null
""")
async def end_keys(db: Connection, workspace_id: UUID, partner_id: UUID, person_id: UUID) -> None: ...


@sql("""
    update partner_invitations set revoked_at = elci_now()
    where workspace_id = $1 and partner_id = $2 and email_key = $3
        and accepted_at is null and revoked_at is null
""")
async def replace_invitation(
    db: Connection, workspace_id: UUID, partner_id: UUID, email_key: str
) -> None: ...


@sql(f"""
    insert into partner_invitations as i
        (workspace_id, id, partner_id, email, email_key, token_hash, expires_at)
    values ($1, $2, $3, $4, $5, $6, elci_now() + $7::interval)
    returning {_INVITATION}
""")
async def add_invitation(
    db: Connection,
    workspace_id: UUID,
    invitation_id: UUID,
    partner_id: UUID,
    email: str,
    email_key: str,
    token_hash: bytes,
    lifetime: timedelta,
) -> PartnerInvitationRow: ...


@sql(
    f"""
    select {_INVITATION} from partner_invitations i
    where i.workspace_id = $1 and i.partner_id = $2 and i.id = $3
    """,
    missing=UnknownInvitation,
)
async def get_invitation(
    db: Connection, workspace_id: UUID, partner_id: UUID, invitation_id: UUID
) -> PartnerInvitationRow: ...


@sql(f"""
    select {_INVITATION} from partner_invitations i
    where i.workspace_id = $1 and i.partner_id = $2
        and i.id < coalesce($3, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
    order by i.id desc limit $4
""")
async def list_invitations(
    db: Connection, workspace_id: UUID, partner_id: UUID, before: UUID | None, limit: int
) -> list[PartnerInvitationRow]: ...


@sql("""
    update partner_invitations set revoked_at = elci_now()
    where workspace_id = $1 and partner_id = $2 and id = $3 and accepted_at is null and revoked_at is null
    returning id
""")
async def revoke_invitation(
    db: Connection, workspace_id: UUID, partner_id: UUID, invitation_id: UUID
) -> UUID | None: ...


@sql(
    f"""
    select w.name as brand, p.name as partner, i.email, {_STATUS}, i.expires_at
    from partner_invitations i
    join partners p on p.workspace_id = i.workspace_id and p.id = i.partner_id
    join workspaces w on w.id = i.workspace_id
    where i.workspace_id = $1 and i.id = $2 and p.status <> 'archived'
    """,
    missing=UnknownInvitation,
)
async def get_place(db: Connection, workspace_id: UUID, invitation_id: UUID) -> PlaceRow: ...


# What was paid stays with the partner's record; who acted for it goes.
@sql("delete from partner_users where workspace_id = $1 and partner_id = $2")
async def forget_users(db: Connection, workspace_id: UUID, partner_id: UUID) -> None: ...


@sql("delete from partner_invitations where workspace_id = $1 and partner_id = $2")
async def forget_invitations(db: Connection, workspace_id: UUID, partner_id: UUID) -> None: ...


@sql("delete from partner_sessions where workspace_id = $1 and partner_id = $2")
async def forget_sessions(db: Connection, workspace_id: UUID, partner_id: UUID) -> None: ...


@sql("""
    update api_keys set revoked_at = coalesce(revoked_at, elci_now()), name = '-'
    where workspace_id = $1 and partner_id = $2
""")
async def forget_keys(db: Connection, workspace_id: UUID, partner_id: UUID) -> None: ...


@sql("""
    select (select count(*) from partner_users where workspace_id = $1 and partner_id = $2)
        + (select count(*) from partner_invitations where workspace_id = $1 and partner_id = $2
            and accepted_at is null and revoked_at is null and expires_at > elci_now())
""")
async def count(db: Connection, workspace_id: UUID, partner_id: UUID) -> int: ...


# A duplicate's people act for the partner that stands; its own address is one of them.
@sql("""
    insert into partner_users (workspace_id, id, partner_id, email, email_key)
    select distinct on (a.email_key) $1::uuid, gen_random_uuid(), $2::uuid, a.email, a.email_key
    from (
        select email, email_key from partners
        where workspace_id = $1 and id = any($3) and email_key is not null
        union all
        select email, email_key from partner_users where workspace_id = $1 and partner_id = any($3)
    ) a
    where not exists (
        select from partners p where p.workspace_id = $1 and p.id = $2 and p.email_key = a.email_key
    )
    order by a.email_key, a.email
    on conflict do nothing
""")
async def move(db: Connection, workspace_id: UUID, kept: UUID, merged: Sequence[UUID]) -> None: ...
