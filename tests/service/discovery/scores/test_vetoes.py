"""Who is out, and by which veto."""

from uuid import UUID

import pytest

from service.discovery.scores import columns
from service.discovery.scores.schemas import Asked
from service.discovery.scores.vetoes import vetoes
from tests.service.discovery.scores.test_columns import A, B, C, group


@pytest.mark.parametrize(
    ("opted_out", "excluded", "named", "expected"),
    [
        ([False, False], [False, False], [], {}),
        ([True, False], [False, False], [], {"opt_out": [True, False]}),
        ([False, False], [False, False], [B, C], {"brief_influencer": [False, True]}),
        ([False, False], [True, True], [], {"brief_category": [True, True]}),
        (
            [True, False],
            [True, False],
            [A],
            {"opt_out": [True, False], "brief_influencer": [True, False], "brief_category": [True, False]},
        ),
    ],
)
def test_who_is_vetoed_by_what(
    opted_out: list[bool], excluded: list[bool], named: list[UUID], expected: dict[str, list[bool]]
) -> None:
    rows = columns.Candidates.of([group("x", keys=[A, B], opted_out=opted_out, excluded=excluded)])
    made = vetoes(rows, Asked({}, "minimum", {}, [], named, []), {})
    assert {name: struck.tolist() for name, struck in made.items()} == expected
    # The first that strikes names the term: an opt-out before all.
    assert list(made) == list(expected)


def test_a_veto_of_others_strikes_by_id() -> None:
    rows = columns.Candidates.of([group("x", keys=[A, B], opted_out=[False, True])])
    made = vetoes(rows, Asked({}, "minimum", {}, [], [A], []), {"brand_safety": [B], "quiet": []})
    assert {name: struck.tolist() for name, struck in made.items()} == {
        "opt_out": [False, True],
        "brief_influencer": [True, False],
        "brand_safety": [False, True],
    }
