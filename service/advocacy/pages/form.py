"""What the form of a page says. Pure."""

from collections.abc import Mapping, Sequence

import msgspec
from msgspec import Struct

from service.advocacy.pages.schemas import JoiningForm, PublicJoinPage
from service.kit.text import is_storable

FIELDS = ("name", "email", "board_name", "fax")
_LONGEST = 2_000


class Filled(Struct, frozen=True):
    """The form as it was filled in. `faults`: fields that fail; `data` is None then."""

    values: dict[str, str]
    faults: frozenset[str] = frozenset()
    data: JoiningForm | None = None


def read(form: Mapping[str, Sequence[str]], page: PublicJoinPage, ref: str | None) -> Filled:
    """The form, with every field that fails. Of a box, the version of its text that was shown is sent."""
    values = {name: _one(form, name) for name in (*FIELDS, "consent", "marketing")}
    body = {
        "name": values["name"],
        "email": values["email"],
        "board_name": values["board_name"] or None,
        "consent_version": values["consent"][:64],
        "marketing_version": values["marketing"][:64] or None,
        "ref": ref[:40] if ref else None,
        "language": page.language,
        "fax": values["fax"][:200],
    }
    faults = {name for name in ("name", "email", "board_name") if not _fits(name, body[name])}
    if not values["consent"]:
        faults.add("consent")
    if faults:
        return Filled(values, frozenset(faults))
    return Filled(values, data=msgspec.convert(body, JoiningForm))


def _fits(name: str, value: str | None) -> bool:
    """Whether the operation would take a field."""
    hint = msgspec.structs.fields(JoiningForm)
    kind = next(field.type for field in hint if field.name == name)
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return False
    return value is None or is_storable(value)


def _one(form: Mapping[str, Sequence[str]], name: str) -> str:
    values = form.get(name, ())
    return values[0].replace("\x00", "").strip()[:_LONGEST] if values else ""
