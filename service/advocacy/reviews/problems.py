"""What can go wrong with reviews."""

from service.kit.problems import NotFound


class UnknownReview(NotFound):
    title = "Review not found"
    slug = "review-not-found"


TURKISH: dict[str, str] = {"Review not found": "Değerlendirme bulunamadı"}
