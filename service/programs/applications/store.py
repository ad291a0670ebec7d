"""All SQL of applications."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from service.kit.db import Connection, fetch, sql
from service.programs.applications.problems import UnknownApplication, UnknownConsent
from service.programs.applications.schemas import (
    Answers,
    ApplicationRow,
    AppliedAccount,
    ConsentText,
    ListedApplications,
)

# Before it is decided: a partner of the brand with the same address, of this program first.
_COLUMNS = """
    a.id, a.program_id, a.status, a.name, a.email, a.email_key, a.accounts, a.website, a.answers, a.language,
    a.terms_version, a.consent_version,
    coalesce(a.partner_id, case when a.status = 'open' then (
        select p.id from partners p
        where p.workspace_id = $1 and p.email_key = a.email_key and p.status <> 'archived'
        order by p.program_id = a.program_id desc nulls last, p.id limit 1
    ) end) as partner_id,
    a.reason, a.decided_by, a.decided_at, a.created_at
"""
_FRAGMENTS = {
    "ids": "a.id = any(${})",
    "program_id": "a.program_id = ${}",
    "status": "a.status = ${}",
    "q": "(strpos(a.folded, ${0}) > 0 or strpos(a.email_key, ${0}) > 0)",
}


# One open application of a mailbox; a second one changes nothing of the first.
@sql("""
    insert into applications
        (workspace_id, id, program_id, name, folded, email, email_key, accounts, handles, website, answers,
         language, terms_version, consent_version)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
    on conflict (workspace_id, program_id, email_key) where status = 'open' do nothing
""")
async def add_application(
    db: Connection,
    workspace_id: UUID,
    application_id: UUID,
    program_id: UUID,
    name: str,
    folded: str,
    email: str,
    email_key: str,
    accounts: Sequence[AppliedAccount],
    handles: Sequence[str],
    website: str | None,
    answers: Answers,
    language: str,
    terms_version: int,
    consent_version: str,
) -> None: ...


@sql("""
    insert into consent_texts (workspace_id, version, language, text) values ($1, $2, $3, $4)
    on conflict (workspace_id, version) do nothing
""")
async def keep_consent(
    db: Connection, workspace_id: UUID, version: str, language: str, text: str
) -> None: ...


@sql(
    "select version, language, text, created_at from consent_texts where workspace_id = $1 and version = $2",
    missing=UnknownConsent,
)
async def get_consent(db: Connection, workspace_id: UUID, version: str) -> ConsentText: ...


@sql(
    f"select {_COLUMNS} from applications a where a.workspace_id = $1 and a.id = $2",
    missing=UnknownApplication,
)
async def get_application(db: Connection, workspace_id: UUID, application_id: UUID) -> ApplicationRow: ...


@sql(
    f"select {_COLUMNS} from applications a where a.workspace_id = $1 and a.id = $2 for update of a",
    missing=UnknownApplication,
)
async def lock_application(db: Connection, workspace_id: UUID, application_id: UUID) -> ApplicationRow: ...


async def list_applications(
    db: Connection, workspace_id: UUID, wanted: ListedApplications, before: UUID | None, limit: int
) -> list[ApplicationRow]:
    """The newest first, older than `before`."""
    values: list[Any] = [workspace_id, limit]
    conditions = ["a.workspace_id = $1"]
    for name, fragment in _FRAGMENTS.items():
        if (value := getattr(wanted, name)) is not None:
            values.append(value)
            conditions.append(fragment.format(len(values)))
    if before is not None:
        values.append(before)
        conditions.append(f"a.id < ${len(values)}")
    text = (
        f"select {_COLUMNS} from applications a where {' and '.join(conditions)} order by a.id desc limit $2"
    )
    return await fetch(db, ApplicationRow, text, *values)


@sql("""
    update applications
    set status = $3, partner_id = $4, reason = $5, decided_by = $6, decided_at = elci_now()
    where workspace_id = $1 and id = $2 and status = 'open'
""")
async def decide(
    db: Connection,
    workspace_id: UUID,
    application_id: UUID,
    status: str,
    partner_id: UUID | None,
    reason: str | None,
    decided_by: str,
) -> None: ...


@sql("delete from applications where workspace_id = $1 and id = $2")
async def forget_application(db: Connection, workspace_id: UUID, application_id: UUID) -> None: ...


# Of an influencer, and of the partners that they are: by record, by address, by the accounts they name.
@sql("""
    with family as (
        select p.id, p.email_key from partners p
        where p.workspace_id = $1 and (p.influencer_id = any($2) or p.merged_into in (
            select id from partners where workspace_id = $1 and influencer_id = any($2)
        ))
    ), addresses as (
        select email_key from family where email_key is not null
        union
        select lower(trim(c.email)) from influencer_contacts c
        where c.workspace_id = $1 and c.influencer_id = any($2) and c.role = 'self' and c.email is not null
    ), handles as (
        select c.platform || ':' || c.handle_folded as handle from influencer_accounts c
        where c.workspace_id = $1 and c.influencer_id = any($2) and c.handle_folded is not null
    )
    delete from applications a
    where a.workspace_id = $1 and (
        a.partner_id in (select id from family)
        or a.email_key in (select email_key from addresses)
        or a.handles && array(select handle from handles)
    )
    returning a.email_key
""")
async def forget_of_influencers(
    db: Connection, workspace_id: UUID, influencer_ids: Sequence[UUID]
) -> list[str]: ...


@sql("""
    delete from applications where workspace_id = $1 and (partner_id = any($2) or email_key in (
        select p.email_key from partners p where p.workspace_id = $1 and p.id = any($2)
    ))
    returning lower(email)
""")
async def forget_of_partners(
    db: Connection, workspace_id: UUID, partner_ids: Sequence[UUID]
) -> list[str]: ...
