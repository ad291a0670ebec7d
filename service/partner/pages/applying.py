"""An application's form: from its fields to what the operation takes, and its faults back again. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from service.kit.problems import InvalidInput
from service.partner.pages.forms import Sent, as_body
from service.programs.applications.schemas import NewApplication
from service.programs.pages.schemas import FormField

ROWS = 3
REQUIRED = {"message": "is required"}


def read(form: Sent, fields: Sequence[FormField], consent: str, language: str) -> NewApplication:
    """The application. `consent`: the version of the text that was shown. Raises InvalidInput with every
    failing field."""
    body: dict[str, Any] = {
        **form.only(["name", "email", "website", "fax"]),
        "terms_version": int(form.one("terms_version")) if form.one("terms_version").isdecimal() else 0,
        "consent_version": consent,
        "accounts": accounts(form),
        "answers": {field.name: value for field in fields if (value := _answer(form, field)) is not None},
        "language": language,
    }
    missing = [{"path": name, **REQUIRED} for name in ("terms", "consent") if form.one(name) != "yes"]
    missing += [
        {"path": _path(each), **REQUIRED} for each in fields if each.required and not _given(body, each)
    ]
    try:
        made = as_body(NewApplication, body)
    except InvalidInput as error:
        raise InvalidInput(error.detail, errors=[*missing, *error.members["errors"]]) from error
    if missing:
        raise InvalidInput("fields that need another look", errors=missing)
    return made


def _path(field: FormField) -> str:
    return f"answers.{field.name}" if field.answer else field.name


def _given(body: Mapping[str, Any], field: FormField) -> bool:
    """No is an answer."""
    found = (body["answers"] if field.answer else body).get(field.name)
    return found is not None and found != []


def _answer(form: Sent, field: FormField) -> str | bool | list[str] | None:
    if not field.answer:
        return None
    name = f"answer.{field.name}"
    if field.kind == "choices":
        return form.all(name) or None
    if field.kind == "yes_no":
        return {"yes": True, "no": False}.get(form.one(name))
    return form.one(name) or None


def accounts(form: Sent) -> list[dict[str, str]]:
    """The rows of accounts that were filled in.

    >>> accounts(Sent({"platform.1": ["x"], "handle.1": ["ayse"]}))
    [{'platform': 'x', 'handle': 'ayse'}]
    """
    rows = (form.only([f"platform.{at}", f"handle.{at}"]) for at in range(ROWS))
    return [{name.partition(".")[0]: value for name, value in row.items()} for row in rows if row]


def faults(errors: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Faults under the names of the form's own fields.

    >>> paths = ["answers.why", "accounts[0].handle"]
    >>> [each["path"] for each in faults({"path": path, "message": "?"} for path in paths)]
    ['answer-why', 'accounts']
    """
    return [{"path": _field(str(each["path"])), "message": str(each["message"])} for each in errors]


def _field(path: str) -> str:
    if path.startswith("answers."):
        return f"answer-{path.removeprefix('answers.')}"
    return path.partition("[")[0].partition(".")[0]
