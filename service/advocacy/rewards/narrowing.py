"""What lists of rewards and redemptions can be narrowed to, on pages and in files alike."""

from typing import Annotated

from litestar.params import QueryParameter

from service.advocacy.rewards.schemas import ListedRedemptions, ListedRewards, RewardStatus
from service.advocacy.terms.shapes import RewardKind, Side
from service.influencers.reading import id_list
from service.kit import ids

OfProgram = Annotated[str | None, QueryParameter(max_length=40, description="of this program")]
OfAdvocate = Annotated[str | None, QueryParameter(max_length=40, description="of this advocate")]
OfReferral = Annotated[str | None, QueryParameter(max_length=40, description="for this referral")]
OfStatus = Annotated[RewardStatus | None, QueryParameter(name="status", description="in this state")]
OfKind = Annotated[RewardKind | None, QueryParameter(name="kind", description="of this kind")]
OfSide = Annotated[Side | None, QueryParameter(name="side", description="of advocates, or their friends")]
KnownAs = Annotated[str | None, QueryParameter(max_length=200, description="what it is known by elsewhere")]
Reversed = Annotated[
    bool | None, QueryParameter(name="reversed", description="those that were taken back, or not")
]


def rewards(
    asked: str | None,
    program_id: str | None,
    advocate_id: str | None,
    referral_id: str | None,
    status: RewardStatus | None,
    kind: RewardKind | None,
    side: Side | None,
) -> ListedRewards:
    """Raises InvalidInput, NotFound where an id is none."""
    return ListedRewards(
        id_list("rwd", asked),
        None if program_id is None else ids.read("prg", program_id),
        None if advocate_id is None else ids.read("adv", advocate_id),
        None if referral_id is None else ids.read("ref", referral_id),
        status,
        kind,
        side,
    )


def redemptions(
    program_id: str | None, advocate_id: str | None, external_id: str | None, is_reversed: bool | None
) -> ListedRedemptions:
    """Raises NotFound where an id is none."""
    return ListedRedemptions(
        None if program_id is None else ids.read("prg", program_id),
        None if advocate_id is None else ids.read("adv", advocate_id),
        external_id,
        is_reversed,
    )
