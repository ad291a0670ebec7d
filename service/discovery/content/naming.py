"""What a page of scores shares with its brief, by name, and which words struck."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

import msgspec

from scoring.content.shared import Shared, named, shared
from scoring.ranking import Ranked
from scoring.scores import FitScore, Term
from service.discovery.content import brief, spaces, store
from service.discovery.content.jobs import said_by
from service.discovery.content.schemas import StoredHit
from service.discovery.content.vetoes import VETO, vetoing_categories
from service.discovery.scores.schemas import Asked
from service.kit import ids
from service.kit.db import Connection

MOST_NAMED = 3


async def with_names(
    db: Connection, workspace_id: UUID, ranked: Sequence[Ranked[UUID]], asked: Asked
) -> list[Ranked[UUID]]:
    """The same, with what each term of content shares, and the words behind a veto on brand safety."""
    known = [each.key for each in ranked if each.scores["content"].score is not None]
    struck = [each.key for each in ranked if VETO in each.fit.vetoes]
    found = await _shared(db, workspace_id, known, asked) if known else {}
    words = await _struck(db, workspace_id, struck, asked) if struck else {}
    return [_named(each, found.get(each.key), words.get(each.key, ())) for each in ranked]


async def _shared(
    db: Connection, workspace_id: UUID, keys: list[UUID], asked: Asked
) -> Mapping[UUID, Shared]:
    space = await spaces.usable(db, workspace_id)
    document = await brief.document_of(db, workspace_id, asked)
    if space is None:
        return {}
    said = await said_by(db, workspace_id, keys)
    made = await asyncio.to_thread(lambda: shared(space[1], document, [each.document() for each in said]))
    return {each.person.id: one for each, one in zip(said, made, strict=True)}


async def _struck(
    db: Connection, workspace_id: UUID, keys: list[UUID], asked: Asked
) -> Mapping[UUID, tuple[str, ...]]:
    categories = await vetoing_categories(db, workspace_id, asked)
    return {
        row.influencer_id: _words([hit for hit in row.hits if hit.category in categories])
        for row in await store.hits(db, workspace_id, keys)
    }


def _words(hits: Sequence[StoredHit]) -> tuple[str, ...]:
    """Category, word and place: "gambling: bahisçi (bio)"."""
    told = [
        f"{hit.category}: {hit.written} ({ids.show_or_none('pst', hit.post_id) or 'bio'})" for hit in hits
    ]
    return tuple(dict.fromkeys(told))[:MOST_NAMED]


def _named(one: Ranked[UUID], found: Shared | None, words: tuple[str, ...]) -> Ranked[UUID]:
    scores = one.scores
    if found is not None:
        scores = {**scores, "content": named(scores["content"], found)}
    return replace(one, scores=scores, fit=_explained(one.fit, words))


def _explained(fit: FitScore, words: tuple[str, ...]) -> FitScore:
    terms = tuple(_with_words(term, words) for term in fit.terms)
    return msgspec.structs.replace(fit, terms=terms) if words else fit


def _with_words(term: Term, words: tuple[str, ...]) -> Term:
    return msgspec.structs.replace(term, shared=words) if term.name == f"veto_{VETO}" else term
