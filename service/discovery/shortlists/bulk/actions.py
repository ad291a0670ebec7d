"""Putting influencers on lists, taking them off, and following merges."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from msgspec import UNSET, Struct

from service.discovery.briefs.actions import open_brief
from service.discovery.content.naming import with_names
from service.discovery.scores import show
from service.discovery.scores.actions import new_run
from service.discovery.scores.schemas import Language
from service.discovery.search.filters import Filters
from service.discovery.shortlists.bulk import store
from service.discovery.shortlists.bulk.schemas import (
    ItemResult,
    ItemResults,
    NewItem,
    NewItems,
    Result,
    StandingRow,
)
from service.discovery.shortlists.problems import NoBrief
from service.kit import ids
from service.kit.db import Connection, Database
from service.kit.problems import InvalidInput, NotFound

CHANGES: frozenset[Result] = frozenset({"added", "changed", "removed"})


class Chosen(Struct, frozen=True):
    """Who is to be added, and by which run if a brief chose them."""

    items: list[NewItem]
    run_id: UUID | None = None


class Named(Struct, frozen=True):
    """The ids of a bulk request in its order; None where a text is no id."""

    texts: list[str]
    ids: list[UUID | None]

    @property
    def known(self) -> list[UUID]:
        return [each for each in self.ids if each is not None]


def named(texts: Sequence[str]) -> Named:
    """The influencers that a bulk request names, each once."""
    once = list(dict.fromkeys(texts))
    return Named(once, [_read(text) for text in once])


def _read(text: str) -> UUID | None:
    try:
        return ids.read("inf", text)
    except NotFound:
        return None


def check(data: NewItems) -> None:
    """Raises InvalidInput unless it is either ids, or a brief's best."""
    by_ids, by_brief = data.influencer_ids is not UNSET, data.top is not UNSET
    beside = data.brief_id is not UNSET or data.filters is not UNSET
    if by_ids == by_brief or (by_ids and beside):
        message = "give either influencer_ids, or top with brief_id and filters as needed"
        raise InvalidInput(message, errors=[{"path": "influencer_ids", "message": message}])


async def choose(
    database: Database,
    db: Connection,
    workspace_id: UUID,
    own_brief: UUID | None,
    data: NewItems,
    lang: Language,
) -> Chosen:
    """A brief's best by a new run. Raises NoBrief, UnknownBrief, BriefArchived, TooManyCandidates."""
    brief_id = ids.read("bri", data.brief_id) if data.brief_id else own_brief
    if brief_id is None or not data.top:
        raise NoBrief("the list has no brief", errors=[{"path": "brief_id", "message": "is required"}])
    brief = await open_brief(db, workspace_id, brief_id)
    part = await new_run(database, db, workspace_id, brief, data.filters or Filters(), data.top)
    ranked = await with_names(db, workspace_id, part.ranked, part.asked)
    made = [
        NewItem(each.key, each.fit.score, tuple(show.scores(each, part.asked, lang).sentences))
        for each in ranked
        # Neither a veto nor ignorance is a recommendation, whatever the place.
        if each.fit.score is not None and not each.fit.vetoes
    ]
    return Chosen(made, part.run_id)


async def add(db: Connection, workspace_id: UUID, shortlist_id: UUID, chosen: Chosen) -> dict[UUID, Result]:
    """What became of each who is known; who opted out or is archived is not added."""
    asked = [item.influencer_id for item in chosen.items]
    found = {row.id: _refusal(row) for row in await store.standing(db, workspace_id, asked)}
    free = [item for item in chosen.items if found.get(item.influencer_id, "unknown") is None]
    added = await store.add_items(
        db,
        workspace_id,
        shortlist_id,
        [item.influencer_id for item in free],
        [item.fit for item in free],
        [item.sentences for item in free],
        chosen.run_id,
    )
    results: dict[UUID, Result] = {key: refused or "unchanged" for key, refused in found.items()}
    return results | dict.fromkeys(added, "added")


def _refusal(row: StandingRow) -> Result | None:
    return "opted_out" if row.opted_out else "archived" if row.archived else None


def results(
    named: Named, found: Mapping[UUID, Result], otherwise: Result, run_id: UUID | None = None
) -> ItemResults:
    """A result for each influencer that was named."""
    data = [
        ItemResult(text, "not_found" if key is None else found.get(key, otherwise))
        for text, key in zip(named.texts, named.ids, strict=True)
    ]
    changed = sum(each.result in CHANGES for each in data)
    return ItemResults(data, changed, UNSET if run_id is None else ids.show("run", run_id))


def named_of(chosen: Chosen) -> Named:
    """Those whom a brief chose, the best first."""
    keys = [item.influencer_id for item in chosen.items]
    return Named([ids.show("inf", key) for key in keys], list(keys))
