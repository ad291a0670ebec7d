"""All SQL of follower samples."""

from datetime import datetime
from uuid import UUID

from service.influencers.problems import UnknownSample
from service.influencers.samples.schemas import SampleRow
from service.kit.db import Connection, sql

COLUMNS = "id, account_id, source, as_of, n, n_known, flagged, tpr, fpr, model_version"


@sql(f"""
    insert into follower_samples as s (workspace_id, {COLUMNS})
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    on conflict on constraint follower_samples_key do update
        set n = excluded.n, n_known = excluded.n_known, flagged = excluded.flagged, tpr = excluded.tpr,
            fpr = excluded.fpr, model_version = excluded.model_version
    returning {COLUMNS}
""")
async def put_sample(
    db: Connection,
    workspace_id: UUID,
    sample_id: UUID,
    account_id: UUID,
    source: str,
    as_of: datetime,
    n: int,
    n_known: bool,
    flagged: float,
    tpr: float,
    fpr: float,
    model_version: str | None,
) -> SampleRow: ...


@sql("""
    update follower_samples s set latest = not s.latest
    where s.workspace_id = $1 and s.account_id = $2 and s.latest <> (s.id = (
        select k.id from follower_samples k where k.workspace_id = $1 and k.account_id = $2
        order by k.as_of desc, k.source desc limit 1))
""")
async def settle_latest(db: Connection, workspace_id: UUID, account_id: UUID) -> None:
    """Marks the account's newest sample; the account is locked, so that two agree on which it is."""
    ...


@sql(f"""
    select {COLUMNS} from follower_samples
    where workspace_id = $1 and account_id = $2
      and ($3::timestamptz is null or (as_of, source) < ($3, $4::text))
    order by as_of desc, source desc limit $5
""")
async def list_samples(
    db: Connection,
    workspace_id: UUID,
    account_id: UUID,
    before: datetime | None,
    before_source: str | None,
    limit: int,
) -> list[SampleRow]: ...


@sql(
    f"""
    delete from follower_samples where workspace_id = $1 and account_id = $2 and id = $3 returning {COLUMNS}
    """,
    missing=UnknownSample,
)
async def delete_sample(
    db: Connection, workspace_id: UUID, account_id: UUID, sample_id: UUID
) -> SampleRow: ...
