"""What can go wrong with partners."""

from service.influencers.problems import UnknownInfluencer
from service.kit.problems import Conflict, NotFound, Problem


class UnknownPartner(NotFound):
    title = "Partner not found"
    slug = "partner-not-found"


class UnknownProgram(NotFound):
    title = "Program not found"
    slug = "program-not-found"


class CannotMergePartners(Conflict):
    """A partner into itself, one that was merged already, or an erased one."""

    title = "These partners can't be merged"
    slug = "cannot-merge-partners"


class PartnerMerged(Conflict):
    """A duplicate stays as it was merged; the partner that it was merged into can be changed."""

    title = "This partner was merged into another one"
    slug = "partner-merged"


class PartnerExists(Conflict):
    """A partner of this program, who is not archived, has the address already."""

    title = "A partner has this e-mail address"
    slug = "partner-exists"


CONSTRAINTS: dict[str, type[Problem]] = {
    "partners_influencer_fkey": UnknownInfluencer,
    "partners_email": PartnerExists,
    "partners_program_fkey": UnknownProgram,
}
TURKISH = {
    "Program not found": "Program bulunamadı",
    "These partners can't be merged": "Bu iş ortakları birleştirilemiyor",
    "Partner not found": "İş ortağı bulunamadı",
    "This partner was merged into another one": "Bu iş ortağı bir başkasıyla birleştirilmiş",
    "A partner has this e-mail address": "Bu e-posta adresi bir iş ortağında kayıtlı",
}
