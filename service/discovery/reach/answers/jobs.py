"""Overlap and reach of a large list as a job: read, computed in a thread, kept."""

from functools import partial
from urllib.parse import urlencode
from uuid import UUID

import msgspec

from service.discovery.computations.watching import watched
from service.discovery.reach.answers import store
from service.discovery.reach.answers.computing import Made, compute
from service.discovery.reach.answers.keeping import COMPUTE
from service.discovery.reach.answers.preparing import Prepared, prepare
from service.discovery.reach.answers.schemas import AnswerRow, ComputedReach, ComputeReach, Question
from service.discovery.reach.inputs import filled
from service.discovery.reach.problems import ListChanged
from service.kit import ids
from service.kit.jobs import Work, job

STEPS = 3
# Of a list that changes while it is computed, until the job gives up.
TRIES = 3
MOST_KEPT = 10
# Between two looks whether anybody can still read what is computed.
WANTED_S = 5.0


@job(COMPUTE)
async def compute_reach(work: Work, payload: ComputeReach) -> ComputedReach:
    """Nothing is held while it computes. What changed meanwhile makes another answer, computed anew."""
    key = bytes.fromhex(payload.key)
    row = await _row(work, payload.shortlist_id, key)
    for _ in range(TRIES):
        asked, whole = await _read(work, row)
        await work.progress(1, STEPS)
        made = await watched(
            work, partial(compute, whole), lambda: _row(work, payload.shortlist_id, key), WANTED_S
        )
        await work.progress(2, STEPS)
        done = await _kept(work, row, asked, made)
        if done is not None:
            return done
    raise ListChanged("it changed each time while it was computed: ask again")


async def _row(work: Work, shortlist_id: UUID, key: bytes) -> AnswerRow:
    """What is asked. Raises ListChanged."""
    async with work.transaction() as db:
        row = await store.find(db, work.workspace_id, shortlist_id, key)
    if row is None:
        raise ListChanged("the list is there no more")
    return row


async def _read(work: Work, row: AnswerRow) -> tuple[Prepared, Prepared]:
    """The outline and the whole of it."""
    shown = ids.show("sho", row.shortlist_id)
    async with work.transaction() as db:
        asked = await prepare(db, work.workspace_id, shown, row.question)
        found = await filled(db, work.workspace_id, asked.found, row.question.of)
    return asked, asked._replace(found=found)


async def _kept(work: Work, row: AnswerRow, asked: Prepared, made: Made) -> ComputedReach | None:
    """Null where the answer rests on what is no more: nobody who left since shall stand in it."""
    shown, key = ids.show("sho", row.shortlist_id), asked.key
    named = [each.influencer_id for each in asked.found.candidates]
    named += [each.influencer_id for each in asked.found.left_out]
    async with work.transaction() as db:
        await store.hold(db, work.workspace_id, named)
        now = await prepare(db, work.workspace_id, shown, row.question)
        if now.key != key:
            return None
        question = msgspec.to_builtins(row.question)
        await store.put(
            db, work.workspace_id, row.shortlist_id, key, question, made.body, made.cells, work.job_id
        )
        if key != row.key:
            await store.drop_question(db, work.workspace_id, row.shortlist_id, row.key)
        await store.trim(db, work.workspace_id, row.shortlist_id, MOST_KEPT)
        work.report(STEPS, STEPS)
        done = ComputedReach(shown, row.question.what, _url(shown, row.question))
        await work.finish(db, done)
    return done


def _url(shortlist_id: str, question: Question) -> str:
    asked = {name: each for name, each in msgspec.to_builtins(question).items() if name != "what"}
    query = f"?{urlencode(asked)}" if asked else ""
    return f"/v1/shortlists/{shortlist_id}/{question.what}{query}"
