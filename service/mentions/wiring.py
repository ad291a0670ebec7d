"""What mentions bring along, and do when others' things change, for app.py."""

from msgspec import structs

from service.conversions.inbound import others
from service.imports import kinds
from service.influencers.events import (
    InfluencersChanged,
    InfluencersErased,
    InfluencersMerged,
    MergeUndone,
)
from service.kit import events
from service.mentions import actions, filing
from service.mentions import names as names  # registers what people read
from service.mentions.alerts import jobs as alert_jobs  # noqa: F401 - registers looking for spikes
from service.mentions.alerts import telling
from service.mentions.disclosure import names as disclosure_names  # noqa: F401 - and of disclosure
from service.mentions.disclosure import rules
from service.mentions.disclosure.watches import following as watches
from service.mentions.disclosure.watches import jobs as watch_jobs  # noqa: F401 - registers looking at posts
from service.mentions.events import MentionsTaken
from service.mentions.intake.files import MENTIONS
from service.mentions.joining import following as joining
from service.mentions.joining import jobs as joining_jobs  # noqa: F401 - registers joining
from service.mentions.queries import jobs as query_jobs  # noqa: F401 - registers matching
from service.mentions.sources import erasing
from service.mentions.sources import jobs as source_jobs  # noqa: F401 - registers polling and asking
from service.mentions.sources import names as source_names  # noqa: F401 - and of sources
from service.mentions.sources.reading import PREFIX, SCHEMES, read_delivery
from service.settings import Settings


def check(settings: Settings) -> None:
    """Reads the installation's rule packs: a bad one is told at the start. Raises PackError."""
    rules.of(settings)


def subscribe() -> None:
    """What erased people wrote goes with them; merged influencers' mentions are the kept one's. Watched posts
    are looked at when they come in; an erasure takes watches, checks and findings along. Files of mentions
    can be imported."""
    for kind, scheme in SCHEMES.items():
        others.register(others.Kind(f"{PREFIX}{kind}", scheme, read_delivery, crc=kind == "x"))
    events.subscribe(InfluencersErased, erasing.forget)
    kinds.register(structs.replace(MENTIONS, apply=filing.take_in))
    telling.register()
    events.subscribe(InfluencersErased, actions.forget)
    events.subscribe(InfluencersMerged, actions.follow_merge)
    events.subscribe(InfluencersChanged, watches.follow_changes)
    events.subscribe(InfluencersMerged, watches.follow_merges)
    events.subscribe(MergeUndone, watches.follow_merges)
    events.subscribe(InfluencersChanged, joining.follow_changes)
    events.subscribe(InfluencersMerged, joining.follow_merges)
    events.subscribe(MergeUndone, joining.follow_merges)
    events.subscribe(MentionsTaken, joining.follow_mentions)
