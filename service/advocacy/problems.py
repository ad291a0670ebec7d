"""What can go wrong with advocates, referrals and rewards."""

from service.kit.problems import Conflict, NotFound, Problem


class UnknownSurvey(NotFound):
    title = "Survey not found"
    slug = "survey-not-found"


class SurveyClosed(Conflict):
    """Nobody is asked by a closed survey."""

    title = "The survey is closed"
    slug = "survey-closed"


CONSTRAINTS: dict[str, type[Problem]] = {}
TURKISH: dict[str, str] = {
    "Survey not found": "Anket bulunamadı",
    "The survey is closed": "Anket kapalı",
}
