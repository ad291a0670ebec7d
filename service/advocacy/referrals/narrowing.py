"""What lists of referrals can be narrowed to, on pages and in files alike."""

from typing import Annotated

from litestar.params import QueryParameter

from service.advocacy.referrals.schemas import Channel, ListedReferrals, State
from service.influencers.reading import id_list
from service.kit import ids

OfProgram = Annotated[str | None, QueryParameter(max_length=40, description="of this program")]
OfAdvocate = Annotated[str | None, QueryParameter(max_length=40, description="of this advocate's friends")]
OfState = Annotated[State | None, QueryParameter(name="state", description="that came this far")]
OfChannel = Annotated[Channel | None, QueryParameter(name="channel", description="that came this way")]
Held = Annotated[bool | None, QueryParameter(description="those that are held, or not")]


def referrals(
    asked: str | None,
    program_id: str | None,
    advocate_id: str | None,
    state: State | None,
    channel: Channel | None,
    held: bool | None,
) -> ListedReferrals:
    """Raises InvalidInput, NotFound where an id is none."""
    program = None if program_id is None else ids.read("prg", program_id)
    advocate = None if advocate_id is None else ids.read("adv", advocate_id)
    return ListedReferrals(id_list("ref", asked), program, advocate, state, channel, held)
