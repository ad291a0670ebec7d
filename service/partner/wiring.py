"""What the partner's view brings along, for app.py."""

from service.kit import events
from service.partner.claims import actions as claims
from service.partner.claims import names as claim_names  # noqa: F401 - registers what people read
from service.programs.events import PartnersForgotten


def subscribe() -> None:
    """A partner's erasure reaches the words and files of its claims."""
    events.subscribe(PartnersForgotten, claims.forget)
