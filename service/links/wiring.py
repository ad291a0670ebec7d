"""What links bring along, for app.py."""

from service.links.catalogue import names as names  # registers what people read


def subscribe() -> None:
    """Registers what other parts of the service call."""
