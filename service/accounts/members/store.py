"""All SQL of members."""

from uuid import UUID

from service.accounts.members.schemas import MemberRow
from service.accounts.problems import UnknownMember
from service.kit.db import Connection, sql

MEMBER = "m.person_id, p.name, p.email, m.role, m.created_at"


@sql(f"""
    select {MEMBER} from members m join people p on p.id = m.person_id
    where m.workspace_id = $1 and m.person_id > coalesce($2, '00000000-0000-0000-0000-000000000000'::uuid)
    order by m.person_id limit $3
""")
async def list_members(
    db: Connection, workspace_id: UUID, after: UUID | None, limit: int
) -> list[MemberRow]: ...


@sql(
    f"""
    select {MEMBER} from members m join people p on p.id = m.person_id
    where m.workspace_id = $1 and m.person_id = $2
    """,
    missing=UnknownMember,
)
async def get_member(db: Connection, workspace_id: UUID, person_id: UUID) -> MemberRow: ...


@sql("""
    select person_id from members
    where workspace_id = $1 and role = 'owner'
    order by person_id for update
""")
async def lock_owners(db: Connection, workspace_id: UUID) -> list[UUID]:
    """All owners, locked: of two who remove each other at once, the second sees what the first did."""
    ...


@sql("insert into members (workspace_id, person_id, role) values ($1, $2, $3)")
async def add_member(db: Connection, workspace_id: UUID, person_id: UUID, role: str) -> None: ...


@sql("update members set role = $3 where workspace_id = $1 and person_id = $2")
async def set_role(db: Connection, workspace_id: UUID, person_id: UUID, role: str) -> None: ...


@sql("delete from members where workspace_id = $1 and person_id = $2")
async def remove_member(db: Connection, workspace_id: UUID, person_id: UUID) -> None: ...
