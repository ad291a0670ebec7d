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
    """What the score of N candidates is made of.

    standings: of every input in WEIGHTS where each candidate stands among its peers; pagerank is in units of
    the average node's (1 = as much as the average), tenure in years. fields: whose peers they are.
    irregular: who posts irregularly (scoring.regularity), a flag beside the score.
    """

    standings: Mapping[str, Standing]
    fields: Fields
    irregular: Flags


def score(inputs: Authority) -> Column:
    """Authority of N candidates; confidence: the weight of the inputs that are known.

    A missing input drops its term. Terms: raw = as measured, reference = the peers' median, place = the
    percentile and the peers. Flag: `irregular_posting`. Reasons: `no_edges` where nothing is known of who
    mentions or follows, `no_peers` for one who is alone, `peers_all_equal` where peers differ in nothing.

    Raises ValueError where an input is missing as a whole, or columns differ in length.

    >>> from scoring.places import fit
    >>> fields = Fields.of(["instagram"] * 3, [None] * 3)
    >>> known = {"pagerank": np.array([0.2, 0.8, 2.0]), "mentioners": np.array([0.0, 3.0, 41.0])}
    >>> inputs = dict.fromkeys(WEIGHTS, np.full(3, np.nan)) | known
    >>> column = score(place_all(fit(inputs, fields), inputs, fields, irregular=np.zeros(3, dtype=bool)))
    >>> column.score.round(2).tolist(), column.confidence.round(2).tolist()
    ([16.67, 50.0, 83.33], [0.65, 0.65, 0.65])
    """
    _check(inputs)
    present, points = np.zeros(len(inputs.irregular)), np.zeros(len(inputs.irregular))
    for name, weight in WEIGHTS.items():
        percentile = inputs.standings[name].percentile
        known = ~np.isnan(percentile)
        present += np.where(known, weight, 0.0)
        points += np.where(known, weight * 100 * np.where(known, percentile, 0.0), 0.0)
    return Column.settle(
        score=points / np.where(present > 0, present, 1.0),
        confidence=present,
        reason=_reasons(inputs),
        terms=lambda position: _terms(inputs, position),
        flags={"irregular_posting": inputs.irregular},
    )


def place_all(
    population: Population, inputs: Mapping[str, Floats], fields: Fields, *, irregular: Flags
) -> Authority:
    """The inputs of N candidates, by name float64[N], each held against the population of all peers."""
    standings = {name: place(population, name, inputs[name], fields) for name in WEIGHTS}
    return Authority(standings, fields, irregular)


def _check(inputs: Authority) -> None:
    if set(inputs.standings) != set(WEIGHTS):
        raise ValueError(f"authority is made of {tuple(WEIGHTS)}, not {tuple(inputs.standings)}")
    lengths = {len(each.percentile) for each in inputs.standings.values()}
    lengths |= {len(inputs.fields.code), len(inputs.irregular)}
    if len(lengths) > 1:
        raise ValueError("every column has one row per candidate")


def _known(inputs: Authority, name: str) -> Flags:
    return ~np.isnan(inputs.standings[name].percentile)


def _reasons(inputs: Authority) -> Codes:
    """Why there is no score, the first that holds; 0 where there is one."""
    from_edges = [inputs.standings[name] for name in FROM_EDGES]
    measured = np.logical_or.reduce([~np.isnan(each.raw) for each in from_edges])
    placed = np.logical_or.reduce([_known(inputs, name) for name in FROM_EDGES])
    every = inputs.standings.items()
    spread = np.logical_or.reduce([_known(inputs, name) & ~each.all_equal for name, each in every])
    return first_reason((~measured, "no_edges"), (~placed, "no_peers"), (~spread, "peers_all_equal"))


def _terms(inputs: Authority, position: int) -> tuple[Term, ...]:
    known = [name for name in WEIGHTS if _known(inputs, name)[position]]
    total = sum(WEIGHTS[name] for name in known)
    return tuple(_term(inputs, name, position, WEIGHTS[name] / total) for name in known)


def _term(inputs: Authority, name: str, position: int, share: float) -> Term:
    standing = inputs.standings[name]
    percentile = float(standing.percentile[position])
    platform, category = inputs.fields.names[int(inputs.fields.code[position])]
    among = category if standing.in_category[position] else None
    stands = Place(rounded(percentile), platform, among, int(standing.n[position]))
    raw, median = rounded(standing.raw[position]), rounded(standing.median[position])
    return Term(name, raw, median, rounded(100 * percentile * share), place=stands)


def measured(values: Mapping[str, Floats]) -> dict[str, Floats]:
    """The inputs as columns, what can't be measured made unknown: negative or not finite is NaN.

    >>> measured({"followers": np.array([-1.0, 5.0])})["followers"].tolist()
    [nan, 5.0]
    """
    return {
        name: np.where(np.isfinite(column) & (column >= 0), column, np.nan) for name, column in values.items()
    }
