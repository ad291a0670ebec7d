"""What can go wrong with reach plans."""

from service.discovery.briefs.problems import UnknownBrief
from service.discovery.shortlists.problems import UnknownShortlist
from service.kit.problems import InvalidInput, NotFound, Problem


class UnknownPlan(NotFound):
    title = "Plan not found"
    slug = "plan-not-found"


class ImpossibleDemands(InvalidInput):
    """No plan keeps to what is asked; `errors` lists every field that fails."""

    title = "No plan can keep to this"
    slug = "impossible-demands"


class TooLargeToTry(InvalidInput):
    """A plan of this size, or by influence, is made by a job, which keeps it: ask without `dry_run`."""

    title = "Too large for a dry run"
    slug = "too-large-to-try"


CONSTRAINTS: dict[str, type[Problem]] = {
    "reach_plans_shortlist_fkey": UnknownShortlist,
    "reach_plans_brief_fkey": UnknownBrief,
    "reach_plan_members_plan_fkey": UnknownPlan,
}

TURKISH = {
    "Plan not found": "Plan bulunamadı",
    "No plan can keep to this": "Bu koşulları hiçbir plan karşılayamaz",
    "Too large for a dry run": "Deneme için çok büyük",
}
