"""What can go wrong with forecasts."""

from service.kit.problems import Conflict, InvalidInput


class TooLargeToForecast(InvalidInput):
    """Make a plan (POST /v1/reach/plans, which is a job then) and forecast that: `plan_id`."""

    title = "Too large to be forecast at once"
    slug = "too-large-to-forecast"


class PlanNotReady(Conflict):
    """A plan that is still computed, or could not be, has no forecast."""

    title = "The plan has no answer yet"
    slug = "plan-not-ready"


TURKISH = {
    "Too large to be forecast at once": "Hemen tahmin edilemeyecek kadar büyük",
    "The plan has no answer yet": "Planın henüz sonucu yok",
}
