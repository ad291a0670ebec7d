"""How an invitation stands, and what its form says. Pure."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from service.advocacy.surveys.schemas import LONGEST_COMMENT, Invited, PageState
from service.kit.text import is_storable

_SCORES = {str(n): n for n in range(11)}


class Answer(Struct, frozen=True):
    """`score` is None where none was chosen."""

    score: int | None
    comment: str | None


def state(invited: Invited) -> PageState:
    """An answer counts once, and while the survey is open and the link young enough."""
    if invited.score is not None:
        return "answered"
    if invited.status == "closed":
        return "closed"
    return "expired" if invited.now >= invited.expires_at else "open"


def read(form: Mapping[str, Sequence[str]]) -> Answer:
    """What a form says; a comment is cut where it is too long, rather than lost.

    >>> read({"score": ["9"], "comment": ["  iyi  "]}), read({"score": ["11"]})
    (Answer(score=9, comment='iyi'), Answer(score=None, comment=None))
    """
    comment = _one(form, "comment").replace("\x00", "").replace("\r\n", "\n").strip()[:LONGEST_COMMENT]
    kept = comment if comment and is_storable(comment) else None
    return Answer(_SCORES.get(_one(form, "score").strip()), kept)


def _one(form: Mapping[str, Sequence[str]], name: str) -> str:
    values = form.get(name, ())
    return values[0] if values else ""
