"""GET, PATCH /v1/partner/me."""

from litestar import get, patch
from litestar.di import NamedDependency
from litestar.params import JSONBody
from litestar.types import ControllerRouterHandler

from service.accounts.partners.routes import Partner
from service.kit.db import Connection
from service.partner.me import actions
from service.partner.me.schemas import PartnerMe, PartnerMePatch


@get("/v1/partner/me", tags=["partner"])
async def get_partner_me(caller: NamedDependency[Partner], db: NamedDependency[Connection]) -> PartnerMe:
    """The partner that the caller acts for, the brand, and what is missing for being paid."""
    return await actions.me(db, caller)


@patch("/v1/partner/me", tags=["partner"])
async def change_partner_me(
    caller: NamedDependency[Partner], db: NamedDependency[Connection], data: JSONBody[PartnerMePatch]
) -> PartnerMe:
    """Chooses the language, and which notices come by mail. Name and address are the brand's to change."""
    return await actions.change(db, caller, data)


ROUTES: list[ControllerRouterHandler] = [get_partner_me, change_partner_me]
