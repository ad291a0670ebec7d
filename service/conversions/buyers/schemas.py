"""POST /v1/customers/erase."""

from msgspec import Struct

from service.conversions.orders.schemas import Shop, Text
from service.influencers.schemas import Email


class CustomerErasure(Struct, forbid_unknown_fields=True):
    """A customer, by the shop's id of them or by an address; one of the two is needed."""

    external_id: Text | None = None
    email: Email | None = None
    shop: Shop = ""


class CustomerErased(Struct):
    """`known`: whether anything was kept of them. Their orders stay, as nobody's."""

    known: bool
    conversions: int
