"""POST /v1/links/check."""

from typing import Annotated

from litestar import post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from litestar.types import ControllerRouterHandler

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.kit import ids, jobs
from service.kit.db import Connection
from service.kit.jobs import JobView
from service.kit.problems import NotFound
from service.links.health import store
from service.links.health.jobs import CHECK
from service.links.health.schemas import Check, CheckRequest
from service.links.problems import UnknownLink
from service.programs.problems import UnknownPartner
from service.programs.store import known_partners

Writer = Annotated[Caller, May("links:write")]


@post("/v1/links/check", tags=["links"], status_code=202, raises=[UnknownLink, UnknownPartner, NotFound])
async def check_links(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[CheckRequest]
) -> JobView:
    """Asks the destinations of links whether they are there, as a job with counts as its result.

    Each link then shows the worst of its destinations as `health`, and GET /v1/links?health=dead lists those
    that lead to nothing. Only the public web is asked; a destination elsewhere is `refused`.
    """
    link_ids = None if data.link_ids is None else [ids.read("lnk", text) for text in data.link_ids]
    partner_id = None if data.partner_id is None else ids.read("prt", data.partner_id)
    campaign_id = None if data.campaign_id is None else ids.read("cmp", data.campaign_id)
    if link_ids:
        known = set(await store.known_links(db, caller.workspace_id, link_ids))
        if missing := [
            text for text, key in zip(data.link_ids or [], link_ids, strict=True) if key not in known
        ]:
            raise UnknownLink(f"there is no {missing[0]!r}")
    if partner_id is not None and not await known_partners(db, caller.workspace_id, [partner_id]):
        raise UnknownPartner(f"there is no {data.partner_id!r}")
    job_id = await jobs.enqueue(db, caller.workspace_id, CHECK, Check(link_ids, partner_id, campaign_id))
    await audit.record(db, caller, "links.check", ids.show("job", job_id))
    return jobs.show(await jobs.get(db, caller.workspace_id, job_id))


ROUTES: list[ControllerRouterHandler] = [check_links]
