"""What can go wrong with integrations and what they deliver."""

from service.kit.problems import Conflict, NotFound, Problem, TooLarge, Unauthorized


class UnknownIntegration(NotFound):
    title = "Integration not found"
    slug = "integration-not-found"


class UnknownDelivery(NotFound):
    title = "Delivery not found"
    slug = "delivery-not-found"


class BadSignature(Unauthorized):
    """The signature is missing, stale, or made with another secret; nothing was kept."""

    title = "The signature does not fit"
    slug = "bad-signature"


class DeliveryTooLarge(TooLarge):
    title = "The delivery is too large"
    slug = "delivery-too-large"


class BodyGone(Conflict):
    """The body is dropped 30 days after it came, and with an erasure of a person in it."""

    title = "The delivery's body is not kept any more"
    slug = "delivery-body-gone"


CONSTRAINTS: dict[str, type[Problem]] = {
    "integration_secrets_integration_fkey": UnknownIntegration,
    "inbound_deliveries_integration_fkey": UnknownIntegration,
}
TURKISH = {
    "Integration not found": "Entegrasyon bulunamadı",
    "Delivery not found": "Teslimat bulunamadı",
    "The signature does not fit": "İmza uymuyor",
    "The delivery is too large": "Teslimat çok büyük",
    "The delivery's body is not kept any more": "Teslimatın gövdesi artık saklanmıyor",
}
