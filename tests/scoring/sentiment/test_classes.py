"""What files call the classes."""

import pytest

from scoring.sentiment.classes import ABSTAIN, NEGATIVE, NEUTRAL, POSITIVE, UnknownScale, class_of, scale_of


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("Olumlu", POSITIVE),
        ("OLUMSUZ", NEGATIVE),
        ("Tarafsız", NEUTRAL),
        ("nötr", NEUTRAL),
        ("Positive emotion", POSITIVE),
        ("positive_emotion", POSITIVE),
        ("No emotion toward brand or product", NEUTRAL),
        ("I can't tell", ABSTAIN),
        ("★★★★★", POSITIVE),
        ("★★", NEGATIVE),
        ("belki", None),
        ("", None),
        ("7", None),
    ],
)
def test_words(cell: str, number: int | None) -> None:
    assert class_of(cell, {}) == number


@pytest.mark.parametrize(
    ("cells", "classes"),
    [
        (["-1", "0", "1"], [0, 1, 2]),
        (["-1", "1"], [0, 2]),
        (["0", "1"], [0, 2]),
        (["0", "1", "2"], [0, 1, 2]),
        (["0.0", "2,0"], [0, 2]),
        (["1", "2", "3", "4", "5"], [0, 0, 1, 2, 2]),
        (["5", "1"], [2, 0]),
        (["olumlu"], [2]),
    ],
)
def test_numbers_by_the_columns_own_scale(cells: list[str], classes: list[int]) -> None:
    scale = scale_of(cells)
    assert [class_of(cell, scale) for cell in cells] == classes


@pytest.mark.parametrize("cells", [["1", "2"], ["-5", "5"], ["0", "10"], ["0.5", "1"]])
def test_numbers_on_no_scale(cells: list[str]) -> None:
    with pytest.raises(UnknownScale):
        scale_of(cells)
