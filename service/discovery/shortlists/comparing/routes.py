"""GET /v1/shortlists/{id}/compare."""

from typing import Annotated, Any

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.discovery.models.problems import ModelRefused
from service.discovery.scores import show as scores_show
from service.discovery.scores.routes import Words
from service.discovery.shortlists import store as lists
from service.discovery.shortlists.comparing import show
from service.discovery.shortlists.comparing.schemas import Comparison
from service.discovery.shortlists.items import sorting, store
from service.discovery.shortlists.items.show import EVERYTHING, near
from service.discovery.shortlists.items.sorting import Narrowed
from service.discovery.shortlists.problems import UnknownShortlist
from service.influencers.reading import id_list
from service.influencers.schemas import IdList
from service.kit.db import Connection
from service.kit.ids import read, show_or_none
from service.kit.problems import InvalidInput, NotFound

Reader = Annotated[Caller, May("discovery:read")]
AnyRequest = Request[Any, Any, Any]
MOST_COMPARED = 20


@get(
    "/v1/shortlists/{shortlist_id:str}/compare",
    tags=["discovery"],
    raises=[UnknownShortlist, InvalidInput, NotFound, ModelRefused],
)
async def compare_items(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    shortlist_id: FromPath[str],
    ids: IdList = None,
    language: Words = None,
) -> Comparison:
    """Up to 20 of a list side by side; without ids the best that are neither ignored nor rejected."""
    row = await lists.get_shortlist(db, caller.workspace_id, read("sho", shortlist_id))
    wanted = id_list("inf", ids)
    if wanted is not None and len(wanted) > MOST_COMPARED:
        message = f"at most {MOST_COMPARED} side by side"
        raise InvalidInput(message, errors=[{"path": "ids", "message": message}])
    open_ones = [str(each) for each in sorting.STATUSES if each not in ("ignored", "rejected")]
    narrowed = Narrowed("fit", open_ones if wanted is None else None, wanted)
    rows = await store.list_items(db, caller.workspace_id, row.id, narrowed, MOST_COMPARED)
    keys = [each.id for each in rows]
    include = EVERYTHING if row.brief_id else EVERYTHING - {"scores"}
    lang = scores_show.language(language, request.headers.get("accept-language"))
    beside = await near(db, caller.workspace_id, keys, include, row.brief_id, lang)
    audiences = await show.audiences(db, caller.workspace_id, keys)
    compared = [show.compared(each, beside, audiences) for each in rows]
    return Comparison(shortlist_id, show_or_none("bri", row.brief_id), compared)


ROUTES: list[ControllerRouterHandler] = [compare_items]
