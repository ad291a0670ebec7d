"""All SQL of people: they are no workspace's own, so these statements name none."""

from uuid import UUID

from msgspec import Struct

from service.kit.db import Connection, sql


class PersonRow(Struct):
    """A person's log-in."""

    id: UUID
    email: str
    name: str
    password_hash: str


@sql("select id, email, name, password_hash from people where email_key = $1")
async def find_person(db: Connection, email_key: str) -> PersonRow | None: ...


@sql("select id, email, name, password_hash from people where id = $1")
async def get_person(db: Connection, person_id: UUID) -> PersonRow: ...


@sql("insert into people (id, email, email_key, name, password_hash) values ($1, $2, $3, $4, $5)")
async def add_person(
    db: Connection, person_id: UUID, email: str, email_key: str, name: str, password_hash: str
) -> None: ...


@sql("update people set password_hash = $3 where id = $1 and password_hash = $2")
async def strengthen(db: Connection, person_id: UUID, old_hash: str, new_hash: str) -> None: ...


@sql("""
    update people set password_hash = $3, password_changed_at = elci_now()
    where id = $1 and password_hash = $2
    returning id
""")
async def change_password(db: Connection, person_id: UUID, old_hash: str, new_hash: str) -> UUID | None: ...
