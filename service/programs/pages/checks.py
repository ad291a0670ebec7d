"""Whether a program's page holds together, and what it is after a change. Pure."""

from collections.abc import Iterator, Sequence

from msgspec import UNSET, structs

from service.programs.pages.schemas import (
    ProgramPage,
    ProgramPagePatch,
    Question,
    WordedLine,
    WordedProse,
)

Fault = tuple[str, str]
CHOOSING = ("choice", "choices")


def changed_page(page: ProgramPage, sent: ProgramPagePatch | None) -> ProgramPage:
    """The page with what was sent.

    >>> changed_page(ProgramPage(open=True), ProgramPagePatch(questions=[])).open
    True
    """
    if sent is None:
        return page
    given = {name: value for name, value in structs.asdict(sent).items() if value is not UNSET}
    return structs.replace(page, **given)


def page_faults(page: ProgramPage) -> Iterator[Fault]:
    """What is wrong: (path, message)."""
    for name in ("headline", "description", "terms_text", "consent"):
        yield from _worded(f"page.{name}", getattr(page, name))
    for at, question in enumerate(page.questions):
        yield from _question(f"page.questions[{at}]", question)
    yield from _twice("page.questions", "key", [question.key for question in page.questions])


def _question(path: str, question: Question) -> Iterator[Fault]:
    yield from _worded(f"{path}.label", question.label)
    for at, option in enumerate(question.options):
        yield from _worded(f"{path}.options[{at}].label", option.label)
    yield from _twice(f"{path}.options", "value", [option.value for option in question.options])
    if question.kind in CHOOSING and len(question.options) < 2:
        yield f"{path}.options", "needs two or more to choose from"
    if question.kind not in CHOOSING and question.options:
        yield f"{path}.options", "goes with choice and choices alone"


def _worded(path: str, text: WordedLine | WordedProse | None) -> Iterator[Fault]:
    if text is not None and text.tr is None and text.en is None:
        yield path, "needs tr, en, or both"


def _twice(path: str, name: str, values: Sequence[str]) -> Iterator[Fault]:
    for at, value in enumerate(values):
        if value in values[:at]:
            yield f"{path}[{at}].{name}", f"{value!r} is there already"
