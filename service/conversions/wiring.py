"""What conversions bring along, for app.py."""

from service.conversions import jobs
from service.conversions import names as names  # registers what people read
from service.conversions.attribution import names as attribution_names  # noqa: F401 - registers reasons
from service.conversions.attribution.comparing import jobs as comparing_jobs  # noqa: F401 - and comparisons
from service.conversions.earnings import jobs as earnings_jobs  # noqa: F401 - registers clicks and goals
from service.conversions.inbound import wiring as inbound
from service.conversions.reviews import wiring as reviews  # noqa: F401 - and what is held
from service.kit import events
from service.ledger.exchange.events import RatesArrived


def subscribe() -> None:
    """Commissions that waited for a rate are exchanged when it comes; files of orders are taken in."""
    inbound.subscribe()
    events.subscribe(RatesArrived, jobs.settle_exchanged)
