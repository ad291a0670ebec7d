"""/v1/listening/events: what is sent, and what is shown."""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from service.influencers.schemas import Name, Time
from service.mentions.schemas import Code

LONGEST = timedelta(days=31)


class NewListeningEvent(Struct, kw_only=True, forbid_unknown_fields=True):
    """A launch, a match, a sale: hours that are like no others, but like those of the same `key` before."""

    key: Code
    name: Name
    starts_at: Time
    ends_at: Time


class ListeningEventRow(Struct):
    id: UUID
    key: str
    name: str
    starts_at: datetime
    ends_at: datetime
    created_by: str
    created_at: datetime


class ListeningEvent(Struct, kw_only=True):
    """An event of the workspace's own calendar."""

    id: str
    key: str
    name: str
    starts_at: datetime
    ends_at: datetime
    created_by: str
    created_at: datetime
