"""A catalogue that many tests only read, made once for each module that asks for it."""

from collections.abc import AsyncIterator
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
import pytest

from service.discovery.search.actions import search
from service.discovery.search.schemas import SearchRequest, SearchResults
from service.kit import db as kit_db
from service.kit import ids
from service.kit.db import Database
from service.settings import Settings, app_dsn, search_dsn
from tests.service.discovery.catalogue import PEOPLE
from tests.service.discovery.people import put


class Catalogue(NamedTuple):
    """A workspace with people in it, whose ids are known by nickname."""

    database: Database
    workspace: UUID
    people: dict[str, UUID]

    async def search(self, **request: Any) -> SearchResults:
        """The answer to a request as JSON would give it."""
        asked = msgspec.convert(request, SearchRequest)
        async with self.database.transaction(self.workspace) as db:
            return await search(self.database, db, self.workspace, asked)

    async def found(self, **request: Any) -> list[str]:
        """Who is found, by nickname, in order."""
        return self.nicknames(await self.search(**request))

    def nicknames(self, results: SearchResults) -> list[str]:
        """Who stands on a page."""
        known = {ids.show("inf", made): nickname for nickname, made in self.people.items()}
        return [known[found.id] for found in results.data]


@pytest.fixture(scope="module")
async def catalogue(shared: Settings) -> AsyncIterator[Catalogue]:
    """The people of catalogue.py in a workspace of their own, removed at the end."""
    async with kit_db.connect(app_dsn(shared), search_dsn(shared), shared) as database:
        workspace = ids.new()
        async with database.transaction(workspace) as db:
            await db.execute("select entry.new_workspace($1, $2)", workspace, "Catalogue")
            people = await put(db, workspace, PEOPLE)
        yield Catalogue(database, workspace, people)
        async with database.transaction(workspace) as db:
            await db.execute("delete from influencers where workspace_id = $1", workspace)
            await db.execute("delete from audience_codes where workspace_id = $1", workspace)
