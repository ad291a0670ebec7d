"""A claim's form: from its fields to what the operation takes, and its faults back again. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from service.accounts.labels.registry import Language
from service.kit.money import parse
from service.kit.problems import InvalidInput
from service.partner.claims.schemas import NewClaim
from service.partner.pages.forms import Sent, as_body

SALE = ("text", "order_number", "shop", "ordered_on")
_FIELDS = {"amount.amount": "amount", "amount.currency": "currency"}


def read(form: Sent, evidence: Sequence[str], language: Language) -> NewClaim:
    """The claim, or the question. Raises InvalidInput with every failing field.

    >>> sent = {"text": ["?"], "order_number": ["7"], "ordered_on": ["2026-11-01"], "amount": ["1.250,50"]}
    >>> read(Sent(sent | {"currency": ["TRY"]}), [], "tr").amount.amount
    125050
    """
    if form.one("commission_id"):
        return as_body(NewClaim, {"kind": "question", **form.only(["text", "commission_id"])})
    body: dict[str, Any] = {"kind": "untracked_sale", "evidence": list(evidence), **form.only(SALE)}
    wrong = []
    if form.one("amount"):
        currency = form.one("currency").upper() or "TRY"
        try:
            body["amount"] = {"amount": _minor(form.one("amount"), currency, language), "currency": currency}
        except ValueError:
            wrong.append({"path": "amount", "message": "is no amount"})
    try:
        made = as_body(NewClaim, body)
    except InvalidInput as error:
        raise InvalidInput(error.detail, errors=[*error.members["errors"], *wrong]) from error
    if wrong:
        raise InvalidInput("fields that need another look", errors=wrong)
    return made


def _minor(text: str, currency: str, language: Language) -> int:
    try:
        return parse(text, currency, "," if language == "tr" else ".").amount
    except (KeyError, OverflowError) as error:
        raise ValueError(text) from error


def faults(errors: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Faults under the names of the form's own fields."""
    return [
        {"path": _FIELDS.get(str(each["path"]), str(each["path"])), "message": str(each["message"])}
        for each in errors
    ]
