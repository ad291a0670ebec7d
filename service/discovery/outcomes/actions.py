"""Taking files of collaborations in; what they tell a search and a fit."""

from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec

from service.accounts.workspaces.store import get_workspace
from service.discovery.outcomes import store
from service.discovery.outcomes.rows import OutcomeRow
from service.discovery.outcomes.values import OutcomeValues, values
from service.discovery.scores.schemas import Asked
from service.discovery.search.filters import WorkedWith
from service.imports.outcomes import Origin, Outcome
from service.influencers.bulk.accounts import Found, find
from service.influencers.bulk.schemas import DONE, UNKNOWN, Intake
from service.influencers.identity import clean_handle, fold_handle, workspace_key
from service.kit import clock, ids
from service.kit.db import Connection
from service.kit.problems import NotFound
from service.kit.text import fold_tr

SEVERAL = Outcome("rejected", "conflict", "several influencers have this name: give a handle or an id")
UNKNOWN_BRAND = Outcome("rejected", "unknown_brand", "there is no such brand")

Brand = tuple[UUID | None, str | None]


async def take_in(db: Connection, origin: Origin, rows: Sequence[OutcomeRow]) -> Sequence[Outcome]:
    """Adds or completes collaborations of influencers that are known; an outcome for each row."""
    intake = await _intake(db, origin)
    who = await _who(db, intake, rows)
    brands = await _brands(db, origin.workspace_id, rows)
    made = [_made(row, one, brands[row.brand], intake.currency) for row, one in zip(rows, who, strict=True)]
    answers: list[Outcome] = [DONE["unchanged"] if isinstance(one, OutcomeValues) else one for one in made]
    waiting = [(at, one) for at, one in enumerate(made) if isinstance(one, OutcomeValues)]
    while waiting:
        # A collaboration that stands in several rows is written once a round: each row sees the one before.
        first = {one.key: (at, one) for at, one in reversed(waiting)}
        written = await _put(db, origin, [one for _, one in first.values()])
        for key, (at, _) in first.items():
            if key in written:
                answers[at] = DONE["created" if written[key] else "updated"]
        done = {at for at, _ in first.values()}
        waiting = [(at, one) for at, one in waiting if at not in done]
    return answers


async def _intake(db: Connection, origin: Origin) -> Intake:
    """One for all batches of an import."""
    if "intake" not in origin.kept:
        origin.kept["intake"] = Intake(
            workspace_id=origin.workspace_id,
            source=origin.source,
            legal_basis=origin.legal_basis,
            collected_at=origin.collected_at,
            as_of=origin.as_of,
            key=workspace_key(origin.settings, origin.workspace_id),
            currency=(await get_workspace(db, origin.workspace_id)).currency,
        )
    kept: Intake = origin.kept["intake"]
    return kept


def _made(row: OutcomeRow, who: UUID | Outcome, brand: Brand | Outcome, home: str) -> OutcomeValues | Outcome:
    if isinstance(who, Outcome):
        return who
    if isinstance(brand, Outcome):
        return brand
    return values(row, who, brand, None if row.platform == "other" else row.platform, home)


async def _who(db: Connection, intake: Intake, rows: Sequence[OutcomeRow]) -> list[UUID | Outcome]:
    """The influencer of each row: by elci's id, by account, by handle on any platform, by name."""
    own = {at: _read(row.influencer_id) for at, row in enumerate(rows) if row.influencer_id}
    known = await store.known_influencers(db, intake.workspace_id, [one for one in own.values() if one])
    rest = [at for at in range(len(rows)) if at not in own]
    found = await find(db, intake, [rows[at] for at in rest])
    answers: dict[int, UUID | Outcome] = {
        at: one if one in known and one is not None else UNKNOWN for at, one in own.items()
    }
    answers |= {
        at: one.influencer_id if isinstance(one, Found) else one for at, one in zip(rest, found, strict=True)
    }
    unknown = [at for at in rest if answers[at] == UNKNOWN]
    by_handle = {
        at: fold_handle(clean_handle(rows[at].handle)) for at in unknown if rows[at].platform == "other"
    }
    await _by(store.by_handle, db, intake.workspace_id, by_handle, answers)
    by_name = {
        at: fold_tr(rows[at].name or "") for at in unknown if not (rows[at].handle or rows[at].platform_id)
    }
    await _by(store.by_name, db, intake.workspace_id, by_name, answers)
    return [answers[at] for at in range(len(rows))]


async def _by(
    look_up: Any,
    db: Connection,
    workspace_id: UUID,
    asked: dict[int, Any],
    answers: dict[int, UUID | Outcome],
) -> None:
    """Answers the rows whose word is that of one influencer."""
    words = list(dict.fromkeys(word for word in asked.values() if word))
    if not words:
        return
    found = {
        words[row.n - 1]: SEVERAL if row.several else row.id for row in await look_up(db, workspace_id, words)
    }
    answers.update({at: found[word] for at, word in asked.items() if word in found})


def _read(text: str) -> UUID | None:
    try:
        return ids.read("inf", text)
    except NotFound:
        return None


async def _brands(
    db: Connection, workspace_id: UUID, rows: Iterable[OutcomeRow]
) -> dict[str | None, Brand | Outcome]:
    """Each text of a column of brands: an id, or a name of which there may be a brand."""
    texts = list(dict.fromkeys(row.brand for row in rows if row.brand))
    answers: dict[str | None, Brand | Outcome] = {None: (None, None), "": (None, None)}
    names = [text for text in texts if not text.startswith("brd_")]
    folded = list(dict.fromkeys(fold_tr(text) for text in names))
    found = {folded[row.n - 1]: row.id for row in await store.brands_by_name(db, workspace_id, folded)}
    answers |= {text: (found.get(fold_tr(text)), text) for text in names}
    for text in texts:
        if text.startswith("brd_"):
            answers[text] = await _brand(db, workspace_id, text)
    return answers


async def _brand(db: Connection, workspace_id: UUID, text: str) -> Brand | Outcome:
    try:
        brand_id = ids.read("brd", text)
    except NotFound:
        return UNKNOWN_BRAND
    name = await store.brand_name(db, workspace_id, brand_id)
    return UNKNOWN_BRAND if name is None else (brand_id, name)


async def _put(db: Connection, origin: Origin, made: Sequence[OutcomeValues]) -> dict[str, bool]:
    """Key -> whether it is new, of those that changed anything."""
    columns = zip(*(msgspec.structs.astuple(one) for one in made), strict=True)
    new = [ids.new() for _ in made]
    written = await store.put(db, origin.workspace_id, origin.source, new, *map(list, columns))
    return {row.key: row.created for row in written}


async def for_search(db: Connection, workspace_id: UUID, value: WorkedWith) -> list[UUID]:
    """Whom the filter `worked_with` keeps. Raises NotFound for what is no id."""
    brands = [ids.read("brd", each) for each in value.brand_ids]
    since = None
    if value.within_days is not None:
        since = await clock.now(db) - timedelta(days=value.within_days)
    return await store.worked_with(db, workspace_id, brands, since)


async def bound_to_competitors(
    db: Connection, workspace_id: UUID, asked: Asked, keys: list[UUID]
) -> Collection[UUID]:
    """Who worked for a declared competitor of late, or still may work for nobody else."""
    if not asked.competitors:
        return []
    now = await clock.now(db)
    since = now - timedelta(days=asked.exclusivity_days)
    return await store.bound_to(db, workspace_id, asked.competitors, since, now)
