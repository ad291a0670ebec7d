"""Whether the answers to a form's questions are answers to them. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from service.programs.pages.schemas import Question, Questions
from service.programs.pages.showing import LONGEST

Fault = tuple[str, str]


def faults(questions: Questions, answers: Mapping[str, Any]) -> Iterator[Fault]:
    """What is wrong: (path, message)."""
    known = {question.key for question in questions}
    for key in answers:
        if key not in known:
            yield f"answers.{key}", "is not asked"
    for question in questions:
        found = _wrong(question, answers.get(question.key))
        if found is not None:
            yield f"answers.{question.key}", found


def _wrong(question: Question, answer: Any) -> str | None:
    if is_empty(answer):
        return "is required" if question.required else None
    match question.kind:
        case "text" | "long_text":
            if not isinstance(answer, str):
                return "has to be a text"
            longest = LONGEST[question.kind]
            return f"has more than {longest} characters" if len(answer) > longest else None
        case "yes_no":
            return None if isinstance(answer, bool) else "has to be true or false"
        case "choice":
            return _chosen(question, [answer]) if isinstance(answer, str) else "has to be one of the options"
        case "choices":
            return _chosen(question, answer) if isinstance(answer, list) else "has to be a list of options"


def _chosen(question: Question, values: list[str]) -> str | None:
    options = {option.value for option in question.options}
    if not options.issuperset(values):
        return "has to be one of the options"
    return "names an option twice" if len(set(values)) < len(values) else None


def is_empty(answer: Any) -> bool:
    """Whether a question is left unanswered; no is an answer.

    >>> is_empty("  "), is_empty([]), is_empty(False)
    (True, True, False)
    """
    return answer is None or answer == [] or (isinstance(answer, str) and not answer.strip())
