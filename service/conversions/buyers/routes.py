"""POST /v1/customers/erase."""

from typing import Annotated

from litestar import post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from litestar.types import ControllerRouterHandler

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.conversions.buyers import store
from service.conversions.buyers.schemas import CustomerErased, CustomerErasure
from service.conversions.customers import keys_of
from service.conversions.events import CustomersErased
from service.conversions.inbound.deliveries import erasing
from service.conversions.reports import Buyer
from service.kit import events, ids
from service.kit.db import Connection
from service.kit.idempotency import forget as forget_answers
from service.kit.problems import InvalidInput

Writer = Annotated[Caller, May("conversions:write")]


@post("/v1/customers/erase", tags=["conversions"], status_code=200, raises=[InvalidInput])
async def erase_customer(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[CustomerErasure]
) -> CustomerErased:
    """Erases a customer: by what they were known, where their visits came from, and what shops delivered.

    Orders, commissions and the ledger stay as they are, as those of nobody who can be told. Whoever asks
    again, or for somebody who was never there, gets `known: false`.
    """
    keys = keys_of(caller.workspace_id, data.shop.strip(), Buyer(data.external_id, data.email))
    if not keys:
        errors = [{"path": "", "message": "external_id or email is needed"}]
        raise InvalidInput("nobody is named", errors=errors)
    found = await store.forget(db, caller.workspace_id, list(keys))
    await erasing.forget(db, caller.workspace_id, {*keys, *found.keys})
    await events.emit(db, CustomersErased(caller.workspace_id, sorted({*keys, *found.keys})))
    await forget_answers(db, caller.workspace_id)
    details = {"known": bool(found.keys), "conversions": found.conversions}
    await audit.record(db, caller, "customer.erased", ids.show("ws", caller.workspace_id), details)
    return CustomerErased(bool(found.keys), found.conversions)


ROUTES: list[ControllerRouterHandler] = [erase_customer]
