"""What a form sent, as the operation's own body: every failing field at once, and the values kept. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from service.kit.problems import InvalidInput
from service.kit.validation import field_errors

T = TypeVar("T", bound=Struct)
LONGEST_SHOWN = 5_000


class Sent(Struct, frozen=True):
    """A form's fields, trimmed; those that were left empty are not there."""

    fields: Mapping[str, Sequence[str]]

    def one(self, name: str) -> str:
        """The value of a field, empty where there is none."""
        values = self.fields.get(name, ())
        return values[0] if values else ""

    def all(self, name: str) -> list[str]:
        """What is ticked of several."""
        return list(self.fields.get(name, ()))

    def values(self) -> dict[str, str]:
        """Each field's value, to be shown again."""
        return {name: values[0][:LONGEST_SHOWN] for name, values in self.fields.items() if values}

    def only(self, names: Sequence[str]) -> dict[str, Any]:
        """The fields of these names that were filled in."""
        return {name: self.one(name) for name in names if self.one(name)}


def as_body(kind: type[T], value: dict[str, Any]) -> T:
    """A body of an operation. Raises InvalidInput with every failing field.

    >>> from service.accounts.partners.schemas import AskedCode
    >>> as_body(AskedCode, {"email": "ayse@x.example"}).email
    'ayse@x.example'
    """
    errors = field_errors(kind, value)
    if errors:
        raise InvalidInput("fields that need another look", errors=[each._asdict() for each in errors])
    return msgspec.convert(value, kind)
