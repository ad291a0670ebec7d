"""POST /v1/customers/erase."""

from typing import Annotated

from litestar import post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from litestar.types import ControllerRouterHandler

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.conversions.buyers import actions
from service.conversions.buyers.schemas import CustomerErased, CustomerErasure
from service.conversions.customers import keys_of
from service.conversions.reports import Buyer
from service.kit import ids
from service.kit.db import Connection
from service.kit.problems import InvalidInput

Writer = Annotated[Caller, May("conversions:write")]


@post("/v1/customers/erase", tags=["conversions"], status_code=200, raises=[InvalidInput])
async def erase_customer(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[CustomerErasure]
) -> CustomerErased:
    """Erases a customer: by what they were known, where their visits came from, what shops delivered, and who
    they were as an advocate, a friend, and to whom messages were sent.

    Orders, referrals, rewards, commissions and the ledger stay as they are, as those of nobody who can be
    told. An advocate's link goes on leading where it did, and brings nobody anything any more. Whoever asks
    again, or for somebody who was never there, gets `known: false`.
    """
    keys = keys_of(caller.workspace_id, data.shop.strip(), Buyer(data.external_id, data.email))
    if not keys:
        errors = [{"path": "", "message": "external_id or email is needed"}]
        raise InvalidInput("nobody is named", errors=errors)
    named = {text.strip() for text in (data.external_id, data.email) if text is not None}
    found = await actions.erase(db, caller.workspace_id, keys, named)
    details = {"known": bool(found.keys), "conversions": found.conversions}
    await audit.record(db, caller, "customer.erased", ids.show("ws", caller.workspace_id), details)
    return CustomerErased(bool(found.keys), found.conversions)


ROUTES: list[ControllerRouterHandler] = [erase_customer]
