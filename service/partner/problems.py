"""What can go wrong in a partner's own view."""

from service.kit.problems import Conflict, Forbidden


class PartnerPaused(Conflict):
    """Nothing is earned while a partner is paused: new links would be of no use to them."""

    title = "Your membership is paused"
    slug = "partner-paused"


class MadeByTheBrand(Forbidden):
    """A link that the brand made for the partner; the partner changes those that they made themselves."""

    title = "The brand made this link"
    slug = "made-by-the-brand"


TURKISH = {
    "Your membership is paused": "Üyeliğiniz duraklatılmış",
    "The brand made this link": "Bu bağlantıyı marka oluşturdu",
}
