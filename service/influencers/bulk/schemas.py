"""What holds for all rows of a file, and what becomes of each."""

from datetime import UTC, date, datetime, time
from uuid import UUID

from msgspec import Struct, field

from service.imports import outcomes
from service.imports.outcomes import Outcome as Outcome
from service.influencers.bulk.persons import Persons


class Intake(Struct, frozen=True):
    """A file's batch: whose it is, where it comes from, and the day for rows that name none.

    `key` is the workspace's for tombstones (identity.workspace_key); `currency` counts for prices that name
    none; `collected_at` is when the data was collected. `persons` is one for all batches of the file.
    """

    workspace_id: UUID
    source: str
    legal_basis: str
    collected_at: datetime
    as_of: datetime
    key: bytes
    currency: str
    persons: Persons = field(default_factory=Persons)

    def moment(self, day: date | None) -> datetime:
        """A row's day as the moment of its snapshot."""
        return self.as_of if day is None else datetime.combine(day, time(), UTC)


CREATED = Outcome("created")
UPDATED = Outcome("updated")
UNCHANGED = Outcome("unchanged")
SUPPRESSED = Outcome("rejected", outcomes.SUPPRESSED, "opted out or erased")
UNKNOWN = Outcome("rejected", "unknown_account", "there is no such account; import influencers first")
UNDECIDED = Outcome("rejected", "conflict", "other rows of the file say that it is several accounts")
DONE: dict[str, Outcome] = {"created": CREATED, "updated": UPDATED, "unchanged": UNCHANGED}


def taken(owner: str) -> Outcome:
    """A row whose platform_id and handle are those of two accounts."""
    return Outcome("rejected", "conflict", f"its handle or id is that of another account, of {owner}")
