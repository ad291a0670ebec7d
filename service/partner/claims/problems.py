"""What can go wrong with claims."""

from service.kit.problems import Conflict, NotFound, Problem, Unsupported
from service.programs.problems import UnknownPartner


class UnknownClaim(NotFound):
    title = "Claim not found"
    slug = "claim-not-found"


class ClaimedAlready(Conflict):
    """The partner has claimed this order before. What was withdrawn may be claimed again."""

    title = "You have claimed this order already"
    slug = "claimed-already"


class AskedAlready(Conflict):
    """A question about this commission is open."""

    title = "You have asked about this commission already"
    slug = "asked-already"


class ClaimEnded(Conflict):
    """A claim is decided once, and what is withdrawn stays so. `now_is` says how it ended."""

    title = "The claim is not open any more"
    slug = "claim-ended"


class TooManyClaims(Conflict):
    title = "Too many claims are open"
    slug = "too-many-claims"


class NotEvidence(Unsupported):
    """By its first bytes the file is neither an image, a PDF nor a text."""

    title = "A file of this type is no evidence"
    slug = "not-evidence"


CONSTRAINTS: dict[str, type[Problem]] = {
    "claims_order": ClaimedAlready,
    "claims_question": AskedAlready,
    "claim_ends_once": ClaimEnded,
    "claims_partner_fkey": UnknownPartner,
}
TURKISH = {
    "Claim not found": "Talep bulunamadı",
    "You have claimed this order already": "Bu sipariş için zaten talepte bulundunuz",
    "You have asked about this commission already": "Bu komisyon hakkında zaten sordunuz",
    "The claim is not open any more": "Talep artık açık değil",
    "Too many claims are open": "Çok fazla açık talep var",
    "A file of this type is no evidence": "Bu türde bir dosya kanıt olamaz",
}
