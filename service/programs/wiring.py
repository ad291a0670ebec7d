"""What partners do when influencers' things change, for app.py."""

from service.influencers.events import InfluencersErased
from service.kit import events
from service.programs import actions
from service.programs import names as names  # registers what people read


def subscribe() -> None:
    """A merge is followed when partners are read; an erasure takes name and address along."""
    events.subscribe(InfluencersErased, actions.forget)
