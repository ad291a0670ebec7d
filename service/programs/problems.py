"""What can go wrong with partners."""

from service.influencers.problems import UnknownInfluencer
from service.kit.problems import Conflict, NotFound, Problem


class UnknownPartner(NotFound):
    title = "Partner not found"
    slug = "partner-not-found"


class PartnerExists(Conflict):
    """A partner of this program, who is not archived, has the address already."""

    title = "A partner has this e-mail address"
    slug = "partner-exists"


CONSTRAINTS: dict[str, type[Problem]] = {
    "partners_influencer_fkey": UnknownInfluencer,
    "partners_email": PartnerExists,
}
TURKISH = {
    "Partner not found": "İş ortağı bulunamadı",
    "A partner has this e-mail address": "Bu e-posta adresi bir iş ortağında kayıtlı",
}
