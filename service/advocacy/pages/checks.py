"""Whether a page to join on holds together, and whether people can join by it. Pure."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from service.advocacy.pages import codes
from service.advocacy.pages.schemas import JoinPageRow, JoinTexts, NewJoinPage
from service.advocacy.terms.shapes import AdvocacyTerms

Fault = dict[str, str]
Closed = Literal["disabled", "program", "terms"]


def faults(page: NewJoinPage, terms: AdvocacyTerms | None) -> list[Fault]:
    """Every field that fails. `terms`: of the program, where it has some already."""
    found = [{"path": f"texts.{name}", "message": "needs tr, en, or both"} for name in _unworded(page.texts)]
    if page.code_pattern is not None:
        found += [{"path": "code_pattern", "message": text} for text in codes.faults(page.code_pattern)]
    if terms is not None and page.member not in terms.joining.members:
        found.append({"path": "member", "message": f"may be {', '.join(terms.joining.members)}"})
    return found


def _unworded(texts: JoinTexts) -> Iterator[str]:
    for name in JoinTexts.__struct_fields__:
        text = getattr(texts, name)
        if text is not None and text.tr is None and text.en is None:
            yield name


def closed(
    page: JoinPageRow, status: str | None, terms: AdvocacyTerms | None, now: datetime
) -> Closed | None:
    """Why nobody joins by the page now; None while it is open. `status`: the program's."""
    if not page.enabled:
        return "disabled"
    if status != "active":
        return "program"
    if terms is None or (terms.ends_at is not None and terms.ends_at <= now):
        return "terms"
    allowed = "page" in terms.joining.ways and page.member in terms.joining.members
    return None if allowed else "terms"
