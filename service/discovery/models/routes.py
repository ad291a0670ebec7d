"""/v1/models: training, cards, promotion, watching, and the way back."""

from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.discovery.models import actions, show, store
from service.discovery.models.problems import (
    AlreadyInForce,
    ModelRefused,
    NothingToRollBack,
    NotPromotable,
    TooFewOutcomes,
    UnknownModel,
)
from service.discovery.models.schemas import (
    InForce,
    ModelDetail,
    ModelRequest,
    ModelView,
    ShadowRequest,
    State,
)
from service.kit import ids, jobs, paging
from service.kit.db import Connection
from service.kit.jobs import JobView
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page

Reader = Annotated[Caller, May("discovery:read")]
Writer = Annotated[Caller, May("discovery:write")]
InState = Annotated[State | None, QueryParameter(name="state", description="in this state")]


@get("/v1/models", tags=["discovery"], raises=[BadCursor])
async def list_models(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    in_state: InState = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[ModelView]:
    """The workspace's models, the newest first."""
    before = paging.decode(cursor, UUID)
    rows = await store.list_models(db, caller.workspace_id, before, in_state, limit + 1)
    return paging.page(rows, limit, lambda row: row.id, show.model)


@get("/v1/models/{model_id:str}", tags=["discovery"], raises=[UnknownModel])
async def get_model(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], model_id: FromPath[str]
) -> ModelDetail:
    """A model with its card: what it learned from, and its figures beside the cold start's."""
    return show.detail(await store.get_model(db, caller.workspace_id, ids.read("mdl", model_id)))


@get("/v1/models/fit", tags=["discovery"])
async def get_model_in_force(caller: NamedDependency[Reader], db: NamedDependency[Connection]) -> InForce:
    """What ranks now: the cold start, or a model blended with it; and which model watches."""
    return show.in_force(await actions.pointer_of(db, caller.workspace_id))


@post("/v1/models/fit/train", tags=["discovery"], status_code=202, raises=[TooFewOutcomes])
async def train_model(caller: NamedDependency[Writer], db: NamedDependency[Connection]) -> JobView:
    """Trains a model on all finished collaborations and evaluates it; it ranks only when it is promoted.

    With fewer than 200 collaborations nothing is trained and the cold start stays: 409, with their number.
    """
    job_id = await actions.train(db, caller.workspace_id)
    await audit.record(db, caller, "model.training", ids.show("job", job_id))
    return jobs.show(await jobs.get(db, caller.workspace_id, job_id))


@post(
    "/v1/models/fit/promote",
    tags=["discovery"],
    status_code=200,
    raises=[UnknownModel, NotPromotable, ModelRefused, AlreadyInForce],
)
async def promote_model(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[ModelRequest]
) -> InForce:
    """Lets a model rank, if it meets the rule: 200 collaborations, a log-loss at least 2% below the cold
    start's in time-ordered cross-validation grouped by influencer, and not by chance, and a calibration error
    of at most .05. There is no way around the rule."""
    moved = await actions.promote(db, caller.workspace_id, ids.read("mdl", data.model_id))
    await audit.record(db, caller, "model.promoted", data.model_id)
    return show.in_force(moved)


@post(
    "/v1/models/fit/shadow",
    tags=["discovery"],
    status_code=200,
    raises=[UnknownModel, ModelRefused, AlreadyInForce],
)
async def shadow_model(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[ShadowRequest]
) -> InForce:
    """Lets a model watch: it scores every run, its fit stands beside, and the order stays as it is."""
    model_id = None if data.model_id is None else ids.read("mdl", data.model_id)
    moved = await actions.shadow(db, caller.workspace_id, model_id)
    await audit.record(db, caller, "model.shadow", data.model_id or "none")
    return show.in_force(moved)


@post("/v1/models/fit/rollback", tags=["discovery"], status_code=200, raises=[NothingToRollBack])
async def roll_back_model(caller: NamedDependency[Writer], db: NamedDependency[Connection]) -> InForce:
    """Takes the model that ranks out: the one that ranked before it ranks again, else the cold start."""
    moved = await actions.roll_back(db, caller.workspace_id)
    await audit.record(db, caller, "model.rolled_back", ids.show_or_none("mdl", moved.promoted_id) or "none")
    return show.in_force(moved)


ROUTES: list[ControllerRouterHandler] = [
    list_models,
    get_model,
    get_model_in_force,
    train_model,
    promote_model,
    shadow_model,
    roll_back_model,
]
