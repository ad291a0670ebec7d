"""Makes a run, shows what it would do, and pays a batch of its partners."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

import msgspec

from service.kit import ids, jobs
from service.kit.db import Connection
from service.kit.money import Money
from service.ledger.payouts import choosing, naming, paying, store
from service.ledger.payouts.accounts import store as accounts
from service.ledger.payouts.choosing import Chosen, Skip
from service.ledger.payouts.paying import Draft, Owed
from service.ledger.payouts.runs import store as runs
from service.ledger.payouts.runs.schemas import (
    NewPayoutRun,
    Paid,
    PayoutPlan,
    PlannedPayout,
    PlannedSkip,
    PlannedTotal,
    RunRow,
    Wanted,
)
from service.programs import store as partners
from service.programs.catalogue import store as programs
from service.programs.problems import UnknownPartner, UnknownProgram

PAY = "ledger.pay_out"
AT_ONCE = 50
MOST_SHOWN = 1000


class PayOut(msgspec.Struct):
    """What the job is told."""

    run_id: UUID


class Decided(NamedTuple):
    """What is done for a partner in a currency: a payout, or why not."""

    owed: Owed
    chosen: Chosen
    skip: Skip | None
    account_id: UUID | None


async def read(db: Connection, workspace_id: UUID, data: NewPayoutRun) -> Wanted:
    """What is asked for. Raises UnknownPartner, UnknownProgram."""
    asked = None if data.partner_ids is None else sorted({ids.read("prt", one) for one in data.partner_ids})
    if asked is not None and {*await partners.known_partners(db, workspace_id, asked)} != {*asked}:
        raise UnknownPartner("one of them is not there")
    program_id = None if data.program_id is None else ids.read("prg", data.program_id)
    if program_id is not None and await programs.status_of(db, workspace_id, program_id) is None:
        raise UnknownProgram
    return Wanted(
        currency=data.currency,
        minimum={price.currency: price.amount for price in data.minimum},
        partner_ids=asked,
        program_id=program_id,
        earned_before=data.earned_before,
        note=data.note,
    )


async def start(db: Connection, workspace_id: UUID, wanted: Wanted, by: str) -> RunRow:
    """A run with its job. The same one that isn't over yet is answered instead; one whose job failed or was
    cancelled goes on."""
    key = hashlib.sha256(msgspec.json.encode(wanted, order="sorted")).hexdigest()
    made = await runs.add_run(db, workspace_id, ids.new(), msgspec.to_builtins(wanted), key, by)
    row = await runs.lock_open(db, workspace_id, key)
    if made is not None or row.status in ("failed", "cancelled"):
        job_id = await jobs.enqueue(db, workspace_id, PAY, PayOut(row.id))
        await runs.set_job(db, workspace_id, row.id, job_id)
    return await runs.get_run(db, workspace_id, row.id)


async def candidates(db: Connection, workspace_id: UUID, wanted: Wanted) -> list[UUID]:
    """The partners to look at; of merged ones the one that stands."""
    asked = wanted.partner_ids
    if asked is not None:
        asked = sorted({row.kept for row in await store.records(db, workspace_id, asked)})
    return await runs.candidates(db, workspace_id, wanted.currency, asked, wanted.program_id)


async def pay_some(
    db: Connection, workspace_id: UUID, run: RunRow, partner_ids: Sequence[UUID], by: str
) -> Paid:
    """Pays these partners, each at most once a run and currency, and notes whom it skips."""
    found = await decide(db, workspace_id, run.wanted, partner_ids, locked=True)
    before = {*await runs.paid_by(db, workspace_id, run.id, partner_ids)}
    found = [each for each in found if f"{each.owed[0]} {each.owed[1]}" not in before]
    so_far = await paying.so_far(db, workspace_id, partner_ids)
    drafts = [
        Draft(
            partner_id=partner_id,
            currency=currency,
            chosen=each.chosen,
            key=naming.key(partner_id, currency, so_far[each.owed], each.chosen),
            method="bank",
            status="created",
            run_id=run.id,
            account_id=each.account_id,
            note=run.wanted.note,
        )
        for each in found
        if each.skip is None
        for partner_id, currency in [each.owed]
    ]
    await paying.write(db, workspace_id, drafts, by)
    skips = [each for each in found if each.skip is not None]
    # An earlier attempt at the run may have noted others.
    await runs.drop_skips(db, workspace_id, run.id, partner_ids)
    await _note(db, workspace_id, run.id, skips)
    return Paid(len(drafts), len(skips))


async def decide(
    db: Connection, workspace_id: UUID, wanted: Wanted, partner_ids: Sequence[UUID], *, locked: bool
) -> list[Decided]:
    """What a run does for these partners; nothing where nothing is payable."""
    owed = await paying.payable(db, workspace_id, partner_ids, locked=locked)
    places = {row.partner_id: row.id for row in await accounts.current(db, workspace_id, partner_ids)}
    minimums = await _minimums(db, workspace_id, wanted, partner_ids)
    found = []
    for each, payable in owed.items():
        partner_id, currency = each
        if wanted.currency not in (None, currency):
            continue
        chosen = choosing.everything(payable.rows, payable.balance, wanted.earned_before)
        if chosen.amount == 0:
            continue
        place = places.get(partner_id)
        minimum = wanted.minimum.get(currency, minimums[each])
        found.append(Decided(each, chosen, choosing.skipped(chosen, minimum, place is not None), place))
    return found


async def _minimums(
    db: Connection, workspace_id: UUID, wanted: Wanted, partner_ids: Sequence[UUID]
) -> defaultdict[Owed, int]:
    """A program's minimum is of its currency; in others there is none."""
    found: defaultdict[Owed, int] = defaultdict(int)
    for row in await store.minimums(db, workspace_id, partner_ids):
        if row.amount is not None and row.currency is not None:
            found[row.partner_id, row.currency] = row.amount
    return found


async def _note(db: Connection, workspace_id: UUID, run_id: UUID, skips: Sequence[Decided]) -> None:
    await runs.put_skips(
        db,
        workspace_id,
        run_id,
        [each.owed[0] for each in skips],
        [each.owed[1] for each in skips],
        [each.chosen.amount for each in skips],
        [each.skip for each in skips if each.skip is not None],
    )


async def plan(db: Connection, workspace_id: UUID, wanted: Wanted) -> PayoutPlan:
    """What a run would do now. Nothing is written, nobody waits."""
    found: list[Decided] = []
    asked = await candidates(db, workspace_id, wanted)
    for at in range(0, len(asked), AT_ONCE):
        found += await decide(db, workspace_id, wanted, asked[at : at + AT_ONCE], locked=False)
    paid = [each for each in found if each.skip is None]
    skips = [each for each in found if each.skip is not None]
    return PayoutPlan(
        totals=_totals(paid),
        payouts=[
            PlannedPayout(ids.show("prt", each.owed[0]), _money(each), len(each.chosen.rows))
            for each in paid[:MOST_SHOWN]
        ],
        skipped=[
            PlannedSkip(ids.show("prt", each.owed[0]), _money(each), each.skip)
            for each in skips[:MOST_SHOWN]
            if each.skip is not None
        ],
        skips=len(skips),
    )


def _totals(paid: Sequence[Decided]) -> list[PlannedTotal]:
    amounts: defaultdict[str, list[int]] = defaultdict(list)
    for each in paid:
        amounts[each.owed[1]].append(each.chosen.amount)
    return [PlannedTotal(len(each), Money(sum(each), currency)) for currency, each in sorted(amounts.items())]


def _money(each: Decided) -> Money:
    return Money(each.chosen.amount, each.owed[1])
