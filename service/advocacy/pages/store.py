"""All SQL of pages to join on, and of those who asked to."""

from collections.abc import Sequence
from uuid import UUID

from service.advocacy.pages.problems import NoJoinPage
from service.advocacy.pages.schemas import FoundPage, JoinPageRow, JoinRequestRow, JoinTexts, Outcome
from service.kit.db import Connection, sql
from service.kit.problems import NotFound

_PAGE = """
    program_id, token, slug, enabled, url, code_pattern, member, customers_only, marketing, texts, version,
    created_at, updated_at
"""
_REQUEST = """
    id, program_id, address_key, sealed, language, brought_by, referral_id, consent_version,
    marketing_version, outcome, advocate_id, expires_at <= elci_now() as is_over, created_at
"""


@sql("select workspace_id, program_id, locale from entry.find_join_page($1)", missing=NotFound)
async def find_page(db: Connection, token: str) -> FoundPage: ...


@sql(f"select {_PAGE} from join_pages where workspace_id = $1 and program_id = $2", missing=NoJoinPage)
async def get_page(db: Connection, workspace_id: UUID, program_id: UUID) -> JoinPageRow: ...


# The address stays, whatever changes.
@sql(f"""
    insert into join_pages (workspace_id, program_id, token, slug, enabled, url, code_pattern, member,
        customers_only, marketing, texts)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    on conflict (workspace_id, program_id) do update
    set slug = excluded.slug, enabled = excluded.enabled, url = excluded.url,
        code_pattern = excluded.code_pattern, member = excluded.member,
        customers_only = excluded.customers_only, marketing = excluded.marketing, texts = excluded.texts,
        version = join_pages.version + 1, updated_at = elci_now()
    returning {_PAGE}
""")
async def put_page(
    db: Connection,
    workspace_id: UUID,
    program_id: UUID,
    token: str,
    slug: str | None,
    enabled: bool,
    url: str | None,
    code_pattern: str | None,
    member: str,
    customers_only: bool,
    marketing: bool,
    texts: JoinTexts,
) -> JoinPageRow: ...


@sql("""
    insert into join_requests (workspace_id, id, program_id, address_key, sealed, language, brought_by,
        referral_id, consent_version, marketing_version, expires_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, elci_now() + make_interval(days => $11))
""")
async def add_request(
    db: Connection,
    workspace_id: UUID,
    request_id: UUID,
    program_id: UUID,
    address_key: bytes,
    sealed: bytes,
    language: str,
    brought_by: UUID | None,
    referral_id: UUID | None,
    consent_version: str,
    marketing_version: str | None,
    days: int,
) -> None: ...


@sql(f"select {_REQUEST} from join_requests where workspace_id = $1 and id = $2", missing=NotFound)
async def get_request(db: Connection, workspace_id: UUID, request_id: UUID) -> JoinRequestRow: ...


@sql(f"select {_REQUEST} from join_requests where workspace_id = $1 and id = $2 for update", missing=NotFound)
async def lock_request(db: Connection, workspace_id: UUID, request_id: UUID) -> JoinRequestRow: ...


# Long enough for whoever comes back to the page of their link.
@sql("""
    update join_requests
    set outcome = $3, advocate_id = $4, confirmed_at = elci_now(), sealed = null,
        expires_at = elci_now() + make_interval(days => $5)
    where workspace_id = $1 and id = $2
""")
async def confirm(
    db: Connection, workspace_id: UUID, request_id: UUID, outcome: Outcome, advocate_id: UUID, days: int
) -> None: ...


# By an order that stands: whoever only signed up is no customer yet.
@sql("""
    select exists (
        select from customer_keys k
        join conversions v on v.workspace_id = $1 and v.customer_id = k.customer_id
        where k.workspace_id = $1 and k.key = $2 and v.kind in ('sale', 'booking') and not v.test
            and v.status <> 'cancelled' and v.merged_into is null
    )
""")
async def is_customer(db: Connection, workspace_id: UUID, key: bytes) -> bool: ...


# An invitation's own advocate, or the one that is named.
@sql("""
    select r.advocate_id from referrals r
    where r.workspace_id = $1 and r.id = $3 and r.program_id = $2 and r.state in ('invited', 'clicked')
    union all
    select a.id from advocates a
    where a.workspace_id = $1 and a.id = $3 and a.program_id = $2 and a.status = 'active'
    limit 1
""")
async def who_invites(db: Connection, workspace_id: UUID, program_id: UUID, named: UUID) -> UUID | None: ...


@sql("update referrals set joined_at = elci_now() where workspace_id = $1 and id = $2 and joined_at is null")
async def note_joined(db: Connection, workspace_id: UUID, referral_id: UUID) -> None: ...


@sql("delete from join_requests where workspace_id = $1 and expires_at <= elci_now()")
async def sweep(db: Connection, workspace_id: UUID) -> None: ...


@sql("select * from entry.joining_workspaces()")
async def joining_workspaces(db: Connection) -> list[UUID]: ...


@sql(f"""
    delete from join_requests where workspace_id = $1 and address_key = any($2::bytea[])
    returning {_REQUEST}
""")
async def forget(db: Connection, workspace_id: UUID, keys: Sequence[bytes]) -> list[JoinRequestRow]: ...
