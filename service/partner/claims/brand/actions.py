"""What the brand decides of claims, through the doors that orders and commissions have anyway."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from service.accounts import audit
from service.accounts.callers import Caller
from service.conversions import store as rows
from service.conversions.orders import actions as orders
from service.conversions.orders import show
from service.conversions.orders.schemas import Assigned, NewConversion, Reassignment
from service.conversions.rows import ConversionRow
from service.conversions.settled.store import timezone
from service.kit import ids
from service.kit.db import Connection
from service.kit.money import Price
from service.kit.problems import InvalidInput
from service.ledger.books import store as books
from service.ledger.books.schemas import EntryRow
from service.ledger.books.showing import shown as entry_shown
from service.ledger.commissions import actions as commissions
from service.ledger.commissions import store as ledger
from service.ledger.commissions.showing import shown as commission_shown
from service.ledger.schemas import CommissionRow
from service.partner.claims import store as claims
from service.partner.claims.actions import begin_end
from service.partner.claims.brand import checks, finding, showing, store
from service.partner.claims.brand.schemas import ClaimDecision, DecidedClaim
from service.partner.claims.schemas import ClaimRow
from service.programs import store as partners

OUTCOMES = {"accept": "accepted", "decline": "declined"}


class _Undone(Exception):
    """Takes back what a dry run did."""


class Brought(NamedTuple):
    """What a decision did: the order, and the rows of its (or the question's) commissions."""

    conversion: ConversionRow | None = None
    made: bool = False
    rows: Sequence[CommissionRow] = ()


async def decide(db: Connection, caller: Caller, claim_id: UUID, data: ClaimDecision) -> DecidedClaim:
    """Ends an open claim; a dry run does everything and takes it back.

    Raises UnknownClaim, ClaimEnded, InvalidInput, UnknownConversion, NotNow, MoreThanYours.
    """
    done: DecidedClaim | None = None
    try:
        async with db.transaction():
            done = await _decide(db, caller, claim_id, data)
            if data.dry_run:
                raise _Undone
    except _Undone:
        pass
    if done is None:
        raise TypeError("a decision without an answer")
    return done


async def _decide(db: Connection, caller: Caller, claim_id: UUID, data: ClaimDecision) -> DecidedClaim:
    workspace_id = caller.workspace_id
    claim = await claims.get_claim(db, workspace_id, claim_id)
    if found := checks.faults(claim.kind, data):
        raise InvalidInput("a decision that can't be", errors=found)
    outcome = OUTCOMES[data.decision]
    await begin_end(db, workspace_id, claim, outcome)
    before = {each.id for each in await _entries(db, workspace_id, await _touched(db, caller, claim, data))}
    brought = await _bring(db, caller, claim, data)
    order = None if brought.conversion is None else brought.conversion.id
    end = (outcome, data.reason, order, brought.made, caller.name)
    await claims.add_end(db, workspace_id, claim_id, *end)
    if data.note is not None:
        await store.put_note(db, workspace_id, claim_id, data.note, caller.name)
    await _note_down(db, caller, claim, outcome, brought)
    entries = [each for each in await _entries(db, workspace_id, brought.rows) if each.id not in before]
    return DecidedClaim(
        dry_run=data.dry_run,
        claim=showing.shown(await claims.get_claim(db, workspace_id, claim_id)),
        conversion=None if brought.conversion is None else show.shown(brought.conversion),
        conversion_made=brought.made,
        commissions=[commission_shown(row) for row in brought.rows],
        entries=[entry_shown(each) for each in entries],
    )


async def _touched(
    db: Connection, caller: Caller, claim: ClaimRow, data: ClaimDecision
) -> list[CommissionRow]:
    """The commissions that a decision may change, as they are before it."""
    if data.decision == "decline":
        return []
    if claim.commission_id is not None:
        return await ledger.family(db, caller.workspace_id, claim.commission_id)
    order = await _order(db, caller.workspace_id, claim, data)
    return [] if order is None else await store.of_conversion(db, caller.workspace_id, order.id)


async def _entries(db: Connection, workspace_id: UUID, found: Sequence[CommissionRow]) -> list[EntryRow]:
    firsts = dict.fromkeys(row.corrects or row.id for row in found)
    return [each for first in firsts for each in await books.of_commission(db, workspace_id, first)]


async def _bring(db: Connection, caller: Caller, claim: ClaimRow, data: ClaimDecision) -> Brought:
    if data.decision == "decline":
        return Brought()
    if claim.commission_id is not None:
        return await _answer(db, caller, claim.commission_id, data)
    caller.must_hold(frozenset({"conversions:write"}))
    return await _credit(db, caller, claim, data)


async def _answer(db: Connection, caller: Caller, commission_id: UUID, data: ClaimDecision) -> Brought:
    if data.commission_status is None:
        return Brought(rows=await ledger.family(db, caller.workspace_id, commission_id))
    wanted = (data.commission_status, data.reason, caller.name)
    found = await commissions.decide(db, caller.workspace_id, commission_id, *wanted)
    shown = ids.show("com", commission_id)
    await audit.record(db, caller, "commission.decided", shown, {"status": data.commission_status})
    return Brought(rows=found)


async def _credit(db: Connection, caller: Caller, claim: ClaimRow, data: ClaimDecision) -> Brought:
    workspace_id = caller.workspace_id
    order, made = await _order(db, workspace_id, claim, data), False
    if order is None:
        order, outcome = await orders.take(
            db, workspace_id, await _told(db, workspace_id, claim, data), caller.name
        )
        made = outcome == "created"
    row = await rows.lock(db, workspace_id, order.id)
    if row.test:
        errors = [{"path": "conversion_id", "message": "is a test order: nobody earns by it"}]
        raise InvalidInput("an order that can't be credited", errors=errors)
    partner = await partners.get_partner(db, workspace_id, claim.partner_id)
    share = Assigned(ids.show("prt", partner.merged_into or partner.id))
    row = await orders.reassign(db, workspace_id, row, Reassignment([share], data.reason), caller.name)
    details = {"shares": {share.partner_id: share.weight}, "claim": ids.show("clm", claim.id)}
    await audit.record(db, caller, "conversion.reassigned", ids.show("cnv", row.id), details)
    return Brought(row, made, await store.of_conversion(db, workspace_id, row.id))


async def _order(
    db: Connection, workspace_id: UUID, claim: ClaimRow, data: ClaimDecision
) -> ConversionRow | None:
    """The order that is meant; None where nobody has told of it. Raises InvalidInput where several may be."""
    if data.conversion_id is not None:
        return await rows.get(db, workspace_id, ids.read("cnv", data.conversion_id))
    found = await finding.candidates(db, workspace_id, claim)
    if len(found) > 1:
        errors = [{"path": "conversion_id", "message": "several orders bear this number: name one"}]
        raise InvalidInput("it isn't clear which order is meant", errors=errors)
    if found and data.amount is not None:
        told = f"is {ids.show('cnv', found[0].id)}'s, which is known: leave it out"
        raise InvalidInput("the order is known", errors=[{"path": "amount", "message": told}])
    return found[0] if found else None


async def _told(db: Connection, workspace_id: UUID, claim: ClaimRow, data: ClaimDecision) -> NewConversion:
    """The claimed sale as an order, at noon of its day."""
    if claim.order_number is None or claim.ordered_on is None:
        raise TypeError("a claim of a sale names its order")
    noon = datetime.combine(claim.ordered_on, time(12), ZoneInfo(await timezone(db, workspace_id)))
    return NewConversion(
        external_id=claim.order_number,
        shop=claim.shop or "",
        amount=data.amount or Price(claim.amount or 0, claim.currency or ""),
        occurred_at=noon.astimezone(UTC),
    )


async def _note_down(db: Connection, caller: Caller, claim: ClaimRow, outcome: str, brought: Brought) -> None:
    details: dict[str, str | bool] = {"kind": claim.kind}
    if brought.conversion is not None:
        details |= {"conversion_id": ids.show("cnv", brought.conversion.id), "made": brought.made}
    await audit.record(db, caller, f"claim.{outcome}", ids.show("clm", claim.id), details)
