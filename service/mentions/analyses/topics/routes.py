"""/v1/listening/topics, and as .csv."""

from collections.abc import Iterator
from typing import Annotated, Any

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from litestar.types import ControllerRouterHandler

from service.kit.db import Connection
from service.mentions.analyses.routes import CSV, QUESTION, RAISES, AnyRequest, Asked, Reader, spreadsheet
from service.mentions.analyses.table import table
from service.mentions.analyses.topics import actions
from service.mentions.analyses.topics.schemas import Topics

Most = Annotated[int, QueryParameter(ge=1, le=100, description="so many terms, and topics at most")]
_TONE = ("tone.positive", "tone.neutral", "tone.negative", "tone.abstained", "tone.net_sentiment")
COLUMNS = ("kind", "term", "mentions", "share", "share_elsewhere", "z", *_TONE, "example")


@get("/v1/listening/topics", tags=["mentions"], dependencies=QUESTION, raises=RAISES)
async def get_listening_topics(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    question: Asked,
    limit: Most = 10,
) -> Topics:
    """What is talked about: frequent words and phrases, those said more often than elsewhere, and groups of
    mentions that say alike things, each with its sentiment and with mentions to quote.

    Read from up to 2,000 mentions, drawn the same way each time; the words of the asked queries are left out.
    """
    return await actions.topics(request.app.state.database, db, caller.workspace_id, question, limit)


@get(
    "/v1/listening/topics.csv",
    tags=["mentions"],
    dependencies=QUESTION,
    opt={"openapi_answer": CSV},
    raises=RAISES,
)
async def export_listening_topics(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    question: Asked,
    limit: Most = 100,
) -> Response[str]:
    """The topics as a spreadsheet: a line a term (`frequent`, `distinctive`) and a group (`topic`)."""
    found = await actions.topics(request.app.state.database, db, caller.workspace_id, question, limit)
    return spreadsheet("topics", table(list(_lines(found)), COLUMNS))


def _lines(found: Topics) -> Iterator[dict[str, Any]]:
    for kind, rows in (
        ("frequent", found.terms),
        ("distinctive", found.distinctive),
        ("topic", found.topics),
    ):
        for row in rows:
            made = msgspec.to_builtins(row)
            term = made.get("term") or ", ".join(made["terms"])
            example = made["examples"][0]["text"] if made["examples"] else None
            yield {**made, "kind": kind, "term": term, "example": example}


ROUTES: list[ControllerRouterHandler] = [get_listening_topics, export_listening_topics]
