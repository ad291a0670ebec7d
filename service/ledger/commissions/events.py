"""What others are told, in the transaction in which it happens (kit/events)."""

from uuid import UUID

from msgspec import Struct

from service.ledger.schemas import CommissionRow


class SalesEarned(Struct, frozen=True):
    """Commissions on sales are owed: new ones, and those that came into another state. `rows`: the first row
    of each; none that is held, rejected or taken back whole."""

    workspace_id: UUID
    rows: list[CommissionRow]
