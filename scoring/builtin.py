"""The built-in peer table: published rates by follower tier, for workspaces that hold no peers yet.

Every row of data/peers.json names its source, year and basis. A mean becomes a mean of logarithms by the
lognormal's exp(mu + sigma^2 / 2); a median and a geometric mean are exp(mu) already. Quartiles of a normal
distribution lie 1.349 sigma apart.
"""

from functools import cache
from importlib.resources import files
from itertools import groupby
from math import log

import msgspec
import numpy as np
from msgspec import Struct

from scoring.basis import Basis
from scoring.isotonic import decreasing
from scoring.peers import SIGMA_FLOOR, PeerGroup, Peers

QUARTILES_APART = 1.349
# The highest tier has no upper bound: its middle is put half a decade above its lower one.
OPEN_TIER = 10.0


class Row(Struct, frozen=True, rename={"low": "from", "high": "to"}):
    """One tier of one study. rate, q25, q75: fractions; accounts: how many it rests on, where known."""

    platform: str
    format: str
    base: str
    components: str
    low: float
    high: float | None
    rate: float
    statistic: str
    source: str
    year: int
    q25: float | None = None
    q75: float | None = None
    sigma: float | None = None
    accounts: int | None = None

    @property
    def basis(self) -> Basis:
        return Basis(self.platform, self.format, self.base, self.components)


class Table(Struct, frozen=True):
    """The whole file. `sources` maps a source to its card."""

    as_of: str
    note: str
    sources: dict[str, dict[str, str]]
    rows: list[Row]


@cache
def table() -> Table:
    """The table as it ships.

    >>> table().rows[0].source in table().sources
    True
    """
    return msgspec.json.decode(files("scoring.data").joinpath("peers.json").read_bytes(), type=Table)


@cache
def peers() -> Peers:
    """The table as peer groups.

    >>> [group.basis.platform for group in peers().groups]
    ['instagram', 'tiktok', 'tiktok', 'x', 'youtube']
    """
    rows = sorted(table().rows, key=lambda row: (row.basis, row.low))
    return Peers(
        tuple(_group(basis, list(tiers)) for basis, tiers in groupby(rows, key=lambda row: row.basis))
    )


def _group(basis: Basis, rows: list[Row]) -> PeerGroup:
    weights = np.array([float(row.accounts or 1) for row in rows])
    sigmas = np.array([_sigma(row) for row in rows])
    middles = np.array([0.5 * log(row.low * (row.high or row.low * OPEN_TIER)) for row in rows])
    x, mu = decreasing(middles, np.array([_mu(row) for row in rows]), weights)
    return PeerGroup(
        basis=basis,
        x=tuple(x.tolist()),
        mu=tuple(mu.tolist()),
        sigma=max(float(np.average(sigmas, weights=weights)), SIGMA_FLOOR),
        n=sum(row.accounts or 0 for row in rows),
        source=f"built-in {table().as_of}: {rows[0].source}",
    )


def _sigma(row: Row) -> float:
    if row.sigma is not None:
        return row.sigma
    if row.q25 is None or row.q75 is None:
        raise ValueError(f"a row of {row.source} has neither sigma nor quartiles")
    return log(row.q75 / row.q25) / QUARTILES_APART


def _mu(row: Row) -> float:
    return log(row.rate) - (_sigma(row) ** 2 / 2 if row.statistic == "mean" else 0.0)
