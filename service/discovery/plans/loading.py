"""What a plan is made of, read from the database."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from service.discovery.briefs import store as briefs
from service.discovery.computations.actions import heaviest
from service.discovery.computations.operations.models import Spreading
from service.discovery.computations.parameters import Checks
from service.discovery.computations.parameters import spreading as spreading_of
from service.discovery.graphs import reading as graphs
from service.discovery.plans import store
from service.discovery.plans.demands import Named, faults_of_names
from service.discovery.plans.facts import Everybody, gather
from service.discovery.plans.reading import refuse
from service.discovery.plans.schemas import MOST, Asked, AskedSpread
from service.discovery.reach import store as reach
from service.discovery.reach.inputs import inputs
from service.discovery.reach.schemas import Asked as AskedOfReach
from service.discovery.reach.schemas import Candidate
from service.discovery.reach.targets import target_shares
from service.discovery.scores.loading import asked_of
from service.discovery.shortlists.store import get_shortlist
from service.influencers.rates.store import rates_of
from service.kit.db import Connection

# Whom a plan of a list is made with where nobody says: all but those who are out.
STATUSES = ("suggested", "starred", "contacted", "approved")


async def people(db: Connection, workspace_id: UUID, asked: Asked) -> list[UUID]:
    """Whom a plan is made with. Raises UnknownShortlist, UnknownBrief, ImpossibleDemands."""
    if asked.brief_id is not None:
        await briefs.get_brief(db, workspace_id, asked.brief_id)
    if asked.shortlist_id is not None:
        await get_shortlist(db, workspace_id, asked.shortlist_id)
        statuses = asked.statuses or list(STATUSES)
        found = await reach.on_list(db, workspace_id, asked.shortlist_id, statuses, MOST + 1)
        if len(found) > MOST:
            message = f"has more than {MOST} influencers to plan with; narrow it by statuses"
            refuse([{"path": "shortlist_id", "message": message}])
    else:
        found = asked.influencer_ids or []
        unknown = frozenset(await briefs.unknown_influencers(db, workspace_id, found))
        faults = [
            {"path": f"influencer_ids[{at}]", "message": "there is no such influencer"}
            for at, one in enumerate(found)
            if one in unknown
        ]
        if faults:
            refuse(faults)
    named = Named(
        asked.must_include,
        asked.exclude,
        [line.influencer_id for line in asked.costs],
        [line.influencer_id for line in asked.posts],
    )
    if faults := faults_of_names(named, found, asked.max_size):
        refuse(faults)
    return found


async def everybody(db: Connection, workspace_id: UUID, asked: Asked, keys: Sequence[UUID]) -> Everybody:
    """What is known of them. Raises UnknownBrief, ImpossibleDemands where the brief asks for no audience."""
    wanted = AskedOfReach(platforms=frozenset(asked.platforms), posts=tuple(asked.posts))
    found = await inputs(db, workspace_id, keys, wanted)
    cards = await rates_of(db, workspace_id, [each.influencer_id for each in found.candidates])
    return gather(found, asked, cards, await _targets(db, workspace_id, asked, found.candidates))


async def _targets(
    db: Connection, workspace_id: UUID, asked: Asked, candidates: Sequence[Candidate]
) -> Mapping[UUID, float | None]:
    """The share of each one's audience that is in the target, where one is asked for."""
    if asked.objective != "target_reach" or asked.brief_id is None:
        return {}
    brief = await briefs.get_brief(db, workspace_id, asked.brief_id)
    wanted = (await asked_of(db, workspace_id, brief)).audience
    if not wanted:
        refuse([{"path": "brief_id", "message": "the brief asks for no audience"}])
    return await target_shares(db, workspace_id, candidates, wanted)


async def spreading(db: Connection, workspace_id: UUID, asked: AskedSpread) -> Spreading:
    """How influence spreads in the graph as it is now. Raises graphs' UnknownGraph, NoArcs, GraphChanged;
    ImpossibleDemands where its weights are no chances."""
    row = await graphs.get_ready(db, workspace_id, asked.graph_id)
    most = 0.0
    if asked.p == "weights":
        most = heaviest(await graphs.load(db, workspace_id, row.id, row.version))
    checks = Checks({})
    found = spreading_of(asked, row.reverse, most, checks)
    if checks.errors:
        refuse(checks.errors)
    return found


async def is_small(db: Connection, workspace_id: UUID, keys: Sequence[UUID]) -> bool:
    """Whether a plan of these is made while its asker waits."""
    return await store.memberships(db, workspace_id, keys) <= MOST_AT_ONCE


# People of all known audiences together: what is counted in .2 to .5 s of a processor, however many accounts
# they follow (16 of 100,000 and 1,000 of 2,000 alike).
MOST_AT_ONCE = 2_000_000
