"""What links bring along, for app.py."""

from service.links import names as names  # registers what people read
from service.links.catalogue import names as catalogue_names  # noqa: F401 - likewise
from service.links.counting import jobs as counting_jobs  # noqa: F401 - registers counting
from service.links.track import jobs as track_jobs  # noqa: F401 - registers retention of events
from service.links.sources import jobs as sources_jobs  # noqa: F401 - registers the turn of salts


def subscribe() -> None:
    """Registers what other parts of the service call."""
