"""The SQL of what-if: a place in a run."""

from uuid import UUID

from service.discovery.scores.problems import UnknownRun
from service.discovery.scores.whatif.schemas import PlaceRow
from service.kit.db import Connection, sql


@sql(
    """
    select r.brief_id, r.asked, r.populations, r.model_version, p.rank, r.candidates[p.rank - 1] as next_id
    from score_runs r, lateral (select array_position(r.candidates, $3) as rank) p
    where r.workspace_id = $1 and r.id = $2 and p.rank is not null
    """,
    missing=UnknownRun,
)
async def get_place(db: Connection, workspace_id: UUID, run_id: UUID, influencer_id: UUID) -> PlaceRow: ...
