"""What lists of advocates can be narrowed to, on pages and in files alike."""

from typing import Annotated

from litestar.params import QueryParameter

from service.advocacy.members.schemas import AdvocateStatus, ListedAdvocates
from service.advocacy.terms.shapes import JoinedBy, Member
from service.influencers.reading import id_list
from service.kit import ids

OfProgram = Annotated[str | None, QueryParameter(max_length=40, description="of this program")]
OfStatus = Annotated[AdvocateStatus | None, QueryParameter(name="status", description="in this state")]
OfMember = Annotated[Member | None, QueryParameter(name="member", description="who they are to the brand")]
OfTier = Annotated[str | None, QueryParameter(name="tier", max_length=40, description="of this tier")]
OfWay = Annotated[JoinedBy | None, QueryParameter(name="joined_by", description="who joined in this way")]


def advocates(
    asked: str | None,
    program_id: str | None,
    status: AdvocateStatus | None,
    member: Member | None,
    tier: str | None,
    joined_by: JoinedBy | None,
) -> ListedAdvocates:
    """Raises InvalidInput, NotFound where an id is none."""
    program = None if program_id is None else ids.read("prg", program_id)
    return ListedAdvocates(id_list("adv", asked), program, status, member, tier, joined_by)
