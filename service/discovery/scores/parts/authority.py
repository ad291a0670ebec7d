"""Authority: what edges between accounts say, held against the workspace's accounts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from uuid import UUID

import numpy as np

from scoring import authority
from scoring.arrays import Flags, Floats, Integers, floats
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
# The day on which an account was first seen says nothing of its age.
_LEAST_YEARS = 30 / 365.25


@dataclass(frozen=True, slots=True)
class Loaded:
    """What is kept of the candidates' accounts, and of all accounts where that has to be read."""

    own: Signals
    catalogue: Sequence[SignalGroup]


class Authority(Part[Loaded, Population, authority.Authority]):
    name = "authority"
    population_type = Population

    async def load(
        self, db: Connection, workspace_id: UUID, rows: Candidates, asked: Asked, *, known: bool
    ) -> Loaded:
        """Columns that jobs have computed (service/discovery/authority)."""
        catalogue = [] if known else await store.catalogue(db, workspace_id)
        return Loaded(await store.signals(db, workspace_id, rows.account_ids), catalogue)

    def population(self, loaded: Loaded, context: Context) -> Population:
        """All accounts of the workspace, by platform and by the first of the influencer's categories."""
        groups = loaded.catalogue
        sizes = [len(group.followers) for group in groups]
        names = tuple(Field(group.platform, fold_tr(group.category or "") or None) for group in groups)
        code = np.repeat(np.arange(len(groups)), sizes)
        columns = {
            name: floats(list(chain.from_iterable(getattr(group, name) for group in groups)))
            for name in ("pagerank", "mentioners", "creators", "followers", "first_seen")
        }
        return fit(_inputs(columns, context.as_of), _merged(code, names))

    def inputs(self, loaded: Loaded, context: Context) -> authority.Authority:
        own, rates = loaded.own, context.rows.rates
        names = ("pagerank", "mentioners", "creators", "first_seen")
        columns = {name: floats(getattr(own, name)) for name in names} | {"followers": rates.followers}
        irregular: Flags = np.array([flag is True for flag in own.irregular], dtype=np.bool_)
        inputs = _inputs(columns, context.as_of)
        return authority.place_all(
            context.populations[self.name], inputs, _fields(context.rows), irregular=irregular
        )

    def score(self, inputs: authority.Authority) -> Column:
        return authority.score(inputs)


def _inputs(columns: Mapping[str, Floats], as_of: datetime) -> dict[str, Floats]:
    """The inputs by name; tenure in years, to a hundredth."""
    years = np.round((as_of.timestamp() - columns["first_seen"]) / _YEAR_S, 2)
    tenure = np.where(years >= _LEAST_YEARS, years, np.nan)
    given = {name: column for name, column in columns.items() if name != "first_seen"}
    return authority.measured({**given, "tenure": tenure})


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
