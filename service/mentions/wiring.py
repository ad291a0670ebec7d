"""What mentions do when others' things change, for app.py."""

from service.influencers.events import InfluencersChanged, InfluencersMerged, MergeUndone
from service.kit import events
from service.mentions.disclosure import names as names  # registers what people read
from service.mentions.disclosure import rules
from service.mentions.disclosure.watches import following as watches
from service.mentions.disclosure.watches import jobs as jobs  # registers looking at posts
from service.settings import Settings


def check(settings: Settings) -> None:
    """Reads the installation's rule packs: a bad one is told at the start. Raises PackError."""
    rules.of(settings)


def subscribe() -> None:
    """Watched posts are looked at when they come in. An erasure takes watches, checks and findings along."""
    events.subscribe(InfluencersChanged, watches.follow_changes)
    events.subscribe(InfluencersMerged, watches.follow_merges)
    events.subscribe(MergeUndone, watches.follow_merges)
