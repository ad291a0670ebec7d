"""What a partner's commissions can be narrowed to."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar.params import QueryParameter

from service.influencers.reading import id_list
from service.influencers.schemas import Time
from service.kit.db import Connection
from service.ledger.commissions.schemas import ListedCommissions
from service.ledger.schemas import CommissionStatus, Step
from service.ledger.targets import CommissionKind
from service.partner import knowing

OfProgram = Annotated[str | None, QueryParameter(max_length=40, description="by this program")]
OfConversion = Annotated[str | None, QueryParameter(max_length=40, description="of this conversion")]
OfLink = Annotated[str | None, QueryParameter(max_length=40, description="by this link")]
OfCoupon = Annotated[str | None, QueryParameter(max_length=40, description="by this coupon")]
OfKind = Annotated[CommissionKind | None, QueryParameter(name="kind", description="of this kind")]
OfStep = Annotated[Step | None, QueryParameter(name="step", description="earned, corrections, claw-backs")]
InStatus = Annotated[CommissionStatus | None, QueryParameter(name="status", description="in this status")]
InCurrency = Annotated[str | None, QueryParameter(pattern="^[A-Z]{3}$", description="in this currency")]
Since = Annotated[Time | None, QueryParameter(description="changed at this moment or later (RFC 3339)")]

# Of an override the order, the link and the coupon are another partner's: nothing is found by them.
_MINE = "kind <> 'override'"
FRAGMENTS = {
    "ids": "id = any(${})",
    "program_id": "program_id = ${}",
    "conversion_id": f"conversion_id = ${{}} and {_MINE}",
    "link_id": f"link_id = ${{}} and {_MINE}",
    "coupon_id": f"coupon_id = ${{}} and {_MINE}",
    "status": "status = ${}",
    "kind": "kind = ${}",
    "step": "step = ${}",
    "currency": "currency = ${}",
    "updated_since": "updated_at >= ${}",
    "since": "occurred_at >= ${}",
    "until": "occurred_at < ${}",
}


async def narrowed(
    db: Connection,
    workspace_id: UUID,
    ids: str | None,
    program_id: str | None,
    conversion_id: str | None,
    link_id: str | None,
    coupon_id: str | None,
    status: CommissionStatus | None,
    kind: CommissionKind | None,
    step: Step | None,
    currency: str | None,
    updated_since: datetime | None,
    since: datetime | None,
    until: datetime | None,
) -> ListedCommissions:
    """The parameters as the store takes them. Raises InvalidInput, and a NotFound for what isn't theirs."""
    return ListedCommissions(
        ids=id_list("com", ids),
        program_id=await knowing.program(db, workspace_id, program_id),
        conversion_id=await knowing.conversion(db, workspace_id, conversion_id),
        link_id=await knowing.link(db, workspace_id, link_id),
        coupon_id=await knowing.coupon(db, workspace_id, coupon_id),
        status=status,
        kind=kind,
        step=step,
        currency=currency,
        updated_since=updated_since,
        since=since,
        until=until,
    )
