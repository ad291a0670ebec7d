"""Rows of a score's inputs: taken out, written as plain data and read again, so that a score can be replayed.

Inputs are frozen dataclasses of numpy columns with one row per candidate, beside what all rows share (names,
fitted peers). A stored row makes the same score as long as its model is there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import msgspec
import numpy as np

Inputs = TypeVar("Inputs")


def take(inputs: Inputs, positions: Sequence[int], size: int) -> Inputs:
    """The same inputs of some candidates, in the order of `positions`.

    `size`: how many rows the columns have; what has another length is shared by all rows and stays. A
    dataclass that knows better (names that only its other rows have) has a method `taken(positions)`.

    >>> from scoring.rates import Rates
    >>> rates = Rates.of(platform="x", value=[0.1, 0.2, 0.3], followers=[10, 20, 30])
    >>> take(rates, [2, 0], 3).value.tolist()
    [0.3, 0.1]
    """
    taken: Inputs = _taken(inputs, np.asarray(positions, dtype=np.int64), size)
    return taken


def _taken(value: Any, positions: Any, size: int) -> Any:
    if isinstance(value, np.ndarray):
        return value[positions] if value.ndim and len(value) == size else value
    if hasattr(value, "taken"):
        return value.taken(positions)
    if is_dataclass(value) and not isinstance(value, type):
        parts = {field.name: getattr(value, field.name) for field in fields(value)}
        return replace(value, **{name: _taken(part, positions, size) for name, part in parts.items()})
    if isinstance(value, list):
        return [_taken(part, positions, size) for part in value]
    if isinstance(value, dict):
        return {name: _taken(part, positions, size) for name, part in value.items()}
    return value


def to_plain(inputs: Any) -> Any:
    """Inputs as JSON can hold them; NaN becomes null.

    >>> from scoring.audience import Shares
    >>> one = Shares("age", {"18-24": 0.5}, np.array([[0.25]]), np.array([1.0]), np.array([np.nan]))
    >>> to_plain(one)["shares"], to_plain(one)["sample"]
    ([[0.25]], [None])
    """
    if isinstance(inputs, np.ndarray):
        return _list(inputs.tolist())
    if is_dataclass(inputs) and not isinstance(inputs, type):
        return {field.name: to_plain(getattr(inputs, field.name)) for field in fields(inputs)}
    if isinstance(inputs, list):
        return [to_plain(part) for part in inputs]
    if isinstance(inputs, dict):
        # Pairs: jsonb does not keep the order of keys, and columns may stand in it.
        return [[name, to_plain(part)] for name, part in inputs.items()]
    return msgspec.to_builtins(inputs)


def _list(values: Any) -> Any:
    if isinstance(values, list):
        return [_list(value) for value in values]
    return None if isinstance(values, float) and not np.isfinite(values) else values


def from_plain(kind: Any, plain: Any) -> Any:
    """The inputs that `to_plain` wrote, of type `kind`. Raises ValueError where they are of another shape.

    >>> from scoring.rates import Rates
    >>> rates = Rates.of(platform="x", value=[None], followers=[10])
    >>> again = from_plain(Rates, to_plain(rates))
    >>> again.bases == rates.bases, bool(np.isnan(again.value[0]))
    (True, True)
    """
    try:
        return _read(kind, plain)
    except (KeyError, TypeError, AttributeError, msgspec.ValidationError) as error:
        raise ValueError(f"not the inputs of {getattr(kind, '__name__', kind)}") from error


def _read(kind: Any, plain: Any) -> Any:
    origin = get_origin(kind)
    if origin is np.ndarray:
        dtype = get_args(get_args(kind)[1])[0]
        filled = _filled(plain) if np.issubdtype(dtype, np.floating) else plain
        return np.array(filled, dtype=dtype)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{field.name: _read(hints[field.name], plain[field.name]) for field in fields(kind)})  # type: ignore[operator]
    if origin is list:
        return [_read(get_args(kind)[0], part) for part in plain]
    if origin in (dict, Mapping):
        plain = dict(plain)
    if origin in (dict, Mapping) and is_dataclass(get_args(kind)[1]):
        return {name: _read(get_args(kind)[1], part) for name, part in plain.items()}
    return msgspec.convert(plain, dict[get_args(kind)] if origin in (dict, Mapping) else kind, strict=False)  # type: ignore[misc]


def _filled(values: Any) -> Any:
    if isinstance(values, list):
        return [_filled(value) for value in values]
    return np.nan if values is None else values
