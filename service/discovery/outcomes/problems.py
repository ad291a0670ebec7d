"""What can go wrong with collaborations made elsewhere."""

from service.influencers.problems import UnknownBrand, UnknownInfluencer
from service.kit.problems import NotFound, Problem


class UnknownOutcome(NotFound):
    title = "Outcome not found"
    slug = "outcome-not-found"


CONSTRAINTS: dict[str, type[Problem]] = {
    "outcomes_influencer_fkey": UnknownInfluencer,
    "outcomes_brand_fkey": UnknownBrand,
}

TURKISH = {"Outcome not found": "Sonuç bulunamadı"}
