"""Programs that have advocates."""

from collections.abc import Sequence
from uuid import UUID

from service.advocacy.problems import NoAdvocacy
from service.advocacy.terms import store
from service.advocacy.terms.checks import Fault
from service.advocacy.terms.points import called
from service.advocacy.terms.shapes import AdvocacyTerms, PointsName
from service.kit import ids
from service.kit.db import Connection
from service.kit.problems import NotFound
from service.programs.problems import UnknownProgram


async def must_have_advocates(db: Connection, workspace_id: UUID, program_id: UUID) -> None:
    """Raises UnknownProgram, also where it is archived, and NoAdvocacy where it is of another kind."""
    kind = await store.kind_of(db, workspace_id, program_id)
    if kind is None:
        raise UnknownProgram
    if kind != "advocacy":
        raise NoAdvocacy("the program is of another kind")


async def points_names(
    db: Connection, workspace_id: UUID, program_ids: Sequence[UUID]
) -> dict[UUID, PointsName | None]:
    """What each program's points are called now; a program whose terms don't say is not in it."""
    rows = await store.points_now(db, workspace_id, program_ids)
    return {row.program_id: called(row.points) for row in rows}


async def pool_faults(db: Connection, workspace_id: UUID, terms: AdvocacyTerms) -> list[Fault]:
    """Rules whose pool of vouchers isn't there: what they give could never be given."""
    named = {n: _read(rule.pool_id) for n, rule in enumerate(terms.rewards) if rule.pool_id is not None}
    known = await store.pools(db, workspace_id, [each for each in named.values() if each is not None])
    return [(f"rewards[{n}].pool_id", "no such pool") for n, each in named.items() if each not in known]


def _read(pool_id: str) -> UUID | None:
    try:
        return ids.read("vpl", pool_id)
    except NotFound:
        return None
