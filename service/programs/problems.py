"""What can go wrong with partners."""

from service.influencers.problems import UnknownInfluencer
from service.kit.problems import BadRequest, Conflict, NotFound, Problem
from service.programs.acceptance.problems import TURKISH as ACCEPTANCE
from service.programs.applications.problems import TURKISH as APPLICATIONS
from service.programs.notices.problems import TURKISH as NOTICES


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


class PartnerArchived(Conflict):
    """Nobody acts for a partner who is archived: give them another status first."""

    title = "This partner is archived"
    slug = "partner-archived"


class NamesSeveral(Conflict):
    """The address is one partner's and the external id another's: `partner_ids` names them."""

    title = "Address and external id are two partners'"
    slug = "names-several-partners"


class NoAddress(BadRequest):
    """The partner has no address of their own: say in `email` whom to invite."""

    title = "Whom to invite is missing"
    slug = "no-address-to-invite"


class TooManyPeople(Conflict):
    """`most` may act for one partner, the invited ones included."""

    title = "Too many people act for this partner"
    slug = "too-many-partner-people"


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
    **ACCEPTANCE,
    **APPLICATIONS,
    **NOTICES,
    "This partner is archived": "Bu iş ortağı arşivlenmiş",
    "Address and external id are two partners'": "Adres ve dış kimlik iki ayrı iş ortağına ait",
    "Whom to invite is missing": "Kimin davet edileceği belirtilmemiş",
    "Too many people act for this partner": "Bu iş ortağı adına çok fazla kişi işlem yapıyor",
    "Program not found": "Program bulunamadı",
    "These partners can't be merged": "Bu iş ortakları birleştirilemiyor",
    "Partner not found": "İş ortağı bulunamadı",
    "This partner was merged into another one": "Bu iş ortağı bir başkasıyla birleştirilmiş",
    "A partner has this e-mail address": "Bu e-posta adresi bir iş ortağında kayıtlı",
}
