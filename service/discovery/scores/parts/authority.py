"""Authority: what edges between accounts say, held against the workspace's accounts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import numpy as np

from scoring import authority
from scoring.arrays import Flags, Floats, Integers
from scoring.authority import Placed
from scoring.places import Field, Fields, Population, fit
from scoring.scores import Column
from service.discovery.authority import store
from service.discovery.authority.schemas import SignalGroup, Signals
from service.discovery.scores.columns import Candidates
from service.discovery.scores.parts.base import Context, Part
from service.discovery.scores.schemas import Asked
from service.kit.db import Connection
from service.kit.text import fold_tr

_YEAR_S = 365.25 * 86_400
_NOBODY = UUID(int=0)
# The day on which an account was first seen says nothing of its age.
_LEAST_YEARS = 30 / 365.25


# So few candidates are read by themselves; more are looked up in the catalogue, which has them all.
FEW = 1_000
_MEASURED = ("pagerank", "mentioners", "creators", "first_seen")
_UUID = np.dtype([("length", ">i4"), ("high", ">u8"), ("low", ">u8")])
_NUMBER = np.dtype([("length", ">i4"), ("value", ">f8")])


@dataclass(frozen=True, slots=True)
class Loaded:
    """What is kept of accounts: of the candidates' in `own`, of all in `catalogue`, where these were read."""

    own: Sequence[Signals]
    catalogue: Sequence[SignalGroup]


class Authority(Part[Loaded, Population, Placed]):
    name = "authority"
    inputs_type = Placed
    population_type = Population

    async def load(
        self, db: Connection, workspace_id: UUID, rows: Candidates, asked: Asked, *, known: bool
    ) -> Loaded:
        """Columns that jobs have computed (service/discovery/authority)."""
        catalogue = [] if known else await store.catalogue(db, workspace_id)
        if not known and len(rows.keys) > FEW:
            return Loaded(catalogue, catalogue)
        asked_for = [account_id for account_id in rows.account_ids if account_id is not None]
        return Loaded([await store.signals(db, workspace_id, asked_for)], catalogue)

    def population(self, loaded: Loaded, context: Context) -> Population:
        """All accounts of the workspace, by platform and by the first of the influencer's categories."""
        groups = loaded.catalogue
        names = tuple(Field(group.platform, fold_tr(group.category or "") or None) for group in groups)
        code = np.repeat(np.arange(len(groups)), [_size(group) for group in groups])
        columns = {name: _joined(groups, name) for name in (*_MEASURED, "followers")}
        irregular = np.zeros(len(code), dtype=np.bool_)
        everybody = _inputs(columns, context.as_of, _merged(code, names), irregular)
        return fit(everybody.columns(), everybody.fields)

    def inputs(self, loaded: Loaded, context: Context) -> Placed:
        at = _places(loaded.own, context.rows.account_ids)
        columns = {name: np.append(_joined(loaded.own, name), np.nan)[at] for name in _MEASURED}
        irregular = np.append(_joined(loaded.own, "irregular"), np.nan)[at] == 1
        columns["followers"] = context.rows.rates.followers
        measured = _inputs(columns, context.as_of, _fields(context.rows), irregular)
        return authority.placed(measured, context.populations[self.name])

    def score(self, inputs: Placed, population: Population) -> Column:
        return authority.score(inputs)


def _places(parts: Sequence[Signals], account_ids: Sequence[UUID | None]) -> Integers:
    """Where each account stands in the joined columns; nothing is kept of the one behind the last."""
    keys = np.frombuffer(b"".join(part.account_ids for part in parts), _UUID)
    asked = np.frombuffer(b"".join(b"\0\0\0\x10" + (one or _NOBODY).bytes for one in account_ids), _UUID)
    size = len(keys)
    if not size:
        return np.zeros(len(asked), dtype=np.int64)
    # By the lower half, which is random in a UUIDv7; the upper one then has to be the same as well.
    low = keys["low"].astype(np.uint64)
    order = np.argsort(low)
    at = order[np.minimum(np.searchsorted(low[order], asked["low"].astype(np.uint64)), size - 1)]
    same = (keys["low"][at] == asked["low"]) & (keys["high"][at] == asked["high"])
    return np.where(same, at, size)


def _size(part: Signals) -> int:
    return len(part.account_ids) // _UUID.itemsize


def _joined(parts: Sequence[Signals], name: str) -> Floats:
    column = np.frombuffer(b"".join(getattr(part, name) for part in parts), _NUMBER)["value"]
    return column.astype(np.float64)


def _inputs(
    columns: Mapping[str, Floats], as_of: datetime, fields: Fields, irregular: Flags
) -> authority.Authority:
    """The inputs of the score; tenure in years, to a hundredth."""
    years = np.round((as_of.timestamp() - columns["first_seen"]) / _YEAR_S, 2)
    tenure = np.where(years >= _LEAST_YEARS, years, np.nan)
    given = {name: column for name, column in columns.items() if name != "first_seen"}
    return authority.Authority(**given, tenure=tenure, fields=fields, irregular=irregular)


def _fields(rows: Candidates) -> Fields:
    """Platform and category of each candidate, as its rate has them."""
    rates = rows.rates
    categories = (*rates.categories, None)  # -1, the last, is no category
    names = tuple(Field(basis.platform, category) for basis in rates.bases for category in categories)
    code = rates.basis * len(categories) + np.where(rates.category < 0, len(categories) - 1, rates.category)
    return _merged(code.astype(np.int64), names)


def _merged(code: Integers, names: Sequence[Field]) -> Fields:
    """Fields of one name made one: categories are spelt in several ways, a platform has several bases."""
    distinct = tuple(dict.fromkeys(names))
    places = {name: at for at, name in enumerate(distinct)}
    return Fields(np.array([places[name] for name in names], dtype=np.int64)[code], distinct)
