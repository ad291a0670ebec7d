"""Where partners are paid to: kept, replaced, taken over in a merge, forgotten."""

from uuid import UUID

from service.accounts import audit
from service.accounts.callers import Caller
from service.kit import ids
from service.kit.db import Connection
from service.kit.problems import InvalidInput
from service.ledger.payouts.accounts import iban, notices, sealing, store
from service.ledger.payouts.accounts.schemas import (
    AccountRow,
    BrandPayoutAccount,
    NewPayoutAccount,
    PayoutAccount,
)
from service.ledger.payouts.accounts.sealing import Place
from service.ledger.payouts.problems import NoPayoutAccount
from service.programs.events import PartnersForgotten, PartnersMerged


async def put(db: Connection, caller: Caller, partner_id: UUID, data: NewPayoutAccount) -> AccountRow:
    """The account that the partner is paid to from now on; the same one again changes nothing. The
    partner is told by mail. Raises InvalidInput."""
    place = _read(data)
    if await _is_kept(db, caller.workspace_id, partner_id, place):
        return await store.get_account(db, caller.workspace_id, partner_id)
    account_id = ids.new()
    await store.end_account(db, caller.workspace_id, partner_id)
    await store.add_account(
        db,
        caller.workspace_id,
        account_id,
        partner_id,
        sealing.seal(account_id, place),
        sealing.number_key(place.iban),
        place.iban[:2],
        iban.hint(place.iban),
        caller.name,
    )
    shown = ids.show("pac", account_id)
    await audit.record(db, caller, "payout_account.put", ids.show("prt", partner_id), {"account_id": shown})
    await notices.tell(db, caller, partner_id, iban.hint(place.iban))
    return await store.get_account(db, caller.workspace_id, partner_id)


def _read(data: NewPayoutAccount) -> Place:
    try:
        return Place(iban.read(data.iban), " ".join(data.payee.split()))
    except ValueError as error:
        errors = [{"path": "iban", "message": str(error)}]
        raise InvalidInput("an account that no bank would take", errors=errors) from error


async def _is_kept(db: Connection, workspace_id: UUID, partner_id: UUID, place: Place) -> bool:
    for row in await store.current(db, workspace_id, [partner_id]):
        if row.sealed is not None and sealing.opened(row.id, row.sealed) == place:
            return True
    return False


async def remove(db: Connection, caller: Caller, partner_id: UUID) -> None:
    """The partner is paid nowhere until another account comes. Raises NoPayoutAccount."""
    account_id = await store.end_account(db, caller.workspace_id, partner_id)
    if account_id is None:
        raise NoPayoutAccount
    shown = ids.show("pac", account_id)
    subject = ids.show("prt", partner_id)
    await audit.record(db, caller, "payout_account.removed", subject, {"account_id": shown})
    await notices.tell(db, caller, partner_id, None)


def shown(row: AccountRow) -> PayoutAccount:
    """An account as its partner sees it."""
    return PayoutAccount(
        id=ids.show("pac", row.id),
        partner_id=ids.show("prt", row.partner_id),
        country=row.country,
        iban=row.hint,
        payee=None if row.sealed is None else sealing.opened(row.id, row.sealed).payee,
        created_by=row.created_by,
        created_at=row.created_at,
    )


async def for_brand(db: Connection, workspace_id: UUID, row: AccountRow) -> BrandPayoutAccount:
    """An account with the partners who share it."""
    others = await store.sharing(db, workspace_id, row.partner_id)
    seen = shown(row)
    return BrandPayoutAccount(
        id=seen.id,
        partner_id=seen.partner_id,
        country=seen.country,
        iban=seen.iban,
        payee=seen.payee,
        created_by=seen.created_by,
        created_at=seen.created_at,
        shared_with=[ids.show("prt", one) for one in others],
    )


async def follow_merge(db: Connection, event: PartnersMerged) -> None:
    """Handles the event: the kept partner takes over an account where it has none; the others end."""
    await store.take_over(db, event.workspace_id, event.kept, event.merged)
    await store.end_all(db, event.workspace_id, event.merged)


async def forget(db: Connection, event: PartnersForgotten) -> None:
    """Handles the event: that something was paid stays, where to does not."""
    await store.forget(db, event.workspace_id, event.partner_ids)
