"""Postbacks and deliveries as the API shows them. Pure."""

from service.kit.ids import show
from service.partner.postbacks.schemas import Blocked, DeliveryRow, Postback, PostbackDelivery, PostbackRow


def shown(row: PostbackRow, blocking: DeliveryRow | None) -> Postback:
    """A postback, and what its deliveries wait for."""
    return Postback(
        id=show("pbk", row.id),
        name=row.name,
        url=row.url,
        method=row.method,
        events=row.events,
        signed=row.secret is not None,
        active=row.disabled_at is None,
        disabled_reason=row.disabled_reason,
        disabled_at=row.disabled_at,
        failing_since=row.failing_since,
        waiting=row.waiting,
        blocked_by=None if blocking is None else _blocked(blocking),
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def _blocked(row: DeliveryRow) -> Blocked:
    return Blocked(
        show("pbd", row.id), row.event, row.attempts, row.next_attempt_at, row.status_code, row.error
    )


def delivery(row: DeliveryRow) -> PostbackDelivery:
    """A delivery."""
    return PostbackDelivery(
        id=show("pbd", row.id),
        event=row.event,
        event_id=show("evt", row.event_id),
        status=row.status,
        attempts=row.attempts,
        next_attempt_at=row.next_attempt_at if row.status == "waiting" else None,
        tried_at=row.tried_at,
        took_ms=row.took_ms,
        url=row.url,
        status_code=row.status_code,
        answer=row.answer,
        error=row.error,
        created_at=row.created_at,
        finished_at=row.finished_at,
    )
