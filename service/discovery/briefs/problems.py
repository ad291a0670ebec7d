"""What can go wrong with briefs."""

from service.influencers.problems import UnknownBrand
from service.kit.problems import Conflict, InvalidInput, NotFound, Problem


class UnknownBrief(NotFound):
    title = "Brief not found"
    slug = "brief-not-found"


class BriefArchived(Conflict):
    """An archived brief is read, not worked with: restore it first."""

    title = "The brief is archived"
    slug = "brief-archived"


class ImpossibleWishes(InvalidInput):
    """Codes that do not exist, or shares of more than the whole; `errors` lists every one."""

    title = "Wishes that can't be met"
    slug = "impossible-wishes"


CONSTRAINTS: dict[str, type[Problem]] = {"briefs_brand_fkey": UnknownBrand}

TURKISH = {
    "Brief not found": "Brif bulunamadı",
    "The brief is archived": "Brif arşivlenmiş",
    "Wishes that can't be met": "Karşılanamayacak istekler",
}
