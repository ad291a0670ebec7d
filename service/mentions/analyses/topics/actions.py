"""Topics asked and answered: samples drawn, read in a thread."""

import asyncio
from datetime import timedelta
from uuid import UUID

from msgspec import structs

from service.kit.db import Connection, Database
from service.mentions.analyses import showing
from service.mentions.analyses.actions import choose, spanned
from service.mentions.analyses.asking import Question, Span
from service.mentions.analyses.selecting import Chosen, Selection, select
from service.mentions.analyses.topics import store
from service.mentions.analyses.topics.schemas import Topics
from service.mentions.analyses.topics.telling import about

SAMPLE = 2_000


async def topics(
    database: Database, db: Connection, workspace_id: UUID, question: Question, limit: int
) -> Topics:
    """What is talked about. Raises InvalidInput, UnknownQuery, UnknownBrand."""
    asked = await spanned(db, workspace_id, question, "", dimensions=(), units=())
    chosen = await choose(db, workspace_id, question, None)
    whole = chosen == Chosen()
    mine, count = await store.sample(database, _of(workspace_id, asked, chosen), SAMPLE)
    others, _ = await store.sample(
        database, _of(workspace_id, _before(asked) if whole else asked, Chosen()), SAMPLE
    )
    if not whole and others:
        meant = await store.among(database, _of(workspace_id, asked, chosen), others)
        others = [one for one in others if one not in meant]
    here = await store.said(db, workspace_id, mine)
    there = await store.said(db, workspace_id, others)
    expressions = await store.expressions(db, workspace_id, list(chosen.queries or ()))
    found = await asyncio.to_thread(about, here, there, expressions, limit)
    return Topics(
        **showing.head(asked),
        mentions=count,
        sampled=len(here),
        against="before" if whole else "rest",
        compared=len(there),
        terms=found.terms,
        distinctive=found.distinctive,
        topics=found.topics,
    )


def _of(workspace_id: UUID, asked: Span, chosen: Chosen) -> Selection:
    return select(workspace_id, asked, chosen, dimension=None, starts=())


def _before(asked: Span) -> Span:
    days = asked.last - asked.first + timedelta(days=1)
    return structs.replace(asked, first=asked.first - days, last=asked.last - days)
