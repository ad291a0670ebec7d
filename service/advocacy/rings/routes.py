"""/v1/referrals: evidence, rings, visits, and deciding of many at once."""

from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.advocacy.problems import NoAdvocacy, UnknownReferral
from service.advocacy.referrals.schemas import ReferralDecision
from service.advocacy.rings import actions, marking, show, store
from service.advocacy.rings.jobs import CHECK, Check
from service.advocacy.rings.problems import UnknownRing
from service.advocacy.rings.schemas import (
    CheckStarted,
    Decided,
    ManyDecision,
    Noted,
    ReferralEvidence,
    Ring,
    RingDecision,
    Visit,
)
from service.advocacy.terms.actions import must_have_advocates
from service.kit import ids, jobs, paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, NotFound
from service.programs.problems import UnknownProgram

Reader = Annotated[Caller, May("advocacy:read")]
Writer = Annotated[Caller, May("advocacy:write")]
DryRun = Annotated[bool, QueryParameter(description="only say what would be held")]
OfProgram = Annotated[str | None, QueryParameter(max_length=40, description="of this program")]
Open = Annotated[
    bool | None,
    QueryParameter(name="open", description="those that something is still held of; false: those decided"),
]


@post(
    "/v1/programs/{program_id:str}/referrals/check",
    tags=["advocacy"],
    status_code=202,
    raises=[UnknownProgram, NoAdvocacy],
)
async def check_referrals(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    program_id: FromPath[str],
    dry_run: DryRun = False,
) -> CheckStarted:
    """Looks for made-up referrals: second accounts, and rings of them. It happens by itself a few minutes
    after orders, visits or payout accounts change; this asks for it now. What is found is held with its
    rewards (`held`: `ring`, `second_account`), never rejected: people decide. What they let go is not held
    again.

    The job's result says how many are found, held, and by which codes; with `dry_run` nothing is held."""
    program = ids.read("prg", program_id)
    await must_have_advocates(db, caller.workspace_id, program)
    dedupe = None if dry_run else f"{CHECK} {program}"
    job_id = await jobs.enqueue(db, caller.workspace_id, CHECK, Check(program, dry_run), dedupe=dedupe)
    return CheckStarted(ids.show("job", job_id), dry_run)


@get("/v1/referrals/{referral_id:str}/evidence", tags=["advocacy"], raises=[UnknownReferral])
async def get_referral_evidence(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], referral_id: FromPath[str]
) -> ReferralEvidence:
    """Why a referral is doubted: what was seen, how much it weighs, in Turkish and English. For the brand's
    people alone: to an advocate say that it is being looked at."""
    return show.evidence(await store.get_evidence(db, caller.workspace_id, ids.read("ref", referral_id)))


@get("/v1/referrals/rings", tags=["advocacy"], raises=[BadCursor, NotFound])
async def list_referral_rings(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    program_id: OfProgram = None,
    is_open: Open = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Ring]:
    """Referrals that hang together and are doubted, with what was seen and what waits: the newest advocates
    first. A ring is named by the advocate at its top."""
    program = None if program_id is None else ids.read("prg", program_id)
    before = paging.decode(cursor, UUID)
    rows = await store.list_rings(db, caller.workspace_id, program, before, is_open, limit + 1)
    return paging.page(rows, limit, lambda row: row.id, show.ring)


@post(
    "/v1/referrals/rings/{ring_id:str}/decide",
    tags=["advocacy"],
    status_code=200,
    raises=[UnknownRing],
)
async def decide_referral_ring(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    ring_id: FromPath[str],
    data: JSONBody[RingDecision],
) -> Decided:
    """Releases or rejects all that is held of a ring, in one go: rewards become available, or are taken back.
    Of one with more than 500 referrals the rest is `left`: send it again. Once all is decided it changes
    nothing."""
    ring = ids.read("rin", ring_id)
    changed, left = await actions.decide_ring(db, caller.workspace_id, ring, data, caller.name)
    if changed:
        details = {"status": data.status, "referrals": len(changed)}
        await audit.record(db, caller, "referral_ring.decided", ring_id, details)
    return Decided([ids.show("ref", each) for each in changed], left)


@post("/v1/referrals/decide", tags=["advocacy"], status_code=200, raises=[UnknownReferral])
async def decide_referrals(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[ManyDecision]
) -> Decided:
    """Holds, releases or rejects referrals together, all or none; those that are so already stay as they
    are."""
    wanted = [ids.read("ref", each) for each in data.ids]
    decision = ReferralDecision(data.status, data.reason)
    changed = await actions.decide_many(db, caller.workspace_id, wanted, decision, caller.name)
    for each in changed:
        name = ids.show("ref", each)
        await audit.record(db, caller, "referral.decided", name, {"status": data.status})
    return Decided([ids.show("ref", each) for each in changed])


@post("/v1/referrals/visits", tags=["advocacy"], raises=[InvalidInput])
async def note_visit(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[Visit]
) -> Noted:
    """Tells where your server has seen somebody, so that second accounts are found. Nothing is kept of it but
    hashes, keyed with a salt that is dropped at the end of the UTC day: they say who was at one place on
    that day, and never where. They go when the customer is erased, and after as long as events of pages."""
    return Noted(await marking.note_visit(db, caller.workspace_id, data))


ROUTES: list[ControllerRouterHandler] = [
    check_referrals,
    get_referral_evidence,
    list_referral_rings,
    decide_referral_ring,
    decide_referrals,
    note_visit,
]
