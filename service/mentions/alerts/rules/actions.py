"""Alert rules made and changed: what holds between their fields."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import available_timezones

from msgspec import UNSET, convert, structs
from msgspec import ValidationError as Unreadable

from service.accounts import audit
from service.accounts.callers import Caller
from service.accounts.members import store as members
from service.accounts.schemas import Email
from service.kit import clock, ids
from service.kit.db import Connection
from service.kit.jobs import enqueue
from service.kit.problems import InvalidInput
from service.mentions.alerts.jobs import LOOK
from service.mentions.alerts.quiet import QuietHours, never_ends
from service.mentions.alerts.rules import store
from service.mentions.alerts.rules.schemas import AlertRule, AlertRulePatch, NewAlertRule, RuleRow
from service.mentions.alerts.walking import LONGEST, hour_of
from service.mentions.queries import store as queries

Faults = list[dict[str, str]]


async def add(db: Connection, caller: Caller, data: NewAlertRule) -> RuleRow:
    """A rule of a query; stored hours are looked at by a job at once. Raises UnknownQuery, AlertRuleExists,
    InvalidInput, UnknownMember."""
    query_id = ids.read("lsq", data.query_id)
    await queries.get_query(db, caller.workspace_id, query_id)
    now = await clock.now(db)
    _check(data.quiet_hours, data.recipients, _since_faults(data.since, now))
    await _members(db, caller.workspace_id, data.recipients)
    row = await store.add_rule(
        *(db, caller.workspace_id, ids.new(), query_id, _once(data.kinds), data.p, data.min_mentions),
        *(data.quiet_hours, _once(data.recipients), data.checklist, data.enabled),
        *(hour_of((data.since or now).astimezone(UTC)), caller.name),
    )
    await audit.record(db, caller, "alert_rule.created", ids.show("arl", row.id), {"query_id": data.query_id})
    if data.since is not None and data.enabled:
        await enqueue(db, caller.workspace_id, LOOK, dedupe=LOOK)
    return row


async def change(db: Connection, caller: Caller, rule_id: UUID, patch: AlertRulePatch) -> RuleRow:
    """A rule that is turned on again watches from now on. Raises UnknownAlertRule, InvalidInput,
    UnknownMember."""
    row = await store.lock_rule(db, caller.workspace_id, rule_id)
    sent = {name: value for name, value in _sent(patch).items() if getattr(row, name) != value}
    if not sent:
        return row
    after = structs.replace(row, **sent)
    _check(after.quiet_hours, after.recipients, [])
    if "recipients" in sent:
        await _members(db, caller.workspace_id, after.recipients)
    watched_from = row.watched_from
    if after.enabled and not row.enabled:
        watched_from = hour_of(await clock.now(db))
    saved = await store.save_rule(
        *(db, caller.workspace_id, rule_id, _once(after.kinds), after.p, after.min_mentions),
        *(after.quiet_hours, _once(after.recipients), after.checklist, after.enabled, watched_from),
    )
    await audit.record(db, caller, "alert_rule.changed", ids.show("arl", rule_id), {"fields": sorted(sent)})
    return saved


async def delete(db: Connection, caller: Caller, rule_id: UUID) -> None:
    """Takes a rule away; its alerts stay. Raises UnknownAlertRule."""
    await store.lock_rule(db, caller.workspace_id, rule_id)
    await store.delete_rule(db, caller.workspace_id, rule_id)
    await audit.record(db, caller, "alert_rule.deleted", ids.show("arl", rule_id))


def show(row: RuleRow) -> AlertRule:
    """A rule as the API shows it."""
    same = {
        name: getattr(row, name) for name in AlertRule.__struct_fields__ if name not in ("id", "query_id")
    }
    return AlertRule(id=ids.show("arl", row.id), query_id=ids.show("lsq", row.query_id), **same)


def _sent(patch: AlertRulePatch) -> dict[str, object]:
    return {
        name: value
        for name in AlertRulePatch.__struct_fields__
        if (value := getattr(patch, name)) is not UNSET
    }


def _check(quiet: QuietHours | None, recipients: Sequence[str], faults: Faults) -> None:
    if quiet is not None and quiet.tz is not None and quiet.tz not in available_timezones():
        faults.append({"path": "quiet_hours.tz", "message": "is no time zone of the IANA list"})
    if quiet is not None and never_ends(quiet):
        faults.append({"path": "quiet_hours", "message": "leave no hour for mails"})
    for at, one in enumerate(recipients):
        if not one.startswith("usr_") and not _is_address(one):
            message = "is neither an e-mail address nor a member's id"
            faults.append({"path": f"recipients[{at}]", "message": message})
    if faults:
        raise InvalidInput("a rule that can't be", errors=faults)


def _since_faults(since: datetime | None, now: datetime) -> Faults:
    if since is None or now - LONGEST <= since <= now:
        return []
    return [{"path": "since", "message": f"lies within the last {LONGEST.days} days"}]


def _is_address(text: str) -> bool:
    try:
        convert(text, Email)
    except Unreadable:
        return False
    return True


async def _members(db: Connection, workspace_id: UUID, recipients: Sequence[str]) -> None:
    for one in recipients:
        if one.startswith("usr_"):
            await members.get_member(db, workspace_id, ids.read("usr", one))


def _once(values: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(values))
