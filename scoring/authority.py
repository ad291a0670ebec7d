"""Authority: how much an account counts in its field, not how big it is (FORMULAS 2).

100 (.40 topic-personalised PageRank + .25 distinct accounts mentioning it in 90 days + .15 creators or
verified accounts among its followers or mentioners + .10 followers + .10 tenure), each a mid-rank percentile
among its peers. `scoring.places` makes the percentiles, which need all peers; `score` is row by row.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from scoring.arrays import Codes, Flags, Floats
from scoring.places import Fields, Population, Standing, place
from scoring.scores import Column, Place, Term, first_reason, rounded

WEIGHTS: Mapping[str, float] = {
    "pagerank": 0.40,
    "mentioners": 0.25,
    "creators": 0.15,
    "followers": 0.10,
    "tenure": 0.10,
}
# What comes from edges: where none of it is known, followers and tenure are size and age, not authority.
FROM_EDGES = ("pagerank", "mentioners", "creators")


@dataclass(frozen=True, slots=True)
class Authority:
    """What the score of N candidates is made of, float64[N] each, NaN where unknown.

    pagerank: in units of the mean of the account's field (1 = as much as the average); mentioners, creators,
    followers: counts; tenure: years. fields: whose peers they are. irregular: who posts irregularly
    (scoring.regularity), a flag beside the score.
    """

    pagerank: Floats
    mentioners: Floats
    creators: Floats
    followers: Floats
    tenure: Floats
    fields: Fields
    irregular: Flags

    def columns(self) -> dict[str, Floats]:
        """The inputs by name; what can't be measured, negative or not finite, is unknown.

        Raises ValueError where columns differ in length.
        """
        found = {name: np.asarray(getattr(self, name), dtype=np.float64) for name in WEIGHTS}
        if {len(column) for column in found.values()} | {len(self.irregular)} != {len(self.fields.code)}:
            raise ValueError("every column has one row per candidate")
        return {
            name: np.where(np.isfinite(column) & (column >= 0), column, np.nan)
            for name, column in found.items()
        }


@dataclass(frozen=True, slots=True)
class Placed:
    """Where N candidates stand in each input: what the score of a row is made of, by that row alone."""

    pagerank: Standing
    mentioners: Standing
    creators: Standing
    followers: Standing
    tenure: Standing
    fields: Fields
    irregular: Flags

    def standings(self) -> dict[str, Standing]:
        """By input, in the order of the weights."""
        return {name: getattr(self, name) for name in WEIGHTS}


def placed(inputs: Authority, population: Population) -> Placed:
    """The candidates among the population of all peers (`places.fit`)."""
    found = {
        name: place(population, name, column, inputs.fields) for name, column in inputs.columns().items()
    }
    return Placed(**found, fields=inputs.fields, irregular=inputs.irregular)


def score(inputs: Placed) -> Column:
    """Authority of N candidates, by where each stands.

    Confidence: the weight of the inputs that are known. A missing input drops its term. Terms: raw = as
    measured, reference = the peers' median, place = the percentile and the peers. Flag: `irregular_posting`.
    Reasons: `no_edges` where nothing is known of who mentions or follows, `no_peers` for one who is alone,
    `peers_all_equal` where peers differ in nothing.

    >>> from scoring.places import fit
    >>> unknown, fields = np.full(3, np.nan), Fields.of(["instagram"] * 3, [None] * 3)
    >>> ranks, counts = np.array([0.2, 0.8, 2.0]), np.array([0.0, 3.0, 41.0])
    >>> inputs = Authority(ranks, counts, unknown, unknown, unknown, fields, np.zeros(3, dtype=np.bool_))
    >>> column = score(placed(inputs, fit(inputs.columns(), fields)))
    >>> column.score.round(2).tolist(), column.confidence.round(2).tolist()
    ([16.67, 50.0, 83.33], [0.65, 0.65, 0.65])
    """
    standings = inputs.standings()
    present, points = np.zeros(len(inputs.irregular)), np.zeros(len(inputs.irregular))
    for name, weight in WEIGHTS.items():
        known = standings[name].known
        present += np.where(known, weight, 0.0)
        points += np.where(known, weight * 100 * np.where(known, standings[name].percentile, 0.0), 0.0)
    return Column.settle(
        score=points / np.where(present > 0, present, 1.0),
        confidence=present,
        reason=_reasons(standings),
        terms=lambda position: _terms(standings, inputs.fields, position),
        flags={"irregular_posting": inputs.irregular},
    )


def _reasons(standings: Mapping[str, Standing]) -> Codes:
    """Why there is no score, the first that holds; 0 where there is one."""
    from_edges = [standings[name] for name in FROM_EDGES]
    measured = np.logical_or.reduce([~np.isnan(each.raw) for each in from_edges])
    placed = np.logical_or.reduce([each.known for each in from_edges])
    spread = np.logical_or.reduce([each.known & ~each.all_equal for each in standings.values()])
    return first_reason((~measured, "no_edges"), (~placed, "no_peers"), (~spread, "peers_all_equal"))


def _terms(standings: Mapping[str, Standing], fields: Fields, position: int) -> tuple[Term, ...]:
    known = [name for name in WEIGHTS if standings[name].known[position]]
    total = sum(WEIGHTS[name] for name in known)
    return tuple(_term(name, standings[name], fields, position, WEIGHTS[name] / total) for name in known)


def _term(name: str, standing: Standing, fields: Fields, position: int, share: float) -> Term:
    percentile = float(standing.percentile[position])
    platform, category = fields.names[int(fields.code[position])]
    among = category if standing.in_category[position] else None
    stands = Place(rounded(percentile), platform, among, int(standing.n[position]))
    raw, median = rounded(standing.raw[position]), rounded(standing.median[position])
    return Term(name, raw, median, rounded(100 * percentile * share), place=stands)
