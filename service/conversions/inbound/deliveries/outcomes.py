"""What a delivery has become, by what became of the reports in it. Pure."""

from collections.abc import Sequence

from service.conversions.facts import Taken
from service.conversions.inbound.deliveries.schemas import DeliveryOutcome, DeliveryStatus, ReportName
from service.conversions.reports import (
    Cancellation,
    Ignored,
    NeedsFetch,
    Order,
    Payment,
    Quarantined,
    Refund,
    Report,
)
from service.kit import ids

_LONGEST = 200
_NAMES: dict[type, ReportName] = {
    Order: "order",
    Refund: "refund",
    Cancellation: "cancellation",
    Payment: "payment",
    Ignored: "ignored",
    NeedsFetch: "fetch",
    Quarantined: "quarantined",
}


def outcome(report: Report, taken: Taken) -> DeliveryOutcome:
    """What is written down of a report: nothing of whom it is about."""
    shown = DeliveryOutcome(
        report=_NAMES[type(report)],
        outcome=taken.outcome,
        conversion_id=ids.show_or_none("cnv", taken.conversion_id),
        why=_why(report, taken),
        field=report.field[:_LONGEST] if isinstance(report, Quarantined) else None,
        value=report.value[:_LONGEST] if isinstance(report, Quarantined) else None,
        resource=report.resource[:_LONGEST] if isinstance(report, NeedsFetch) else None,
        id=report.id[:_LONGEST] if isinstance(report, NeedsFetch) else None,
    )
    return shown


def _why(report: Report, taken: Taken) -> str | None:
    """A code: what the report itself says, else what taking it in says, up to where that goes on in words."""
    if isinstance(report, NeedsFetch):
        return None
    told = report.why if isinstance(report, Ignored | Quarantined) else taken.why
    return None if told is None else told.partition(":")[0]


def status(found: Sequence[DeliveryOutcome]) -> tuple[DeliveryStatus, str | None]:
    """A delivery's status and why: what somebody has to look at says more than what went well.

    >>> bad = DeliveryOutcome("quarantined", "quarantined", why="macro")
    >>> status([DeliveryOutcome("order", "created"), bad])
    ('quarantined', 'macro')
    >>> status([]), status([DeliveryOutcome("ignored", "ignored", why="topic")])
    (('ignored', 'empty'), ('ignored', 'topic'))
    """
    order: tuple[tuple[str, DeliveryStatus], ...] = (("quarantined", "quarantined"), ("fetch", "needs_fetch"))
    for word, told in order:
        for one in found:
            if word in (one.outcome, one.report):
                return told, one.why
    useful = [one for one in found if one.outcome != "ignored"]
    if useful:
        return "processed", next((one.why for one in useful if one.why), None)
    return "ignored", next((one.why for one in found if one.why), "empty")


def is_test(reports: Sequence[Report]) -> bool:
    """Whether a delivery says that it is a test.

    >>> is_test([Ignored("test")]), is_test([Order((), test=True)]), is_test([Ignored("topic")])
    (True, True, False)
    """
    return any(
        (isinstance(report, Ignored) and report.why == "test") or (isinstance(report, Order) and report.test)
        for report in reports
    )
