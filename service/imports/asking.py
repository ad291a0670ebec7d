"""What an import was asked for, checked before a byte of the file is taken."""

from collections.abc import Mapping

import msgspec

from service.imports.columns.mapping import IGNORED_NAMES
from service.imports.kinds import Kind, kinds
from service.imports.problems import BadMapping, UnknownKind


def find_kind(name: str) -> Kind:
    """The kind of that name. Raises UnknownKind."""
    known = {each.name: each for each in kinds().values() if each.apply is not None}
    found = known.get(name)
    if found is None:
        names = sorted(known)
        raise UnknownKind(f"there is no kind {name!r}: expected one of {', '.join(names)}", kinds=names)
    return found


def read_mapping(text: str | None, kind: Kind) -> dict[str, str | None]:
    """Column to field, as `mapping=` gives it. Raises BadMapping.

    Whether the file has the columns is seen when it is read.
    """
    if not text:
        return {}
    try:
        mapping = msgspec.json.decode(text, type=dict[str, str | None])
    except msgspec.MsgspecError as error:
        raise BadMapping('expected a JSON object of columns and fields: {"Ad": "name"}') from error
    _check_fields(mapping, kind)
    return mapping


def _check_fields(mapping: Mapping[str, str | None], kind: Kind) -> None:
    known = [each.name for each in kind.fields if each.kept]
    names = {(said or "").strip().partition(":")[0] for said in mapping.values()}
    wrong = sorted(name for name in names if name not in known and name.casefold() not in IGNORED_NAMES)
    if wrong:
        raise BadMapping(
            f"{kind.name} have no field {', '.join(map(repr, wrong))}: expected one of {', '.join(known)}",
            fields=known,
        )
