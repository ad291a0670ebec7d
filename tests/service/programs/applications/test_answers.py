"""Answers to a form's questions, and pages that don't hold together."""

from typing import Any

import pytest

from service.programs.applications.answers import faults
from service.programs.pages.checks import page_faults
from service.programs.pages.schemas import Option, ProgramPage, Question, WordedLine

LABEL = WordedLine(en="x")
TWO = [Option("a", LABEL), Option("b", LABEL)]


@pytest.mark.parametrize(
    ("question", "answer", "message"),
    [
        (Question("q", LABEL), "x", None),
        (Question("q", LABEL), None, None),
        (Question("q", LABEL, required=True), None, "is required"),
        (Question("q", LABEL, required=True), "  ", "is required"),
        (Question("q", LABEL), True, "has to be a text"),
        (Question("q", LABEL), "x" * 501, "has more than 500 characters"),
        (Question("q", LABEL, "long_text"), "x" * 501, None),
        (Question("q", LABEL, "yes_no", required=True), False, None),
        (Question("q", LABEL, "yes_no"), "yes", "has to be true or false"),
        (Question("q", LABEL, "choice", options=TWO), "a", None),
        (Question("q", LABEL, "choice", options=TWO), "c", "has to be one of the options"),
        (Question("q", LABEL, "choice", options=TWO), ["a"], "has to be one of the options"),
        (Question("q", LABEL, "choices", options=TWO), ["b", "a"], None),
        (Question("q", LABEL, "choices", options=TWO), ["a", "a"], "names an option twice"),
        (Question("q", LABEL, "choices", options=TWO), ["a", "c"], "has to be one of the options"),
        (Question("q", LABEL, "choices", options=TWO), "a", "has to be a list of options"),
        (Question("q", LABEL, "choices", options=TWO, required=True), [], "is required"),
    ],
)
def test_an_answer_fits_its_question(question: Question, answer: Any, message: str | None) -> None:
    answers = {} if answer is None else {"q": answer}
    assert list(faults([question], answers)) == ([] if message is None else [("answers.q", message)])


def test_what_is_not_asked_is_refused() -> None:
    assert list(faults([], {"role": "owner"})) == [("answers.role", "is not asked")]


@pytest.mark.parametrize(
    ("page", "paths"),
    [
        (ProgramPage(headline=WordedLine()), ["page.headline"]),
        (ProgramPage(questions=[Question("a", WordedLine())]), ["page.questions[0].label"]),
        (ProgramPage(questions=[Question("a", LABEL), Question("a", LABEL)]), ["page.questions[1].key"]),
        (ProgramPage(questions=[Question("a", LABEL, "choice")]), ["page.questions[0].options"]),
        (ProgramPage(questions=[Question("a", LABEL, "text", options=TWO)]), ["page.questions[0].options"]),
        (
            ProgramPage(questions=[Question("a", LABEL, "choice", options=[TWO[0], TWO[0]])]),
            ["page.questions[0].options[1].value"],
        ),
        (ProgramPage(open=True, questions=[Question("a", LABEL, "choice", options=TWO)]), []),
    ],
)
def test_a_page_holds_together(page: ProgramPage, paths: list[str]) -> None:
    assert [path for path, _ in page_faults(page)] == paths
