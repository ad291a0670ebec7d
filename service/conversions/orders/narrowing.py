"""Parameters of lists of conversions and refunds."""

from typing import Annotated
from uuid import UUID

from litestar.params import QueryParameter

from service.conversions.folding import Status
from service.conversions.orders.schemas import Channel
from service.conversions.reports import ConversionKind
from service.influencers.schemas import Time
from service.kit import ids

OfPartner = Annotated[str | None, QueryParameter(max_length=40, description="credited to this partner")]
OfCustomer = Annotated[str | None, QueryParameter(max_length=40, description="of this customer")]
OfIntegration = Annotated[str | None, QueryParameter(max_length=40, description="from this integration")]
OfLink = Annotated[str | None, QueryParameter(max_length=40, description="credited by this link")]
OfCoupon = Annotated[str | None, QueryParameter(max_length=40, description="credited by this coupon")]
OfCampaign = Annotated[str | None, QueryParameter(max_length=40, description="credited by this campaign")]
OfConversion = Annotated[str | None, QueryParameter(max_length=40, description="of this conversion")]
ByExternalId = Annotated[str | None, QueryParameter(max_length=200, description="with this name")]
InShop = Annotated[str | None, QueryParameter(max_length=200, description="of this shop")]
OfKind = Annotated[ConversionKind | None, QueryParameter(name="kind", description="of this kind")]
InStatus = Annotated[Status | None, QueryParameter(name="status", description="in this status")]
OfChannel = Annotated[Channel | None, QueryParameter(name="channel", description="known best from there")]
Credited = Annotated[bool | None, QueryParameter(description="credited to anybody, or to nobody")]
Conflicting = Annotated[bool | None, QueryParameter(description="sources contradict each other")]
Test = Annotated[bool | None, QueryParameter(description="test orders alone, or none")]
Since = Annotated[Time | None, QueryParameter(description="changed at this moment or later (RFC 3339)")]
Waiting = Annotated[bool | None, QueryParameter(description="whose order isn't known yet")]


def read(prefix: str, text: str | None) -> UUID | None:
    """The id of a parameter. Raises NotFound."""
    return None if text is None else ids.read(prefix, text)
