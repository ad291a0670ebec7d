"""Who may approve a statement, and what becomes of it. Pure."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct, structs

from service.mentions.alerts.statements.schemas import StatementRow


class Approver(Struct, frozen=True):
    """A member who approves, by the outer id and role."""

    name: str
    role: str


def may_approve(written_by: str, approver: Approver) -> bool:
    """Four eyes, or an owner's two; an analyst approves nothing.

    >>> may_approve("usr_a", Approver("usr_b", "manager")), may_approve("usr_a", Approver("usr_a", "manager"))
    (True, False)
    >>> may_approve("usr_a", Approver("usr_a", "owner")), may_approve("usr_a", Approver("usr_b", "analyst"))
    (True, False)
    """
    return approver.role == "owner" or (approver.role == "manager" and approver.name != written_by)


def edited(row: StatementRow, text: str, channel: str, by: str) -> StatementRow:
    """Another text or channel is a draft again, by who wrote it."""
    if (text, channel) == (row.text, row.channel):
        return row
    return structs.replace(
        row, text=text, channel=channel, written_by=by, status="draft", approved_by=None, approved_at=None
    )


def approved(row: StatementRow, who: UUID, now: datetime) -> StatementRow:
    """Who approved first stays the one."""
    if row.status != "draft":
        return row
    return structs.replace(row, status="approved", approved_by=who, approved_at=now)


def published(row: StatementRow, by: str, at: datetime, url: str | None) -> StatementRow:
    """Of what is published already nothing changes."""
    if row.status == "published":
        return row
    return structs.replace(row, status="published", published_by=by, published_at=at, url=url)
