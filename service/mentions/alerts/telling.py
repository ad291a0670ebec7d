"""Who is told of an alert: people by mail, programs by the outbox, in the transaction that makes it true."""

import re
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import convert

from service.accounts import audit
from service.accounts.members import store as members
from service.accounts.problems import UnknownMember
from service.accounts.workspaces.schemas import WorkspaceRow
from service.kit import events, ids, mail, outbox
from service.kit.db import Connection
from service.kit.outbox import Message
from service.mentions.alerts import store
from service.mentions.alerts.quiet import quiet_until
from service.mentions.alerts.rules.schemas import Watched
from service.mentions.alerts.schemas import AlertMessage, AlertRow
from service.mentions.events import AlertTold

OPENED, ESCALATED, RESOLVED = "alert.opened", "alert.escalated", "alert.resolved"
TERMS = 5
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")

_TEXT_TR = """{query}

Başladı: {starts_at}
En yoğun saat: {peak_count} bahsetme (beklenen toplam {expected}, şimdiye kadar {mentions})
Öne çıkanlar: {terms}
Net duygu: {net} (öncesi {net_before})

Uyarı: {alert_id}
"""
_TEXT_EN = """{query}

Began: {starts_at}
Busiest hour: {peak_count} mentions ({mentions} so far, {expected} would be usual)
What stands out: {terms}
Net sentiment: {net} (before: {net_before})

Alert: {alert_id}
"""
_WORDS = {
    "spike": mail.Words(
        tr=("Bahsetmelerde ani artış: {query}", _TEXT_TR), en=("Spike in mentions: {query}", _TEXT_EN)
    ),
    "crisis": mail.Words(tr=("Kriz uyarısı: {query}", _TEXT_TR), en=("Crisis alert: {query}", _TEXT_EN)),
}


async def tell(
    db: Connection, workspace: WorkspaceRow, rule: Watched, alert_id: UUID, topic: str, now: datetime
) -> None:
    """Tells of an alert that is new, or has become a crisis. Quiet hours keep mails back alone."""
    alert = await store.get_alert(db, workspace.id, alert_id)
    await announce(db, workspace.id, alert, topic, now)
    shown = ids.show("alr", alert_id)
    await audit.record_system(db, workspace.id, topic, shown, {"kind": alert.kind})
    until = quiet_until(rule.quiet_hours, now, workspace.timezone) if rule.quiet_hours else None
    for address in await _addresses(db, workspace.id, rule.recipients):
        written = words(alert, address, workspace)
        delay = None if until is None else until - now
        await outbox.put(db, workspace.id, mail.TOPIC, written, subject=address.lower(), delay=delay)


async def announce(db: Connection, workspace_id: UUID, alert: AlertRow, topic: str, now: datetime) -> None:
    """Puts the alert out for other programs."""
    await outbox.put(db, workspace_id, topic, message(alert, now), subject=ids.show("alr", alert.id))


def message(alert: AlertRow, now: datetime) -> AlertMessage:
    """What other programs are told. It quotes nobody."""
    return AlertMessage(
        id=ids.show("alr", alert.id),
        query_id=ids.show("lsq", alert.query_id),
        query_name=alert.query_name,
        kind=alert.kind,
        status=alert.status,
        starts_at=alert.starts_at,
        peak_at=alert.peak_at,
        peak_count=alert.peak_count,
        mentions=alert.mentions,
        expected=alert.expected,
        terms=[one.term for one in alert.cause.terms[:TERMS]],
        net_sentiment=alert.crisis.net,
        net_sentiment_before=alert.crisis.net_before,
        at=now,
    )


def words(alert: AlertRow, address: str, workspace: WorkspaceRow) -> mail.Mail:
    """The mail to one address, in the workspace's language and on its clocks."""
    values = {
        "query": alert.query_name,
        "starts_at": f"{alert.starts_at.astimezone(ZoneInfo(workspace.timezone)):%Y-%m-%d %H:%M}",
        "peak_count": str(alert.peak_count),
        "mentions": str(alert.mentions),
        "expected": f"{alert.expected:.0f}",
        "terms": ", ".join(one.term for one in alert.cause.terms[:TERMS]) or "-",
        "net": _signed(alert.crisis.net),
        "net_before": _signed(alert.crisis.net_before),
        "alert_id": ids.show("alr", alert.id),
    }
    plain = {name: _CONTROL.sub(" ", value) for name, value in values.items()}
    return mail.compose(address, _WORDS[alert.kind], workspace.locale, **plain)


async def hand_over(message: Message) -> None:
    """The carrier of the alerts' topics: whoever sends them out of the house listens to `AlertTold`."""
    body = convert(message.body, AlertMessage, strict=False)
    async with message.database.transaction(message.workspace_id) as db:
        await events.emit(db, AlertTold(message.workspace_id, message.id, message.topic, body))


def register() -> None:
    """Registers the carrier."""
    for topic in (OPENED, ESCALATED, RESOLVED):
        outbox.topic(topic, hand_over)


async def _addresses(db: Connection, workspace_id: UUID, recipients: Sequence[str]) -> list[str]:
    """Their addresses, each once; members who have left are told nothing more."""
    found: dict[str, str] = {}
    for one in recipients:
        address = one
        if "@" not in one:
            try:
                address = (await members.get_member(db, workspace_id, ids.read("usr", one))).email
            except UnknownMember:
                continue
        found.setdefault(address.lower(), address)
    return list(found.values())


def _signed(net: float | None) -> str:
    return "-" if net is None else f"{net:+.2f}"
