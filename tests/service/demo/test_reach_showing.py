"""What the demo prints of reach: known and unknown people, one platform and several, wide and narrow."""

from collections.abc import Sequence
from io import StringIO
from typing import Literal

import pytest
from rich.console import Console

from service.demo import reach_showing
from service.discovery.plans.schemas import ChosenInfluencer
from service.discovery.reach.overlaps.schemas import AudienceOf, Matrix, Overlap, Within
from service.discovery.reach.show import Figure
from service.kit.money import Money
from tests.service.demo.test_showing import NOW

EXACT = Figure(40.0, 40.0, 40.0, True, None, "exact", None)
SHARE = Figure(0.25, 0.25, 0.25, True, None, "exact", None)
BOUNDS = Figure(None, 30.0, 50.0, False, None, "bounds", "platforms_not_linked")
ESTIMATE = Figure(41.2, 30.0, 50.4, False, 12.0, "hash_samples", None)


def audience(name: str, own: Figure, within: Within | None = None) -> AudienceOf:
    known = ("inf_1", name, "acc_1", "instagram", None, 1_200, "exact", None, NOW, "api")
    return AudienceOf(*known, own, None, None, within)


def overlap(audiences: Sequence[AudienceOf], cells: list[list[float | None]]) -> Overlap:
    return Overlap(
        shortlist_id="sho_1",
        as_of=NOW,
        of="followers",
        method="exact",
        across_platforms="single",
        influencers=list(audiences),
        shared=None,
        jaccard=None,
        containment=Matrix(cells, None, None),
        total_followers=2_400,
        unique_followers=EXACT,
        unique_followers_of_all=None,
        frequency=None,
        platforms=[],
        without_set=[],
        left_out=[],
    )


def said(width: int, shown: Overlap) -> str:
    out = Console(file=StringIO(), width=width, highlight=False, emoji=False)
    reach_showing.show_overlap(out, shown)
    return out.file.getvalue()  # type: ignore[attr-defined]


TWO = overlap([audience("Ayşe [b]", SHARE), audience("Can", SHARE)], [[1.0, 0.031], [None, 1.0]])


def test_a_wide_terminal_gets_a_matrix() -> None:
    rows = [line.strip("│").split("│") for line in said(140, TWO).splitlines() if "instagram" in line]
    assert [[cell.strip() for cell in row] for row in rows] == [
        ["1", "Ayşe [b]", "instagram", "1,200", "", "3.1%", "25%"],
        ["2", "Can", "instagram", "1,200", "-", "", "25%"],
    ]


def test_a_narrow_one_gets_lines() -> None:
    assert "1. Ayşe [b]: 1,200 followers, 25% of them nobody else's\n" in said(79, TWO)


def test_of_unlinked_platforms_the_share_among_its_own_is_shown() -> None:
    apart = audience("Ece", BOUNDS, Within(SHARE, None, None))
    assert "25% of them nobody else's" in said(79, overlap([apart], [[1.0]]))


def test_without_lists_it_is_said_how_they_come() -> None:
    assert "elci import followers FILE" in said(140, overlap([], []))


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (EXACT, "40"),
        (BOUNDS, "between 30 and 50"),
        (ESTIMATE, "41 (30 to 50)"),
        (Figure(None, None, None, False, None, "bounds", "sizes_only"), "-"),
        (Figure(12_345.0, None, None, False, 1.0, "reach_rates", None), "12,345"),
    ],
)
def test_figures(figure: Figure, text: str) -> None:
    assert reach_showing.written(figure) == text


def test_prices_that_the_demo_assumes_are_told() -> None:
    def of(basis: Literal["given", "rate_card"]) -> ChosenInfluencer:
        price = Money(5, "TRY")
        return ChosenInfluencer("inf_1", "Ece", None, 1, price, basis, None, 1.0, 1.0, price, False)

    assert list(reach_showing.assumed_prices([of("rate_card")])) == []
    (line,) = reach_showing.assumed_prices([of("given"), of("rate_card"), of("given")])
    assert "2 of these name no price" in line
