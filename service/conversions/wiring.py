"""What conversions bring along, for app.py."""

from service.conversions.attribution import names as names  # registers what people read
from service.conversions.attribution.comparing import jobs as jobs  # registers comparisons


def subscribe() -> None:
    """Registers what other domains tell of."""
