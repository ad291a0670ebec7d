"""Partners in the test's workspace."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest

from service.kit.db import Connection
from service.programs import actions
from service.programs.schemas import NewPartner

Enlist = Callable[[str], Awaitable[UUID]]


@pytest.fixture
def enlist(db: Connection, workspace: UUID) -> Enlist:
    """Makes a partner: `await enlist("Ayşe")`."""

    async def make(name: str) -> UUID:
        return (await actions.add(db, workspace, NewPartner(name=name))).id

    return make
