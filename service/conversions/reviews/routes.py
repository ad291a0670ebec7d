"""GET, PUT /v1/review-rules; GET /v1/review-rules/versions; and the routes of holds."""

from typing import Annotated

from litestar import Response, get, put
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler
from msgspec import structs

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.conversions.reviews import checks, store
from service.conversions.reviews.again.jobs import AGAIN, Again
from service.conversions.reviews.holds.routes import ROUTES as HOLDS
from service.conversions.reviews.rules import ReviewRules, ReviewRulesChange, ReviewRulesVersion, RulesRow
from service.kit import etag, ids, jobs, paging
from service.kit.db import Connection
from service.kit.etag import IfMatch
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, PreconditionFailed

Reader = Annotated[Caller, May("conversions:read")]
Writer = Annotated[Caller, May("conversions:write")]
DryRun = Annotated[bool, QueryParameter(description="only count what would change")]
NEWEST = 2**31 - 1


@get("/v1/review-rules", tags=["conversions"])
async def get_review_rules(
    caller: NamedDependency[Reader], db: NamedDependency[Connection]
) -> Response[ReviewRulesVersion]:
    """The rules by which conversions are held for a look before they are paid; version 0 are the defaults."""
    row = await store.current(db, caller.workspace_id)
    return Response(_show(row), headers={"ETag": etag.of(row.version)})


@put("/v1/review-rules", tags=["conversions"], status_code=202, raises=[InvalidInput, PreconditionFailed])
async def put_review_rules(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    data: JSONBody[ReviewRules],
    dry_run: DryRun = False,
    if_match: IfMatch = None,
) -> ReviewRulesChange:
    """Makes a new version of the rules, and a job that applies it to all that isn't paid yet.

    The job's result says how many conversions are held then and by what; with `dry_run` it only says so, and
    the rules stay. What somebody has released stays released; rules put back bring back every balance.
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
            db, caller, "review_rules.changed", ids.show("ws", caller.workspace_id), {"version": row.version}
        )
    payload = Again(dry_run, rules) if dry_run else Again()
    job_id = await jobs.enqueue(db, caller.workspace_id, AGAIN, payload)
    shown = _show(structs.replace(row, rules=rules) if dry_run else row)
    return ReviewRulesChange(shown, ids.show("job", job_id), dry_run)


@get("/v1/review-rules/versions", tags=["conversions"], raises=[BadCursor])
async def list_review_rules(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[ReviewRulesVersion]:
    """Every version of the rules, the newest first: what was held when, and who decided it."""
    before = paging.decode(cursor, int) or NEWEST
    rows = await store.versions(db, caller.workspace_id, before, limit + 1)
    return paging.page(rows, limit, lambda row: row.version, _show)


def _show(row: RulesRow) -> ReviewRulesVersion:
    return ReviewRulesVersion(row.version, row.rules, row.created_by, row.created_at)


ROUTES: list[ControllerRouterHandler] = [get_review_rules, put_review_rules, list_review_rules, *HOLDS]
