"""What conversions bring along, for app.py."""

from service.conversions.attribution import names as names  # registers what people read
from service.conversions.attribution.comparing import jobs as jobs  # registers comparisons
from service.conversions.jobs import SETTLE as SETTLE  # registers late evidence


def subscribe() -> None:
    """Registers what other domains tell of."""
