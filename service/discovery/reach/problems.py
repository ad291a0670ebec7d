"""What can go wrong with questions about reach."""

from service.kit.problems import InvalidInput


class TooManyInfluencers(InvalidInput):
    """A question about overlap or reach holds at most 1,000 influencers, a heat map at most 100."""

    title = "Too many influencers in one question"
    slug = "too-many-influencers"


TURKISH = {"Too many influencers in one question": "Tek soruda çok fazla influencer"}
