"""Training: a job with progress, that leaves a model beside the one in force and changes no ranking."""

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from msgspec import Struct

from service.accounts.workspaces.store import get_workspace
from service.discovery.models import store
from service.discovery.models.problems import NothingToLearn, TooFewOutcomes
from service.discovery.models.ranker import version_of
from service.discovery.models.schemas import Trained
from service.kit import clock, ids
from service.kit.jobs import Work, job

if TYPE_CHECKING:
    from scoring.learning.training import Trained as Made
    from service.discovery.models.training import Material

TRAIN = "discovery.train_fit"


class Train(Struct):
    """Nothing is asked for: all collaborations of the workspace are learned from."""


@job(TRAIN)
async def train_fit(work: Work, payload: Train) -> Trained:
    """Reads the collaborations, trains in a thread, keeps the model with its card.

    Reading and writing are two transactions: fitting takes a minute, and nothing is held meanwhile.
    """
    # scikit-learn takes seconds to import: only who trains pays for it.
    from service.discovery.models import training

    async with work.transaction() as db:
        now = await clock.now(db)
        found = await training.material(db, await get_workspace(db, work.workspace_id), now)
    await work.progress(0)
    model_id = ids.new()
    made = await asyncio.to_thread(_trained, work, found, model_id, now)
    async with work.transaction() as db:
        await store.add_model(db, work.workspace_id, model_id, made.data, made.card.sha256, made.card)
        result = _result(model_id, made)
        await work.finish(db, result)
    return result


def _trained(work: Work, found: "Material", model_id: UUID, now: datetime) -> "Made":
    from scoring.learning import estimator, training
    from scoring.learning.promotion import LEAST_OUTCOMES

    try:
        return training.train(
            found.features,
            found.outcomes,
            found.cold_start,
            version=version_of(model_id),
            trained_at=now,
            dated=found.dated,
            progress=work.report,
        )
    except training.TooFewOutcomes as few:
        raise TooFewOutcomes(str(few), outcomes=few.found, needed=LEAST_OUTCOMES) from few
    except estimator.NothingToLearn as nothing:
        raise NothingToLearn(f"a learned fit {nothing}; the cold start stays") from nothing


def _result(model_id: UUID, made: "Made") -> Trained:
    decision = made.card.decision
    return Trained(
        model_id=ids.show("mdl", model_id),
        version=made.card.version,
        outcomes=made.card.outcomes,
        promotable=decision.promotable,
        reasons=list(decision.reasons),
    )
