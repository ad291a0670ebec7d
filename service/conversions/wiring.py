"""What conversions bring along, for app.py."""

from service.conversions.inbound import wiring as inbound


def subscribe() -> None:
    """Registers what other domains tell of, and what files can hold."""
    inbound.subscribe()
