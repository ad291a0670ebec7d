"""What can go wrong with applications."""

from service.kit.problems import Conflict, NotFound


class UnknownApplication(NotFound):
    title = "Application not found"
    slug = "application-not-found"


class UnknownConsent(NotFound):
    title = "Text of consent not found"
    slug = "consent-not-found"


class ApplicationsClosed(Conflict):
    """The program takes no applications now."""

    title = "Applications are closed"
    slug = "applications-closed"


class OtherTexts(Conflict):
    """Terms or consent are others by now than those that were agreed to: `terms_version` and
    `consent_version` name them. Show them, and ask again."""

    title = "The texts have changed"
    slug = "texts-changed"


class ApplicationDecided(Conflict):
    """What is decided stays decided; whoever was rejected may apply again."""

    title = "The application is decided already"
    slug = "application-decided"


TURKISH = {
    "Application not found": "Başvuru bulunamadı",
    "Text of consent not found": "Onay metni bulunamadı",
    "Applications are closed": "Başvurular kapalı",
    "The texts have changed": "Metinler değişti",
    "The application is decided already": "Başvuru zaten karara bağlandı",
}
