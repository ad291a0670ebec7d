"""Content: what the texts say."""

from uuid import UUID

from scoring.scores import Column
from service.discovery.scores.columns import Candidates
from service.discovery.scores.parts.base import Context, Part
from service.discovery.scores.schemas import Asked
from service.kit.db import Connection


class Content(Part[None, None, int]):
    name = "content"

    async def load(
        self, db: Connection, workspace_id: UUID, rows: Candidates, asked: Asked, *, known: bool
    ) -> None:
        return None

    def inputs(self, loaded: None, context: Context) -> int:
        return context.size

    def score(self, inputs: int) -> Column:
        return Column.empty(inputs, "no_text")
