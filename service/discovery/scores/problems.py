"""What can go wrong with scores."""

from service.kit.problems import BadRequest, Conflict, NotFound, Problem


class UnknownRun(NotFound):
    """Runs are kept for some days."""

    title = "Run of scores not found"
    slug = "run-not-found"


class RunEnded(Conflict):
    """The run was made by an older version of the model; a new one ranks by the present one."""

    title = "The run has ended"
    slug = "run-ended"


class TooManyCandidates(BadRequest):
    """A ranking of some would look like a ranking of all: narrow the filters."""

    title = "Too many candidates"
    slug = "too-many-candidates"


CONSTRAINTS: dict[str, type[Problem]] = {}

TURKISH = {
    "Run of scores not found": "Puanlama bulunamadı",
    "The run has ended": "Puanlama geçerliliğini yitirdi",
    "Too many candidates": "Çok fazla aday",
}
