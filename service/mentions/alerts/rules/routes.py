"""/v1/alert-rules."""

from typing import Annotated
from uuid import UUID

from litestar import delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.accounts.problems import UnknownMember
from service.influencers.reading import id_list
from service.influencers.schemas import IdList
from service.kit import ids as outer
from service.kit import paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, NotFound
from service.mentions.alerts.rules import actions, store
from service.mentions.alerts.rules.schemas import AlertRule, AlertRulePatch, NewAlertRule
from service.mentions.narrowing import OfQuery
from service.mentions.problems import AlertRuleExists, UnknownAlertRule, UnknownQuery

Reader = Annotated[Caller, May("mentions:read")]
Writer = Annotated[Caller, May("mentions:write")]
Enabled = Annotated[bool | None, QueryParameter(description="those that are on, or off")]


@post(
    "/v1/alert-rules",
    tags=["mentions"],
    raises=[InvalidInput, UnknownQuery, UnknownMember, AlertRuleExists, NotFound],
)
async def create_alert_rule(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[NewAlertRule]
) -> AlertRule:
    """Watches a query for spikes and crises.

    Each hour's mentions are compared with what four weeks say that the hour should bring (weekday, hour, and
    the Turkish calendar, on the workspace's clocks); `p` is how unlikely a count must be, `min_mentions` the
    least that counts. A crisis is a spike in which net sentiment falls by more than .2 or the negative share
    is above twice the usual one, with 20 polar mentions or more. A spike makes one alert. It is looked for
    every five minutes; mentions that come late are looked at for a day. In quiet hours mails wait; the
    alert does not.
    """
    return actions.show(await actions.add(db, caller, data))


@get("/v1/alert-rules", tags=["mentions"], raises=[BadCursor, InvalidInput, NotFound])
async def list_alert_rules(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    ids: IdList = None,
    query_id: OfQuery = None,
    enabled: Enabled = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[AlertRule]:
    """The newest first."""
    rows = await store.list_rules(
        db,
        caller.workspace_id,
        id_list("arl", ids),
        None if query_id is None else outer.read("lsq", query_id),
        enabled,
        paging.decode(cursor, UUID),
        limit + 1,
    )
    return paging.page(rows, limit, lambda row: row.id, actions.show)


@get("/v1/alert-rules/{rule_id:str}", tags=["mentions"], raises=[UnknownAlertRule])
async def get_alert_rule(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], rule_id: FromPath[str]
) -> AlertRule:
    """One rule."""
    return actions.show(await store.get_rule(db, caller.workspace_id, outer.read("arl", rule_id)))


@patch(
    "/v1/alert-rules/{rule_id:str}",
    tags=["mentions"],
    raises=[UnknownAlertRule, UnknownMember, InvalidInput, NotFound],
)
async def change_alert_rule(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    rule_id: FromPath[str],
    data: JSONBody[AlertRulePatch],
) -> AlertRule:
    """Changes a rule. One that is turned on again watches from now on."""
    return actions.show(await actions.change(db, caller, outer.read("arl", rule_id), data))


@delete("/v1/alert-rules/{rule_id:str}", tags=["mentions"], raises=[UnknownAlertRule])
async def delete_alert_rule(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], rule_id: FromPath[str]
) -> None:
    """Takes a rule away. Its alerts stay."""
    await actions.delete(db, caller, outer.read("arl", rule_id))


ROUTES: list[ControllerRouterHandler] = [
    create_alert_rule,
    list_alert_rules,
    get_alert_rule,
    change_alert_rule,
    delete_alert_rule,
]
