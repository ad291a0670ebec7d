"""What mentions bring along, for app.py."""

from service.influencers.events import InfluencersErased, InfluencersMerged
from service.kit import events
from service.mentions import actions
from service.mentions import names as names  # registers what people read
from service.mentions.queries import jobs as query_jobs  # noqa: F401 - registers matching


def subscribe() -> None:
    """What erased people wrote goes with them; merged influencers' mentions are the kept one's."""
    events.subscribe(InfluencersErased, actions.forget)
    events.subscribe(InfluencersMerged, actions.follow_merge)
