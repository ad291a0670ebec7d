"""From what is stored to the columns that scoring takes, without a loop over candidates."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from scoring.arrays import Floats, Integers
from scoring.audience import Shares
from scoring.rates import Rates
from service.discovery.scores.schemas import Audiences, CandidateGroup, CodeRow, PeerGroup
from service.influencers.audiences.dimensions import fold_code
from service.kit.text import fold_tr

T = TypeVar("T")
N = TypeVar("N", bound=np.generic)
Wanted = Mapping[str, Mapping[str, float]]

# An element of an array as PostgreSQL sends it: its length, then its value, the highest byte first.
_CODE = np.dtype([("length", ">i4"), ("value", ">i4")])
_SHARE = np.dtype([("length", ">i4"), ("value", ">f4")])


@dataclass(frozen=True, slots=True)
class Candidates:
    """Candidates in the order of their rates: key, scored account, and what may veto them."""

    keys: list[UUID]
    account_ids: list[UUID | None]
    opted_out: list[bool]
    excluded: list[bool]
    rates: Rates

    @classmethod
    def of(cls, groups: Sequence[CandidateGroup]) -> "Candidates":
        return cls(
            _flat(group.keys for group in groups),
            _flat(group.account_ids for group in groups),
            _flat(group.opted_out for group in groups),
            _flat(group.excluded for group in groups),
            rates_of(groups),
        )


def rates_of(groups: Sequence[PeerGroup]) -> Rates:
    """Engagement rates; who has no account has none. The first of the categories is compared within."""
    sizes = [len(group.er_value) for group in groups]

    def spread(values: Iterable[str | None]) -> list[str | None]:
        return _flat([value] * size for value, size in zip(values, sizes, strict=True))

    return Rates.of(
        platform=_flat([group.platform or "other"] * len(group.er_value) for group in groups),
        value=_flat(group.er_value for group in groups),
        followers=_flat(group.followers for group in groups),
        n=_flat(group.er_n for group in groups),
        base=spread(group.er_basis for group in groups),
        components=spread(group.er_components for group in groups),
        format=spread(group.er_format for group in groups),
        statistic=spread(group.er_statistic for group in groups),
        category=spread(fold_tr(group.category or "") or None for group in groups),
    )


def _flat(lists: Iterable[Sequence[T]]) -> list[T]:
    return list(chain.from_iterable(lists))


def shares_of(
    wanted: Wanted, size: int, stored: Sequence[Audiences], codes: Sequence[CodeRow]
) -> list[Shares]:
    """The wanted dimensions of `size` candidates, from their distributions and the numbers of codes."""
    sample = np.full(size, np.nan)
    for part in stored:
        sample[_places(part)] = np.array(part.samples, dtype=np.float64)
    cells = _cells(stored, _numbers(wanted, codes))
    return [_dimension(at, *item, size, cells, sample) for at, item in enumerate(wanted.items())]


@dataclass(frozen=True, slots=True)
class _Numbers:
    """Codes of the wanted dimensions, rising: their dimension's place, and their column there or -1."""

    code: NDArray[np.int32]
    dimension: Integers
    column: Integers


def _numbers(wanted: Wanted, codes: Sequence[CodeRow]) -> _Numbers:
    place = {name: at for at, name in enumerate(wanted)}
    columns = {
        (name, fold_code(name, code)): column
        for name, shares in wanted.items()
        for column, code in enumerate(shares)
    }
    rows = sorted(
        (row.id, place[row.dimension], columns.get((row.dimension, row.code_folded), -1))
        for row in codes
        if row.dimension in place
    )
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return _Numbers(table[:, 0].astype(np.int32), table[:, 1], table[:, 2])


@dataclass(frozen=True, slots=True)
class _Cells:
    """Every share that is known in a wanted dimension, its code as dimension and column."""

    position: Integers
    dimension: Integers
    column: Integers
    share: Floats


def _cells(stored: Sequence[Audiences], numbers: _Numbers) -> _Cells:
    position = _joined(np.repeat(_places(part), part.lengths) for part in stored)
    code = _joined(np.frombuffer(part.codes, _CODE)["value"].astype(np.int32) for part in stored)
    share = _joined(np.frombuffer(part.shares, _SHARE)["value"].astype(np.float64) for part in stored)
    at = np.searchsorted(numbers.code, code)
    # One beyond the last is no code: there it is compared with the last.
    at = np.minimum(at, max(0, len(numbers.code) - 1))
    inside = numbers.code[at] == code if len(numbers.code) else np.zeros(len(code), dtype=np.bool_)
    at = at[inside]
    return _Cells(position[inside], numbers.dimension[at], numbers.column[at], share[inside])


def _places(stored: Audiences) -> Integers:
    return np.array(stored.places, dtype=np.int64) - 1


def _joined(parts: Iterable[NDArray[N]]) -> NDArray[N]:
    every = list(parts)
    return np.concatenate(every) if every else np.zeros(0, dtype=np.int64)


def _dimension(
    at: int, name: str, wanted: Mapping[str, float], size: int, cells: _Cells, sample: Floats
) -> Shares:
    own = cells.dimension == at
    position, column, share = cells.position[own], cells.column[own], cells.share[own]
    shares = np.zeros((size, len(wanted)))
    asked = column >= 0
    shares[position[asked], column[asked]] = share[asked]
    listed = np.bincount(position, minlength=size) > 0
    mass = np.where(listed, np.bincount(position, weights=share, minlength=size), np.nan)
    return Shares(name, wanted, shares, mass, np.where(listed, sample, np.nan))
