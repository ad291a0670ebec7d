"""When a commission becomes payable. Pure."""

from datetime import datetime, timedelta

from service.programs.terms import Hold


def due_at(
    hold: Hold,
    *,
    goods: bool,
    paid_at: datetime | None,
    occurred_at: datetime,
    delivered_at: datetime | None,
) -> datetime | None:
    """The end of the hold; None as long as an order isn't paid.

    `goods`: something is delivered. Where the delivery isn't known, it is thought to be `unknown_days` after
    the event.
    """
    if paid_at is None:
        return None
    since = occurred_at
    if hold.since == "paid":
        since = paid_at
    elif hold.since == "delivered" and goods:
        since = delivered_at or occurred_at + timedelta(days=hold.unknown_days)
    return since + timedelta(days=hold.days)
