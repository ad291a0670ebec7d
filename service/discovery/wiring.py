"""What the domain does when others' things change, for app.py."""

from service.discovery.index import actions as index
from service.influencers.events import InfluencersChanged, InfluencersMerged, MergeUndone
from service.kit import events


def subscribe() -> None:
    """Subscribes the search tables to changes of profiles."""
    events.subscribe(InfluencersChanged, index.follow_changes)
    events.subscribe(InfluencersMerged, index.follow_merges)
    events.subscribe(MergeUndone, index.follow_merges)
