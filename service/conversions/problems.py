"""What can go wrong with conversions."""

from service.kit.problems import Conflict, NotFound, Problem


class UnknownConversion(NotFound):
    title = "Conversion not found"
    slug = "conversion-not-found"


class RefundExists(Conflict):
    """Another order has a refund of this name in the same shop."""

    title = "A refund has this external id"
    slug = "refund-exists"


class Conflicting(Conflict):
    """A source that is believed more says otherwise."""

    title = "A more trusted source says otherwise"
    slug = "conversion-conflict"


class ComparisonFailed(Conflict):
    """The newest job that computed this has failed. Ask again after Retry-After."""

    title = "The comparison failed"
    slug = "comparison-failed"


CONSTRAINTS: dict[str, type[Problem]] = {"refunds_external": RefundExists}
TURKISH = {
    "Conversion not found": "Dönüşüm bulunamadı",
    "The comparison failed": "Karşılaştırma başarısız oldu",
    "A refund has this external id": "Bu dış numara başka bir iadede kayıtlı",
    "Hold not found": "İnceleme kaydı bulunamadı",
    "A more trusted source says otherwise": "Daha güvenilir bir kaynak başka söylüyor",
}
