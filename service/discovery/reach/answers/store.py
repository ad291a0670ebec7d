"""All SQL of the answers that are kept."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from service.discovery.reach.answers.schemas import AnswerRow
from service.kit.db import Connection, sql

_COLUMNS = "shortlist_id, key, question, body, cells, job_id"


@sql(f"select {_COLUMNS} from reach_answers where workspace_id = $1 and shortlist_id = $2 and key = $3")
async def find(db: Connection, workspace_id: UUID, shortlist_id: UUID, key: bytes) -> AnswerRow | None: ...


# Who comes second waits here until the first has committed, and finds the row then.
@sql("""
    insert into reach_answers (workspace_id, shortlist_id, key, question) values ($1, $2, $3, $4::jsonb)
    on conflict (workspace_id, shortlist_id, key) do nothing
""")
async def add(db: Connection, workspace_id: UUID, shortlist_id: UUID, key: bytes, question: Any) -> None: ...


@sql(f"""
    select {_COLUMNS} from reach_answers
    where workspace_id = $1 and shortlist_id = $2 and key = $3 for update
""")
async def lock(db: Connection, workspace_id: UUID, shortlist_id: UUID, key: bytes) -> AnswerRow | None: ...


@sql("update reach_answers set job_id = $4 where workspace_id = $1 and shortlist_id = $2 and key = $3")
async def set_job(
    db: Connection, workspace_id: UUID, shortlist_id: UUID, key: bytes, job_id: UUID
) -> None: ...


@sql("""
    insert into reach_answers (workspace_id, shortlist_id, key, question, body, cells, job_id, computed_at)
    values ($1, $2, $3, $4::jsonb, $5, $6, $7, elci_now())
    on conflict (workspace_id, shortlist_id, key) do update
        set body = excluded.body, cells = excluded.cells, computed_at = excluded.computed_at
""")
async def put(
    db: Connection,
    workspace_id: UUID,
    shortlist_id: UUID,
    key: bytes,
    question: Any,
    body: bytes,
    cells: bytes | None,
    job_id: UUID,
) -> None: ...


@sql("delete from reach_answers where workspace_id = $1 and shortlist_id = $2 and key = $3 and body is null")
async def drop_question(db: Connection, workspace_id: UUID, shortlist_id: UUID, key: bytes) -> None: ...


# Questions whose jobs were cancelled or failed, and that nobody asked again, go too.
@sql("""
    with ranked as (
        select key, row_number() over (order by computed_at desc, key) as n
        from reach_answers where workspace_id = $1 and shortlist_id = $2 and body is not null
    )
    delete from reach_answers a
    where a.workspace_id = $1 and a.shortlist_id = $2
      and (a.key in (select key from ranked where n > $3)
        or a.body is null and a.created_at < elci_now() - interval '1 day')
""")
async def trim(db: Connection, workspace_id: UUID, shortlist_id: UUID, most: int) -> None: ...


# Whoever writes an answer holds those it names; an erasure waits for that, and deletes the answer then.
@sql("""
    select id from influencers where workspace_id = $1 and id = any($2::uuid[]) order by id for key share
""")
async def hold(db: Connection, workspace_id: UUID, influencer_ids: Sequence[UUID]) -> list[UUID]: ...


@sql("""
    select id from influencers where workspace_id = $1 and id = any($2::uuid[]) order by id for update
""")
async def hold_erased(db: Connection, workspace_id: UUID, influencer_ids: Sequence[UUID]) -> list[UUID]: ...


@sql("delete from reach_answers where workspace_id = $1 and body is not null")
async def drop_answers(db: Connection, workspace_id: UUID) -> None: ...
