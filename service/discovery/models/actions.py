"""Which model ranks: promoting by the rule, watching, and the way back."""

from typing import NamedTuple
from uuid import UUID

import msgspec

from scoring.learning.promotion import LEAST_OUTCOMES, Reason
from service.discovery.models import store
from service.discovery.models.jobs import TRAIN, Train
from service.discovery.models.loading import read
from service.discovery.models.problems import (
    AlreadyInForce,
    NothingToRollBack,
    NotPromotable,
    TooFewOutcomes,
)
from service.kit import jobs
from service.kit.db import Connection


class Moved(NamedTuple):
    """What ranks and what watches after a move."""

    promoted_id: UUID | None
    shadow_id: UUID | None


async def train(db: Connection, workspace_id: UUID) -> UUID:
    """The job that trains; one that is queued already is as good. Raises TooFewOutcomes."""
    found = await store.count_learnable(db, workspace_id)
    if found < LEAST_OUTCOMES:
        raise TooFewOutcomes(
            f"{found} finished collaborations can be learned from; a learned fit needs {LEAST_OUTCOMES}."
            " The cold start stays.",
            outcomes=found,
            needed=LEAST_OUTCOMES,
        )
    return await jobs.enqueue(db, workspace_id, TRAIN, Train(), dedupe="fit")


async def promote(db: Connection, workspace_id: UUID, model_id: UUID) -> Moved:
    """Lets a model rank. Raises UnknownModel, NotPromotable, ModelRefused, AlreadyInForce."""
    row = await store.get_artefact(db, workspace_id, model_id)
    if not row.card.decision.promotable:
        reasons = list(row.card.decision.reasons)
        raise NotPromotable(why(reasons), reasons=msgspec.to_builtins(reasons))
    await read(row)
    pointer = await store.lock_pointer(db, workspace_id)
    if pointer.promoted_id == model_id:
        raise AlreadyInForce("it ranks already")
    before = [*pointer.before]
    if pointer.promoted_id is not None:
        before.append(pointer.promoted_id)
        await store.set_state(db, workspace_id, pointer.promoted_id, "retired")
    shadow = None if pointer.shadow_id == model_id else pointer.shadow_id
    await store.set_state(db, workspace_id, model_id, "promoted")
    return await _save(db, workspace_id, Moved(model_id, shadow), before)


def why(reasons: list[Reason]) -> str:
    """The bounds that are not met, as a sentence.

    >>> why([Reason("no_gain", 0.01, 0.02)])
    'no_gain: 0.01 found, 0.02 needed'
    """
    return "; ".join(
        f"{one.code}: {'nothing' if one.found is None else f'{one.found:.4g}'} found, {one.needed:g} needed"
        for one in reasons
    )


async def roll_back(db: Connection, workspace_id: UUID) -> Moved:
    """Takes the model that ranks out: the one before ranks again, else the cold start.

    Raises NothingToRollBack.
    """
    pointer = await store.lock_pointer(db, workspace_id)
    if pointer.promoted_id is None:
        raise NothingToRollBack("the cold start ranks")
    before = [*pointer.before]
    last = before.pop() if before else None
    await store.set_state(db, workspace_id, pointer.promoted_id, "retired")
    shadow = None if pointer.shadow_id == last else pointer.shadow_id
    if last is not None:
        await store.set_state(db, workspace_id, last, "promoted")
    return await _save(db, workspace_id, Moved(last, shadow), before)


async def shadow(db: Connection, workspace_id: UUID, model_id: UUID | None) -> Moved:
    """Lets a model watch: it scores every run and orders none. None: no model watches.

    Raises UnknownModel, ModelRefused, AlreadyInForce.
    """
    if model_id is not None:
        await read(await store.get_artefact(db, workspace_id, model_id))
    pointer = await store.lock_pointer(db, workspace_id)
    if model_id is not None and model_id == pointer.promoted_id:
        raise AlreadyInForce("it ranks already, so it need not watch")
    if pointer.shadow_id is not None and pointer.shadow_id != model_id:
        await store.set_state(db, workspace_id, pointer.shadow_id, "trained")
    if model_id is not None:
        await store.set_state(db, workspace_id, model_id, "shadow")
    return await _save(db, workspace_id, Moved(pointer.promoted_id, model_id), pointer.before)


async def pointer_of(db: Connection, workspace_id: UUID) -> Moved:
    """What ranks and what watches."""
    row = await store.in_force(db, workspace_id)
    return Moved(None, None) if row is None else Moved(row.promoted_id, row.shadow_id)


async def _save(db: Connection, workspace_id: UUID, moved: Moved, before: list[UUID]) -> Moved:
    await store.save_pointer(db, workspace_id, moved.promoted_id, moved.shadow_id, before)
    return moved
