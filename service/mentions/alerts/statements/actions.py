"""Statements written, approved, published."""

from datetime import timedelta
from uuid import UUID

from msgspec import UNSET

from service.accounts import audit
from service.accounts.callers import Caller
from service.accounts.members import store as members
from service.kit import clock, ids
from service.kit.db import Connection
from service.kit.problems import InvalidInput
from service.mentions.alerts import actions as alerts
from service.mentions.alerts import store as alert_store
from service.mentions.alerts.statements import approving, store
from service.mentions.alerts.statements.approving import Approver
from service.mentions.alerts.statements.schemas import (
    NewStatement,
    PublicStatement,
    StatementApproval,
    StatementPatch,
    StatementPublication,
    StatementRow,
)
from service.mentions.problems import OwnStatement, StatementNotApproved, StatementPublished

# Clocks differ.
AHEAD = timedelta(minutes=5)


async def add(db: Connection, caller: Caller, data: NewStatement) -> StatementRow:
    """A draft. Raises UnknownAlert, StatementInWork."""
    alert = await alert_store.get_alert(db, caller.workspace_id, ids.read("alr", data.alert_id))
    row = await store.add_statement(
        db, caller.workspace_id, ids.new(), alert.id, data.channel, data.text, caller.name
    )
    await _note(db, caller, "created", row)
    return row


async def change(db: Connection, caller: Caller, statement_id: UUID, patch: StatementPatch) -> StatementRow:
    """Another text, which is a draft. Raises UnknownStatement, StatementPublished, StatementInWork."""
    row = await _open(db, caller, statement_id)
    text = row.text if patch.text is UNSET else patch.text
    channel = row.channel if patch.channel is UNSET else patch.channel
    return await _save(db, caller, "changed", row, approving.edited(row, text, channel, caller.name))


async def approve(
    db: Connection, caller: Caller, statement_id: UUID, data: StatementApproval
) -> StatementRow:
    """Raises UnknownStatement, UnknownMember, InvalidInput, OwnStatement, StatementPublished."""
    row = await _open(db, caller, statement_id)
    who = await _approver(db, caller, data)
    member = await members.get_member(db, caller.workspace_id, who)
    if not approving.may_approve(row.written_by, Approver(ids.show("usr", who), member.role)):
        raise OwnStatement("another manager or an owner approves it")
    return await _save(db, caller, "approved", row, approving.approved(row, who, await clock.now(db)))


async def publish(
    db: Connection, caller: Caller, statement_id: UUID, data: StatementPublication
) -> StatementRow:
    """Raises UnknownStatement, StatementNotApproved, InvalidInput."""
    row = await store.lock_statement(db, caller.workspace_id, statement_id)
    if row.approved_at is None:
        raise StatementNotApproved("a text is approved before it is published")
    now = await clock.now(db)
    at = data.published_at or now
    if row.status != "published" and not row.approved_at <= at <= now + AHEAD:
        faults = [{"path": "published_at", "message": "lies between the approval and now"}]
        raise InvalidInput("it was not published then", errors=faults)
    after = await _save(db, caller, "published", row, approving.published(row, caller.name, at, data.url))
    if row.status != "published":
        await alerts.tick(db, caller, row.alert_id, "statement")
    return after


async def delete(db: Connection, caller: Caller, statement_id: UUID) -> None:
    """Takes back what was not published. Raises UnknownStatement, StatementPublished."""
    row = await _open(db, caller, statement_id)
    await store.delete_statement(db, caller.workspace_id, statement_id)
    await _note(db, caller, "deleted", row)


def show(row: StatementRow) -> PublicStatement:
    """A statement as the API shows it."""
    aside = ("id", "alert_id", "approved_by")
    same = {name: getattr(row, name) for name in PublicStatement.__struct_fields__ if name not in aside}
    return PublicStatement(
        id=ids.show("stm", row.id),
        alert_id=ids.show("alr", row.alert_id),
        approved_by=ids.show_or_none("usr", row.approved_by),
        **same,
    )


async def _open(db: Connection, caller: Caller, statement_id: UUID) -> StatementRow:
    row = await store.lock_statement(db, caller.workspace_id, statement_id)
    if row.status == "published":
        raise StatementPublished("what was said can't be unsaid; write another")
    return row


async def _approver(db: Connection, caller: Caller, data: StatementApproval) -> UUID:
    """The person who calls, or for whom a key asks: no key has eyes of its own."""
    if caller.kind == "person":
        if data.approved_by not in (None, caller.name):
            faults = [{"path": "approved_by", "message": "is you, or left out"}]
            raise InvalidInput("nobody approves for somebody else", errors=faults)
        return caller.id
    if data.approved_by is None:
        faults = [{"path": "approved_by", "message": "is required of a key: the member who approves"}]
        raise InvalidInput("a person approves", errors=faults)
    return ids.read("usr", data.approved_by)


async def _save(
    db: Connection, caller: Caller, action: str, row: StatementRow, after: StatementRow
) -> StatementRow:
    if after == row:
        return row
    saved = await store.save_statement(
        *(db, caller.workspace_id, row.id, after.channel, after.text, after.status, after.written_by),
        *(after.approved_by, after.approved_at, after.published_by, after.published_at, after.url),
    )
    await _note(db, caller, action, saved)
    return saved


async def _note(db: Connection, caller: Caller, action: str, row: StatementRow) -> None:
    details = {
        "alert_id": ids.show("alr", row.alert_id),
        "channel": row.channel,
        "approved_by": ids.show_or_none("usr", row.approved_by),
    }
    await audit.record(db, caller, f"statement.{action}", ids.show("stm", row.id), details)
