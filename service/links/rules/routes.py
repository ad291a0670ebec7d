"""GET, PUT /v1/click-rules; GET /v1/click-rules/versions."""

from typing import Annotated

from litestar import Response, get, put
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler
from msgspec import structs

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.kit import etag, ids, jobs, paging
from service.kit.db import Connection
from service.kit.etag import IfMatch
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, PreconditionFailed
from service.links.counting.jobs import EVALUATE, Evaluate
from service.links.rules import checks, store
from service.links.rules.schemas import ClickRules, Rules, RulesChange, RulesRow

Reader = Annotated[Caller, May("links:read")]
Writer = Annotated[Caller, May("links:write")]
DryRun = Annotated[bool, QueryParameter(description="only count what would change")]
NEWEST = 2**31 - 1


@get("/v1/click-rules", tags=["links"])
async def get_click_rules(
    caller: NamedDependency[Reader], db: NamedDependency[Connection]
) -> Response[ClickRules]:
    """The rules by which clicks count; version 0 are the defaults. Bots and previews never count."""
    row = await store.current(db, caller.workspace_id)
    return Response(_show(row), headers={"ETag": etag.of(row.version)})


@put("/v1/click-rules", tags=["links"], status_code=202, raises=[InvalidInput, PreconditionFailed])
async def put_click_rules(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    data: JSONBody[Rules],
    dry_run: DryRun = False,
    if_match: IfMatch = None,
) -> RulesChange:
    """Makes a new version of the rules, and a job that applies it to every click that is kept.

    The job's result says how many clicks change; with `dry_run` it only says so, and the rules stay. Gross
    clicks never change, and rules put back bring back every figure.
    """
    rules = checks.normal(data)
    row = await store.current(db, caller.workspace_id)
    etag.match(if_match, row.version)
    if not dry_run and rules != row.rules:
        added = await store.add_rules(db, caller.workspace_id, row.version + 1, rules, caller.name)
        if added is None:
            raise PreconditionFailed("somebody else has changed the rules just now")
        row = added
        await audit.record(
            db, caller, "click_rules.changed", ids.show("ws", caller.workspace_id), {"version": row.version}
        )
    payload = Evaluate(dry_run, rules) if dry_run else Evaluate()
    job_id = await jobs.enqueue(db, caller.workspace_id, EVALUATE, payload)
    shown = _show(structs.replace(row, rules=rules) if dry_run else row)
    return RulesChange(shown, ids.show("job", job_id), dry_run)


@get("/v1/click-rules/versions", tags=["links"], raises=[BadCursor])
async def list_click_rules(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[ClickRules]:
    """Every version of the rules, the newest first: what counted when, and who decided it."""
    before = paging.decode(cursor, int) or NEWEST
    rows = await store.versions(db, caller.workspace_id, before, limit + 1)
    return paging.page(rows, limit, lambda row: row.version, _show)


def _show(row: RulesRow) -> ClickRules:
    return ClickRules(row.version, row.rules, row.created_by, row.created_at)


ROUTES: list[ControllerRouterHandler] = [get_click_rules, put_click_rules, list_click_rules]
