"""Lists of shares in vendors' reports: `[{"code": "TR", "weight": 0.7}]`, `[{"title": "ru", "prc":
73.2}]`."""

from collections.abc import Iterable
from typing import Any

from service.imports.cells.missing import is_missing
from service.imports.cells.numbers import read_rate
from service.imports.cells.style import Style
from service.imports.rejects import Unfit
from service.influencers.intake.dimensions import read_code, read_dimension

Shares = tuple[tuple[str, str, float], ...]

_WEIGHTS = ("share", "weight", "prc", "percentage", "percent", "pct", "ratio", "value", "rate")
_CODES = ("code", "key", "name", "title", "label", "tag", "id")


def read_distributions(dimension: str, value: Any) -> Shares:
    """The shares of a list, or of an object of code -> share. `*`: each entry names its dimension.

    >>> read_distributions("country", [{"code": "TR", "weight": 0.7}, {"name": "Germany", "weight": 0.1}])
    (('country', 'TR', 0.7), ('country', 'DE', 0.1))
    """
    entries = _from_map(value) if isinstance(value, dict) else value
    if is_missing(entries):
        return ()
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise Unfit("not_a_distribution")
    style = Style(percent=_in_percent(entries))
    return tuple(read for entry in entries if (read := _entry(dimension, entry, style)))


def _from_map(value: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"code": code, "share": share} for code, share in value.items()]


def _entry(dimension: str, entry: dict[str, Any], style: Style) -> tuple[str, str, float] | None:
    weight = _first(entry, _WEIGHTS)
    if is_missing(weight):
        return None
    named = read_dimension(entry.get("dimension")) if dimension == "*" else dimension
    return named, _code(named, entry), read_rate(weight, style)


def _code(dimension: str, entry: dict[str, Any]) -> str:
    """The first of the entry's names that is a code of the dimension: vendors put numbers under `id`."""
    for name in _CODES:
        if is_missing(entry.get(name)):
            continue
        try:
            return read_code(dimension, entry[name])
        except Unfit:
            continue
    raise Unfit("not_a_code")


def _first(entry: dict[str, Any], names: Iterable[str]) -> Any:
    return next((entry[name] for name in names if name in entry), None)


def _in_percent(entries: list[dict[str, Any]]) -> bool:
    numbers = [each for entry in entries if isinstance(each := _first(entry, _WEIGHTS), int | float)]
    return any(name in entry for entry in entries for name in ("prc", "pct", "percent", "percentage")) or any(
        number > 1 for number in numbers
    )
