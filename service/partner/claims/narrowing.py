"""What lists of claims are narrowed to."""

from typing import Annotated

from litestar.params import QueryParameter

from service.partner.claims.checks import order_key
from service.partner.claims.schemas import ClaimKind, ClaimStatus, Listed

InStatus = Annotated[ClaimStatus | None, QueryParameter(name="status", description="in this status")]
OfKind = Annotated[ClaimKind | None, QueryParameter(name="kind", description="of this kind")]
OfOrder = Annotated[
    str | None, QueryParameter(name="order_number", max_length=200, description="about this order")
]


def narrowed(status: ClaimStatus | None, kind: ClaimKind | None, order_number: str | None) -> Listed:
    """The filters that partners and brands have alike."""
    key = None if order_number is None else order_key(order_number)
    return Listed(status=status, kind=kind, order_key=key)
