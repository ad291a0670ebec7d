"""Stored rows as columns: equal to what scoring makes of the same facts one by one."""

import struct
from collections.abc import Mapping, Sequence
from uuid import UUID

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.audience import gather
from service.discovery.scores import columns
from service.discovery.scores.schemas import Audiences, CandidateGroup, CodeRow, PeerGroup

CODES = [("country", "TR"), ("country", "DE"), ("gender", "female"), ("interests", "guzellik")]
NUMBERS = {code: 100 + at for at, code in enumerate(CODES)}
ROWS = [CodeRow(number, dimension, code) for (dimension, code), number in NUMBERS.items()]
WANTED = {"country": {"TR": 0.8, "NL": 0.1}, "interests": {"Güzellik": 0.3}}

Distribution = Mapping[tuple[str, str], float]


def packed(values: Sequence[float], kind: str) -> bytes:
    """An array as PostgreSQL sends it, without its head."""
    return b"".join(struct.pack(f">i{kind}", 4, value) for value in values)


def stored(distributions: Mapping[int, tuple[int | None, Distribution]]) -> Audiences:
    """Audiences of candidates by place."""
    cells = [(NUMBERS[code], share) for _, shares in distributions.values() for code, share in shares.items()]
    return Audiences(
        places=[place + 1 for place in distributions],
        samples=[sample for sample, _ in distributions.values()],
        lengths=[len(shares) for _, shares in distributions.values()],
        codes=packed([code for code, _ in cells], "i"),
        shares=packed([share for _, share in cells], "f"),
    )


def halves(distributions: Mapping[int, tuple[int | None, Distribution]]) -> list[Audiences]:
    """As they are read: some of the scored accounts, some of others."""
    return [
        stored({place: each for place, each in distributions.items() if place % 2 == half}) for half in (0, 1)
    ]


shares_of_one = st.dictionaries(
    st.sampled_from(CODES), st.floats(0.0, 1.0, width=32, allow_subnormal=False), min_size=1
)
everybody = st.dictionaries(
    st.integers(0, 5), st.tuples(st.none() | st.integers(1, 10**9), shares_of_one), max_size=6
)


@given(everybody)
@settings(max_examples=60, deadline=None)
def test_shares_are_those_that_scoring_gathers(
    distributions: dict[int, tuple[int | None, Distribution]],
) -> None:
    made = columns.shares_of(WANTED, 6, halves(distributions), ROWS)
    for shares, (dimension, wanted) in zip(made, WANTED.items(), strict=True):
        folded = {"Güzellik": "guzellik"}
        spelt = {folded.get(code, code): share for code, share in wanted.items()}
        cells, totals = [], []
        for place, (sample, known) in distributions.items():
            own = {code: share for (name, code), share in known.items() if name == dimension}
            cells += [(place, code, share) for code, share in own.items()]
            if own:
                totals.append((place, sum(own.values()), sample))
        expected = gather(dimension, spelt, 6, cells, totals)
        assert shares.wanted == wanted
        np.testing.assert_array_equal(shares.shares, expected.shares)
        np.testing.assert_allclose(shares.mass, expected.mass)
        np.testing.assert_array_equal(shares.sample, expected.sample)


def test_nobody_has_an_audience() -> None:
    [country, interests] = columns.shares_of(WANTED, 2, [], [])
    assert np.isnan(country.mass).all()
    assert interests.shares.shape == (2, 1)


def group(platform: str | None, category: str | None = None, **more: object) -> CandidateGroup:
    size = len(more["keys"])  # type: ignore[arg-type]
    given: dict[str, object] = {
        "category": category,
        "platform": platform,
        "er_format": None,
        "er_basis": None,
        "er_components": None,
        "er_statistic": None,
        "followers": [1000] * size,
        "er_value": [0.02] * size,
        "er_n": [None] * size,
        "account_ids": [None] * size,
        "opted_out": [False] * size,
        "excluded": [False] * size,
    }
    return CandidateGroup(**given | more)  # type: ignore[arg-type]


A, B, C = UUID(int=1), UUID(int=2), UUID(int=3)


def test_groups_are_laid_end_to_end() -> None:
    made = columns.Candidates.of(
        [
            group("tiktok", "Moda", keys=[A, B], followers=[10, None], er_value=[0.1, None], er_n=[5, None]),
            group(None, None, keys=[C], followers=[None], er_value=[None]),
        ]
    )
    rates = made.rates
    assert made.keys == [A, B, C]
    assert [rates.bases[basis].platform for basis in rates.basis] == ["tiktok", "tiktok", "other"]
    assert rates.bases[int(rates.basis[0])].base == "views"
    assert rates.categories == ("moda",)
    assert rates.category.tolist() == [0, 0, -1]
    assert rates.n.tolist() == [5, 12, 12]
    assert np.isnan(rates.value).tolist() == [False, True, True]


def test_spellings_of_a_category_are_one() -> None:
    groups = [group("x", name, keys=[key]) for name, key in (("GÜZELLİK", A), ("guzellik", B), ("Moda", C))]
    made: Sequence[PeerGroup] = groups
    assert columns.rates_of(made).category.tolist() == [0, 0, 1]


def test_no_groups_are_no_candidates() -> None:
    assert columns.Candidates.of([]).keys == []
