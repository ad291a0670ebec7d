"""From what is stored to the columns that scoring takes, without a loop over candidates."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar
from uuid import UUID

import numpy as np

from scoring.arrays import Flags, Floats, Integers
from scoring.audience import Shares
from scoring.rates import Rates
from service.discovery.scores.schemas import Audiences, CandidateGroup, CodeRow, PeerGroup
from service.influencers.audiences.dimensions import fold_code
from service.kit.text import fold_tr

T = TypeVar("T")
Wanted = Mapping[str, Mapping[str, float]]

# An element of an array as PostgreSQL sends it: its length, then its value, the highest byte first.
_CODE = np.dtype([("length", ">i4"), ("value", ">i4")])
_SHARE = np.dtype([("length", ">i4"), ("value", ">f4")])


@dataclass(frozen=True, slots=True)
class Inputs:
    """All candidates: their keys, rates, wanted audience shares, and who is vetoed by what."""

    keys: list[UUID]
    rates: Rates
    audience: list[Shares]
    vetoes: dict[str, Flags]


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


def vetoes(rows: Candidates, vetoed: Sequence[UUID]) -> dict[str, Flags]:
    """Who is out whatever the scores: opted out, named by the brief, of a category that it excludes."""
    named = set(vetoed)
    found = {
        "opt_out": rows.opted_out,
        "brief_influencer": [key in named for key in rows.keys] if named else [],
        "brief_category": rows.excluded,
    }
    return {name: np.array(struck, dtype=np.bool_) for name, struck in found.items() if any(struck)}


def shares_of(wanted: Wanted, size: int, stored: Audiences, codes: Sequence[CodeRow]) -> list[Shares]:
    """The wanted dimensions of `size` candidates, from their distributions and the numbers of codes."""
    sample = np.full(size, np.nan)
    sample[np.array(stored.places, dtype=np.int64) - 1] = np.array(stored.samples, dtype=np.float64)
    cells = _Cells.of(stored)
    return [_dimension(name, shares, size, cells, codes, sample) for name, shares in wanted.items()]


@dataclass(frozen=True, slots=True)
class _Cells:
    """Every (candidate, code, share) that is known."""

    position: Integers
    code: Integers
    share: Floats

    @classmethod
    def of(cls, stored: Audiences) -> "_Cells":
        return cls(
            np.repeat(np.array(stored.places, dtype=np.int64) - 1, stored.lengths),
            np.frombuffer(stored.codes, _CODE)["value"].astype(np.int64),
            np.frombuffer(stored.shares, _SHARE)["value"].astype(np.float64),
        )


def _dimension(
    name: str,
    wanted: Mapping[str, float],
    size: int,
    cells: _Cells,
    codes: Sequence[CodeRow],
    sample: Floats,
) -> Shares:
    column = {fold_code(name, code): place for place, code in enumerate(wanted)}
    own = sorted((row.id, column.get(row.code_folded, -1)) for row in codes if row.dimension == name)
    ids = np.array([code for code, _ in own], dtype=np.int64)
    columns = np.array([place for _, place in own], dtype=np.int64)
    inside = np.isin(cells.code, ids)
    position, share = cells.position[inside], cells.share[inside]
    place = columns[np.searchsorted(ids, cells.code[inside])]
    shares = np.zeros((size, len(wanted)))
    shares[position[place >= 0], place[place >= 0]] = share[place >= 0]
    listed = np.bincount(position, minlength=size) > 0
    mass = np.where(listed, np.bincount(position, weights=share, minlength=size), np.nan)
    return Shares(name, wanted, shares, mass, np.where(listed, sample, np.nan))
