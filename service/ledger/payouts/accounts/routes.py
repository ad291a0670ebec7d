"""/v1/partners/{id}/payout-account: where a partner is paid to."""

from typing import Annotated
from uuid import UUID

from litestar import delete, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.kit import ids
from service.kit.db import Connection
from service.kit.problems import InvalidInput
from service.ledger.payouts.accounts import actions, store
from service.ledger.payouts.accounts.schemas import BrandPayoutAccount, NewPayoutAccount
from service.ledger.payouts.problems import NoPayoutAccount
from service.programs import store as partners
from service.programs.problems import PartnerMerged, UnknownPartner

Reader = Annotated[Caller, May("ledger:read")]
Writer = Annotated[Caller, May("ledger:write")]
PATH = "/v1/partners/{partner_id:str}/payout-account"


async def _partner(db: Connection, workspace_id: UUID, text: str) -> UUID:
    return (await partners.get_partner(db, workspace_id, ids.read("prt", text))).id


@get(PATH, tags=["ledger"], raises=[UnknownPartner, NoPayoutAccount])
async def get_payout_account(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], partner_id: FromPath[str]
) -> BrandPayoutAccount:
    """Where a partner is paid to, and which other partners are paid to the same account."""
    who = await _partner(db, caller.workspace_id, partner_id)
    row = await store.get_account(db, caller.workspace_id, who)
    return await actions.for_brand(db, caller.workspace_id, row)


@put(PATH, tags=["ledger"], raises=[UnknownPartner, PartnerMerged, InvalidInput])
async def put_payout_account(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    partner_id: FromPath[str],
    data: JSONBody[NewPayoutAccount],
) -> BrandPayoutAccount:
    """Sets where a partner is paid to from now on. Payouts that are made already go where they went."""
    partner = await partners.lock_partner(db, caller.workspace_id, ids.read("prt", partner_id))
    if partner.merged_into is not None:
        raise PartnerMerged(f"it is {ids.show('prt', partner.merged_into)} now")
    row = await actions.put(db, caller, partner.id, data)
    return await actions.for_brand(db, caller.workspace_id, row)


@delete(PATH, tags=["ledger"], raises=[UnknownPartner, NoPayoutAccount])
async def delete_payout_account(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], partner_id: FromPath[str]
) -> None:
    """Takes the account away: what is payable waits until there is another one."""
    await actions.remove(db, caller, await _partner(db, caller.workspace_id, partner_id))


ROUTES: list[ControllerRouterHandler] = [get_payout_account, put_payout_account, delete_payout_account]
