"""New rules, applied to what isn't paid yet; a dry run only counts what they would change."""

from collections import Counter
from collections.abc import AsyncIterator
from uuid import UUID

from msgspec import Struct

from service.conversions import store as orders
from service.conversions.knowing import known_of
from service.conversions.reviews.again import store
from service.conversions.reviews.again.store import UnpaidRow
from service.conversions.reviews.batch.jobs import LOOK
from service.conversions.reviews.flagging import look_at
from service.conversions.reviews.rules import ReviewRules
from service.conversions.settling import settle
from service.kit.db import Connection
from service.kit.jobs import Work, enqueue, job

AGAIN = "conversions.judge_again"
_AT_ONCE = 200
_FIRST = UUID(int=0)


class Again(Struct, frozen=True):
    """`rules` with `dry_run` alone: else those in force count, whichever they are when the job runs."""

    dry_run: bool = False
    rules: ReviewRules | None = None


class Judged(Struct):
    """What rules change among the conversions that aren't paid: so many of them, how many they newly hold and
    let go, and how many by each reason then. Patterns over many orders follow within a quarter of an hour."""

    conversions: int = 0
    newly_held: int = 0
    no_longer_held: int = 0
    by_code: dict[str, int] = {}


@job(AGAIN)
async def judge_again(work: Work, payload: Again) -> Judged:
    """Judges all that isn't paid yet, each conversion in a transaction of its own."""
    judged, by_code = Judged(), Counter[str]()
    async with work.transaction() as db:
        total = await store.count_unpaid(db, work.workspace_id)
    async for row in _unpaid(work):
        async with work.transaction() as db:
            codes = await _judged(db, work.workspace_id, row, payload)
        judged.conversions += 1
        judged.newly_held += bool(codes) and not row.codes
        judged.no_longer_held += bool(row.codes) and not codes
        by_code.update(codes)
        await work.progress(judged.conversions, max(total, judged.conversions))
    judged.by_code = dict(sorted(by_code.items()))
    if not payload.dry_run:
        async with work.transaction() as db:
            await enqueue(db, work.workspace_id, LOOK, dedupe=LOOK)
            await work.finish(db, judged)
    return judged


async def _judged(db: Connection, workspace_id: UUID, row: UnpaidRow, payload: Again) -> set[str]:
    """The reasons for which the conversion is held then."""
    if not payload.dry_run:
        await settle(db, workspace_id, row.id)
        return set(await store.codes(db, workspace_id, row.id))
    (known,) = await known_of(db, workspace_id, [await orders.get(db, workspace_id, row.id)])
    found = await look_at(db, workspace_id, known.facts, row.partner_ids, payload.rules)
    return {flag.code for flag in found}


async def _unpaid(work: Work) -> AsyncIterator[UnpaidRow]:
    after = _FIRST
    while True:
        async with work.transaction() as db:
            page = await store.unpaid(db, work.workspace_id, after, _AT_ONCE)
        if not page:
            return
        for row in page:
            yield row
        after = page[-1].id
