"""What inbound deliveries bring along, for conversions/wiring.py."""

from msgspec import structs

from service.conversions.inbound import names as names  # registers what people read
from service.conversions.inbound.deliveries import jobs as jobs  # registers reading, replay and forgetting
from service.conversions.inbound.deliveries.erasing import forget_influencers
from service.conversions.inbound.files import intake as orders
from service.conversions.inbound.files.rows import ORDERS
from service.conversions.inbound.reported import intake as panels
from service.conversions.inbound.reported.rows import PANELS
from service.imports import kinds
from service.influencers.events import InfluencersErased
from service.kit import events


def subscribe() -> None:
    """Registers what files can hold, and lets an erasure reach what came in."""
    kinds.register(structs.replace(ORDERS, apply=orders.take_in))
    kinds.register(structs.replace(PANELS, apply=panels.take_in))
    events.subscribe(InfluencersErased, forget_influencers)
