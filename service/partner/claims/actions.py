"""What partners do with claims."""

from uuid import UUID
from zoneinfo import ZoneInfo

from service.accounts import audit
from service.accounts.callers import Caller
from service.conversions.settled.store import timezone
from service.kit import clock, ids
from service.kit.db import Connection
from service.kit.problems import InvalidInput
from service.ledger.problems import UnknownCommission
from service.partner.claims import checks, evidence, store
from service.partner.claims.problems import ClaimEnded, TooManyClaims
from service.partner.claims.schemas import ClaimRow, NewClaim
from service.partner.commissions import store as commissions
from service.programs import store as partners
from service.programs.events import PartnersForgotten

MOST_OPEN = 100


async def claim(db: Connection, caller: Caller, data: NewClaim) -> ClaimRow:
    """A new claim or question.

    Raises InvalidInput, UnknownFile, UnknownCommission, ClaimedAlready, AskedAlready, TooManyClaims.
    """
    workspace_id, partner_id = caller.workspace_id, caller.partner
    today = (await clock.now(db)).astimezone(ZoneInfo(await timezone(db, workspace_id))).date()
    if found := checks.faults(data, today):
        raise InvalidInput("a claim that can't be", errors=found)
    commission_id = await _commission(db, workspace_id, partner_id, data.commission_id)
    file_ids = await evidence.own(db, workspace_id, data.evidence)
    # Locked, so that two requests don't both make the last one.
    await partners.lock_partner(db, workspace_id, partner_id)
    if await store.count_open(db, workspace_id, partner_id) >= MOST_OPEN:
        raise TooManyClaims(f"at most {MOST_OPEN} wait for a decision at a time", most=MOST_OPEN)
    claim_id = ids.new()
    await _add(db, caller, claim_id, data, commission_id)
    await store.add_evidence(db, workspace_id, claim_id, file_ids, partner_id)
    shown = ids.show("clm", claim_id)
    await audit.record(db, caller, "claim.created", shown, {"kind": data.kind, "files": len(file_ids)})
    return await store.get_claim(db, workspace_id, claim_id)


async def _commission(db: Connection, workspace_id: UUID, partner_id: UUID, text: str | None) -> UUID | None:
    """The first row of a commission of the partner's: questions about any of its rows are about it."""
    if text is None:
        return None
    asked = ids.read("com", text)
    found = await commissions.by_ids(db, workspace_id, partner_id, [asked])
    if not found:
        raise UnknownCommission
    return found[0].corrects or asked


async def _add(
    db: Connection, caller: Caller, claim_id: UUID, data: NewClaim, commission_id: UUID | None
) -> None:
    number = data.order_number
    await store.add_claim(
        db,
        caller.workspace_id,
        claim_id,
        caller.partner,
        data.kind,
        data.text.strip(),
        (data.shop or "").strip() if number else None,
        number.strip() if number else None,
        checks.order_key(number) if number else None,
        data.ordered_on,
        data.amount.amount if data.amount else None,
        data.amount.currency if data.amount else None,
        commission_id,
        caller.name,
    )


async def withdraw(db: Connection, caller: Caller, claim_id: UUID) -> ClaimRow:
    """Takes an open claim back. Raises UnknownClaim, ClaimEnded."""
    row = await store.get_claim(db, caller.workspace_id, claim_id)
    await end(db, caller, row, "withdrawn", None)
    await audit.record(db, caller, "claim.withdrawn", ids.show("clm", claim_id))
    return await store.get_claim(db, caller.workspace_id, claim_id)


async def begin_end(db: Connection, workspace_id: UUID, row: ClaimRow, outcome: str) -> None:
    """Locks an open claim for its end. Raises ClaimEnded where somebody was first."""
    if await store.end_claim(db, workspace_id, row.id, outcome) is None:
        now = await store.get_claim(db, workspace_id, row.id)
        raise ClaimEnded(f"it is {now.status}", now_is=now.status)


async def end(db: Connection, caller: Caller, row: ClaimRow, outcome: str, reason: str | None) -> None:
    """Ends a claim without any order. Raises ClaimEnded."""
    await begin_end(db, caller.workspace_id, row, outcome)
    await store.add_end(db, caller.workspace_id, row.id, outcome, reason, None, False, caller.name)


async def forget(db: Connection, event: PartnersForgotten) -> None:
    """Handles the event: what was decided stays, the partner's words and files do not."""
    await store.forget(db, event.workspace_id, event.partner_ids)
