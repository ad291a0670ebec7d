"""What partners do when influencers' things change, for app.py."""

from service.influencers.events import InfluencersErased
from service.kit import events
from service.programs import actions
from service.programs import names as names  # registers what people read
from service.programs.events import PartnersMerged, TermsChanged
from service.programs.notices import jobs as notices
from service.programs.people import actions as people


def subscribe() -> None:
    """A merge of influencers is followed when partners are read; an erasure takes name and address along.
    Who acted for a duplicate acts for the partner that stands. New terms are told of."""
    events.subscribe(InfluencersErased, actions.forget)
    events.subscribe(PartnersMerged, people.follow)
    events.subscribe(TermsChanged, notices.announce)
