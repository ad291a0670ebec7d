"""What figures are worth: exact, in lines that add up, and never 0 for what isn't known."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import scoring
from service.mentions.emv.valuing import METRICS, Exposure, Group, Metric, Rates, Value, value

RATES: Rates = {
    ("instagram", "view"): 800,
    ("instagram", "impression"): 500,
    ("instagram", "like"): 25_000,
    ("tiktok", "view"): 1_001,
    (None, "comment"): 3,
}


def amount(made: Value, platform: str, metric: Metric) -> int | None:
    (line,) = [line for line in made.lines if (line.platform, line.metric) == (platform, metric)]
    return line.amount


CASES: dict[str, tuple[str, dict[Metric, int], Exposure, int | None, str | None]] = {
    "a thousand views": ("instagram", {"view": 1_000}, "views_first", 800, None),
    "views before impressions": ("instagram", {"view": 1_000, "impression": 1_000}, "views_first", 800, None),
    "impressions before views": (
        "instagram",
        {"view": 1_000, "impression": 1_000},
        "impressions_first",
        500,
        None,
    ),
    "both": ("instagram", {"view": 1_000, "impression": 1_000}, "both", 1_300, None),
    "impressions where no views": ("instagram", {"impression": 1_000}, "views_first", 500, None),
    "views where impressions have no rate": (
        "tiktok",
        {"view": 1_000, "impression": 9},
        "impressions_first",
        1_001,
        None,
    ),
    "the rate of all others": ("x", {"comment": 2_000}, "views_first", 6, None),
    "a half to even, down": ("x", {"comment": 1_500}, "views_first", 4, None),
    "a half to even, up": ("x", {"comment": 500}, "views_first", 2, None),
    "known to be none": ("instagram", {"like": 0}, "views_first", 0, None),
    "no figure": ("instagram", {}, "views_first", None, "no_figures"),
    "no rate": ("x", {"share": 5}, "views_first", None, "no_rate"),
    "more than money holds": ("instagram", {"like": 10**18}, "views_first", None, "too_large"),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_an_item_is_worth(case: tuple[str, dict[Metric, int], Exposure, int | None, str | None]) -> None:
    platform, sums, exposure, expected, reason = case
    made = value([Group(platform, 1, sums)], RATES, exposure)
    assert (made.amount, made.reason) == (expected, reason)


def test_nothing_is_worth_nothing_known() -> None:
    made = value([], RATES, "views_first")
    assert (made.amount, made.reason, made.lines, made.items) == (None, "no_items", (), 0)


def test_coverage_says_on_how_much_it_rests() -> None:
    groups = [
        Group("instagram", 3, {"view": 10, "impression": 20, "like": 1}),
        Group("instagram", 2, {"impression": 5}),
        Group("instagram", 4, {}),
        Group("instagram", 1, {"share": 7}),
    ]
    made = value(groups, RATES, "views_first")
    assert (made.items, made.valued, made.without_figures, made.without_rate) == (10, 5, 4, 1)
    told = {
        line.metric: (line.items, line.known, line.counted, line.quantity, line.reason) for line in made.lines
    }
    assert told["view"] == (10, 3, 3, 10, None)
    assert told["impression"] == (10, 5, 2, 5, None)
    assert told["share"] == (10, 1, 0, 7, "no_rate")
    assert told["save"] == (10, 0, 0, None, "no_rate")
    only = value([Group("instagram", 1, {"view": 1, "impression": 2})], RATES, "views_first")
    assert [(line.metric, line.reason) for line in only.lines][:3] == [
        ("view", None),
        ("impression", "counted_once"),
        ("like", "no_figures"),
    ]


# The first draw of a process looks through all modules that are loaded.
CALM = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
groups = st.builds(
    Group,
    st.sampled_from(["instagram", "tiktok", "x"]),
    st.integers(1, 50),
    st.dictionaries(st.sampled_from(METRICS), st.integers(0, 10**12), max_size=4),
)
rates = st.dictionaries(
    st.tuples(st.sampled_from(["instagram", "tiktok", None]), st.sampled_from(METRICS)),
    st.integers(0, 10**5),
    max_size=6,
)
exposures: st.SearchStrategy[Exposure] = st.sampled_from(["views_first", "impressions_first", "both"])


@CALM
@given(st.lists(groups, max_size=6), rates, exposures)
def test_lines_add_up_and_are_exact(found: list[Group], by: Rates, exposure: Exposure) -> None:
    made = value(found, by, exposure)
    amounts = [line.amount for line in made.lines if line.amount is not None]
    assert made.amount == (sum(amounts) if amounts else None)
    for line in made.lines:
        assert (line.amount is None) == (line.reason is not None)
        if line.amount is not None and line.quantity is not None and line.rate is not None:
            assert abs(Fraction(line.quantity * line.rate, 1000) - line.amount) <= Fraction(1, 2)
        assert line.counted <= line.known <= line.items
    assert made.valued + made.without_figures + made.without_rate == made.items
    assert made.items == sum(group.items for group in found)


@CALM
@given(st.lists(groups, max_size=6), rates, exposures)
def test_the_order_of_groups_says_nothing(found: list[Group], by: Rates, exposure: Exposure) -> None:
    assert value(found, by, exposure) == value(found[::-1], by, exposure)


def test_no_score_knows_of_it() -> None:
    folder = Path(scoring.__file__).parent
    sources = [path.read_text("utf-8") for path in folder.rglob("*.py")]
    assert len(sources) > 50
    assert not [text for text in sources if "emv" in text.lower() or "earned media" in text.lower()]
