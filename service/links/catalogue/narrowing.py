"""What lists of links, as pages and as a file, can be narrowed to."""

from typing import Annotated
from uuid import UUID

from litestar.params import QueryParameter

from service.accounts.workspaces.checks import normal_host
from service.influencers.reading import id_list
from service.kit import ids as outer
from service.kit.text import fold_tr
from service.links.catalogue.schemas import Health, LinkStatus, Listed
from service.settings import Settings

OfPartner = Annotated[str | None, QueryParameter(max_length=40, description="of this partner")]
OfCampaign = Annotated[str | None, QueryParameter(max_length=40, description="of this campaign")]
OfCoupon = Annotated[str | None, QueryParameter(max_length=40, description="that show this coupon")]
InStatus = Annotated[LinkStatus | None, QueryParameter(name="status", description="in this status")]
InHealth = Annotated[Health | None, QueryParameter(description="with this result of the last check")]
OnHost = Annotated[
    str | None, QueryParameter(max_length=253, description="on this link host; `default`: the service's own")
]
Query = Annotated[str | None, QueryParameter(max_length=200, description="part of code, title or address")]


def narrowed(
    settings: Settings,
    ids: str | None,
    partner_id: str | None,
    campaign_id: str | None,
    coupon_id: str | None,
    status: LinkStatus | None,
    health: Health | None,
    host: str | None,
    q: str | None,
) -> Listed:
    """The parameters as the store takes them. Raises InvalidInput, and NotFound for what is no id."""

    def read(prefix: str, text: str | None) -> UUID | None:
        return None if text is None else outer.read(prefix, text)

    own = host == "default" or (host is not None and normal_host(host) == settings.link_host)
    return Listed(
        ids=id_list("lnk", ids),
        partner_id=read("prt", partner_id),
        campaign_id=read("cmp", campaign_id),
        coupon_id=read("cpn", coupon_id),
        status=status,
        health=health,
        host="" if own else None if host is None else normal_host(host) or "-",
        q=None if q is None else fold_tr(q),
    )
