"""What can go wrong with links and coupons."""

from service.kit.problems import Conflict, NotFound, Problem
from service.programs.problems import UnknownPartner


class UnknownLink(NotFound):
    title = "Link not found"
    slug = "link-not-found"


class UnknownCoupon(NotFound):
    title = "Coupon not found"
    slug = "coupon-not-found"


class CodeNotAvailable(Conflict):
    """Reserved, given out before, or not given out at all: it is not said which. Choose another."""

    title = "This code is not available"
    slug = "code-not-available"


class ViaTaken(Conflict):
    """Another link of the workspace is known by this `via`."""

    title = "Another link has this via"
    slug = "via-taken"


class ExternalIdTaken(Conflict):
    """Another link of the workspace has this `external_id`."""

    title = "Another link has this external id"
    slug = "link-external-id-taken"


class CouponTaken(Conflict):
    """The workspace has a coupon of this code, in whatever spelling; an archived one frees it."""

    title = "The code is another coupon's"
    slug = "coupon-taken"


CONSTRAINTS: dict[str, type[Problem]] = {
    "links_code": CodeNotAvailable,
    "links_via_name": ViaTaken,
    "links_external": ExternalIdTaken,
    "links_partner_fkey": UnknownPartner,
    "links_coupon_fkey": UnknownCoupon,
    "coupons_code": CouponTaken,
    "coupons_partner_fkey": UnknownPartner,
    "coupons_link_fkey": UnknownLink,
}
TURKISH = {
    "Link not found": "Bağlantı bulunamadı",
    "Coupon not found": "Kupon bulunamadı",
    "This code is not available": "Bu kod kullanılamıyor",
    "Another link has this via": "Bu via değeri başka bir bağlantıda",
    "Another link has this external id": "Bu dış kimlik başka bir bağlantıda",
    "The code is another coupon's": "Bu kod başka bir kuponun",
}
