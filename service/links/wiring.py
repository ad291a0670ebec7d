"""What links bring along, for app.py."""

from msgspec import structs

from service.imports import kinds
from service.kit import events
from service.links import handing
from service.links.bulk import intake as links
from service.links.bulk.rows import LINKS
from service.links.catalogue import names as names  # registers what people read
from service.links.clicks import jobs as clicks_jobs  # noqa: F401 - registers the days of clicks
from service.links.counting import jobs as counting_jobs  # noqa: F401 - registers counting
from service.links.coupons import intake as coupons
from service.links.coupons.rows import COUPONS
from service.links.health import jobs as jobs  # registers the check
from service.links.names import REASONS as REASONS  # registers what people read of clicks
from service.links.sources import jobs as sources_jobs  # noqa: F401 - registers the turn of salts
from service.links.track import jobs as track_jobs  # noqa: F401 - registers retention of events
from service.programs.events import PartnersForgotten, PartnersMerged


def subscribe() -> None:
    """Registers what files can hold, and follows what becomes of partners."""
    events.subscribe(PartnersMerged, handing.hand_over)
    events.subscribe(PartnersForgotten, handing.forget)
    kinds.register(structs.replace(LINKS, apply=links.take_in))
    kinds.register(structs.replace(COUPONS, apply=coupons.take_in))
