"""The models in force, read once a process: a model is known by the digest of its bytes."""

import asyncio
from collections import OrderedDict
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

import numpy as np
import structlog

from scoring.arrays import Floats, floats
from scoring.learning.card import Card
from service.accounts.workspaces.schemas import Tiers
from service.accounts.workspaces.store import get_workspace
from service.discovery.models import store
from service.discovery.models.problems import ModelRefused
from service.discovery.models.ranker import COLD, Circumstances, Ranker, Words, model_of, version_of
from service.discovery.models.schemas import ArtefactRow
from service.discovery.scores.columns import Candidates
from service.kit.db import Connection
from service.kit.problems import NotFound

if TYPE_CHECKING:
    from scoring.learning.estimator import LearnedFit

log = structlog.get_logger("elci.models")

# Models of some workspaces; each is a megabyte.
MOST_KEPT = 16


class Loaded(NamedTuple):
    """A model and what its card says of it."""

    model: "LearnedFit"
    card: Card


class InForce(NamedTuple):
    """What ranks, and what watches."""

    ranker: Ranker
    shadow: Ranker | None


_kept: OrderedDict[str, Loaded] = OrderedDict()


async def in_force(db: Connection, workspace_id: UUID) -> InForce:
    """The workspace's models. Raises ModelRefused; a shadow that is refused watches nothing."""
    row = await store.in_force(db, workspace_id)
    if row is None:
        return InForce(COLD, None)
    ranker = COLD
    if row.promoted_id is not None and row.promoted_sha256 is not None:
        ranker = await _ranker(db, workspace_id, row.promoted_id, row.promoted_sha256)
    if row.shadow_id is None or row.shadow_sha256 is None:
        return InForce(ranker, None)
    try:
        return InForce(ranker, await _ranker(db, workspace_id, row.shadow_id, row.shadow_sha256))
    except ModelRefused as refused:
        log.warning("shadow refused", code=refused.members.get("code"))
        return InForce(ranker, None)


async def of_version(db: Connection, workspace_id: UUID, version: str) -> Ranker | None:
    """What a run was made with; None where this version of elci has it no more. Raises ModelRefused."""
    try:
        model_id = model_of(version)
    except (ValueError, NotFound):
        return None
    if model_id is None:
        return COLD
    sha256 = await store.digest_of(db, workspace_id, model_id)
    return None if sha256 is None else await _ranker(db, workspace_id, model_id, sha256)


async def _ranker(db: Connection, workspace_id: UUID, model_id: UUID, sha256: str) -> Ranker:
    if sha256 not in _kept:
        loaded = await read(await store.get_artefact(db, workspace_id, model_id))
        _kept[sha256] = loaded
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    _kept.move_to_end(sha256)
    kept = _kept[sha256]
    return Ranker(version_of(model_id), kept.model, kept.card.weight)


async def read(row: ArtefactRow) -> Loaded:
    """A stored model, if its bytes are what its row and its card say. Raises ModelRefused."""
    from scoring.learning import artefact

    def load() -> "LearnedFit":
        if row.sha256 != row.card.sha256:
            raise artefact.Refused("hash_mismatch", "the model's card names another digest than its row")
        return artefact.load(
            row.artefact,
            digest_of_card=row.card.sha256,
            sklearn=row.card.sklearn,
            features=row.card.features,
        )

    try:
        return Loaded(await asyncio.to_thread(load), row.card)
    except artefact.Refused as refused:
        raise ModelRefused(f"{refused}; roll back, or train again", code=refused.code) from refused


async def circumstances(
    db: Connection, workspace_id: UUID, rows: Candidates, as_of: datetime
) -> Circumstances:
    """What a learned fit asks of candidates beside their scores."""
    workspace = await get_workspace(db, workspace_id)
    found = await store.circumstances(
        db, workspace_id, rows.keys, rows.account_ids, workspace.currency, as_of.date()
    )
    return Circumstances(
        price=floats(found.prices),
        platform=_words(found.platforms),
        tier=tiers_of(rows.rates.followers, workspace.tiers),
        format=_words(found.formats),
    )


def _words(values: list[str | None]) -> Words:
    column: Words = np.empty(len(values), dtype=np.object_)
    column[:] = values
    return column


def tiers_of(followers: Floats, tiers: Tiers) -> Words:
    """Each follower count's tier; None below the lowest, and where it is unknown.

    >>> tiers_of(np.array([500.0, 20_000.0, np.nan]), Tiers()).tolist()
    [None, 'micro', None]
    """
    bounds = sorted((getattr(tiers, name), name) for name in tiers.__struct_fields__)
    names: Words = np.array([None, *(name for _, name in bounds)], dtype=np.object_)
    place = np.searchsorted([bound for bound, _ in bounds], np.nan_to_num(followers, nan=-1.0), side="right")
    found: Words = names[place]
    return found
