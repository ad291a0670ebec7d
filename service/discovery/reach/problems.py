"""What can go wrong with questions about reach."""

from service.kit.problems import Conflict, InvalidInput


class TooManyInfluencers(InvalidInput):
    """A question about overlap or reach holds at most 1,000 influencers, a heat map at most 100."""

    title = "Too many influencers in one question"
    slug = "too-many-influencers"


class ReachFailed(Conflict):
    """The newest job that computed this has failed; `error` is its problem. Ask again after Retry-After."""

    title = "The computation of the list failed"
    slug = "reach-failed"


class ListChanged(Conflict):
    """The list changed, or went, while it was computed on."""

    title = "The list has changed meanwhile"
    slug = "reach-list-changed"


TURKISH = {
    "Too many influencers in one question": "Tek soruda çok fazla influencer",
    "The computation of the list failed": "Listenin hesaplanması başarısız oldu",
    "The list has changed meanwhile": "Liste bu arada değişti",
}
