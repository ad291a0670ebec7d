"""What lists of advocates can be narrowed to, on pages and in files alike."""

from typing import Annotated
from uuid import UUID

from litestar.params import QueryParameter

from service.advocacy.members.schemas import AdvocateStatus, ListedAdvocates
from service.advocacy.terms.shapes import JoinedBy, Member
from service.conversions.customers import keys_of
from service.conversions.reports import Buyer
from service.influencers.reading import id_list
from service.kit import ids
from service.kit.text import fold_tr

OfProgram = Annotated[str | None, QueryParameter(max_length=40, description="of this program")]
OfStatus = Annotated[AdvocateStatus | None, QueryParameter(name="status", description="in this state")]
OfMember = Annotated[Member | None, QueryParameter(name="member", description="who they are to the brand")]
OfTier = Annotated[str | None, QueryParameter(name="tier", max_length=40, description="of this tier")]
OfWay = Annotated[JoinedBy | None, QueryParameter(name="joined_by", description="who joined in this way")]
OfPartner = Annotated[str | None, QueryParameter(max_length=40, description="who is this partner")]
OfWords = Annotated[
    str | None,
    QueryParameter(min_length=1, max_length=200, description="with this in the name or e-mail address"),
]
OfCustomer = Annotated[
    str | None,
    QueryParameter(min_length=1, max_length=200, description="who is this customer, as the shop knows them"),
]
OfShop = Annotated[str, QueryParameter(max_length=200, description="whose `external_id` it is")]
OfAddress = Annotated[
    str | None, QueryParameter(max_length=254, description="who is the customer with this e-mail address")
]


def known_as(workspace_id: UUID, shop: str, external_id: str | None, email: str | None) -> list[bytes] | None:
    """The keyed hashes of a customer who is asked for; None: nobody is."""
    if external_id is None and email is None:
        return None
    return list(keys_of(workspace_id, shop, Buyer(external_id, email)))


def advocates(
    asked: str | None,
    program_id: str | None,
    status: AdvocateStatus | None,
    member: Member | None,
    tier: str | None,
    joined_by: JoinedBy | None,
    partner_id: str | None = None,
    q: str | None = None,
    keys: list[bytes] | None = None,
) -> ListedAdvocates:
    """Raises InvalidInput, NotFound where an id is none."""
    program = None if program_id is None else ids.read("prg", program_id)
    partner = None if partner_id is None else ids.read("prt", partner_id)
    folded = None if q is None else fold_tr(q)
    return ListedAdvocates(
        id_list("adv", asked), program, status, member, tier, joined_by, partner, folded, keys
    )
