"""What those who settle conversions want to know of rates."""

from uuid import UUID

from msgspec import Struct


class RatesArrived(Struct, frozen=True):
    """Rates came in, and these conversions have commissions that waited for one."""

    workspace_id: UUID
    conversion_ids: list[UUID]
