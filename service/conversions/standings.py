"""Where partners stand before an order, and the operator's rates of its day."""

from collections.abc import Mapping
from uuid import UUID

from service.conversions.earning import Exchanges, Standings
from service.conversions.facts import Facts
from service.kit.db import Connection
from service.programs.reading import Agreed


async def standings(
    db: Connection, workspace_id: UUID, facts: Facts, agreed: Mapping[UUID, Agreed]
) -> Standings:
    return {}


async def exchanges(
    db: Connection, workspace_id: UUID, facts: Facts, agreed: Mapping[UUID, Agreed]
) -> Exchanges:
    return {}
