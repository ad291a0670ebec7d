import numpy as np
import pytest

from scoring.basis import Basis, component_names, default_base
from scoring.rates import STATISTICS, Rates, from_averages
from scoring.scores import REASONS

NAN = float("nan")


@pytest.mark.parametrize(
    ("platform", "format", "base"),
    [
        ("instagram", "feed", "followers"),
        ("instagram", "reel", "views"),
        ("instagram", "story", "reach"),
        ("facebook", "feed", "followers"),
        ("x", "feed", "followers"),
        ("linkedin", "feed", "followers"),
        ("pinterest", "feed", "followers"),
        ("tiktok", "feed", "views"),
        ("youtube", "feed", "views"),
        ("youtube", "short", "views"),
    ],
)
def test_default_base(platform: str, format: str, base: str):
    assert default_base(platform, format) == base


@pytest.mark.parametrize(
    ("platform", "public"),
    [
        ("instagram", ("likes", "comments")),
        ("youtube", ("likes", "comments")),
        ("linkedin", ("likes", "comments")),
        ("tiktok", ("likes", "comments", "shares")),
        ("facebook", ("likes", "comments", "shares")),
        ("x", ("likes", "comments", "shares")),
    ],
)
def test_components(platform: str, public: tuple[str, ...]):
    assert component_names(platform) == public
    assert component_names(platform, "full") == (*public, "saves", "private")


def test_unknown_components_are_an_error():
    with pytest.raises(ValueError, match="components"):
        component_names("x", "some")


# platform, averages of one account, the rate or why there is none
AVERAGES = [
    ("instagram", {"followers": 1000, "likes": 40, "comments": 2}, 0.042),
    ("instagram", {"followers": 1000, "likes": 0, "comments": 0}, 0.0),
    ("instagram", {"followers": 1000, "likes": 40}, "missing_components"),
    ("instagram", {"followers": 1000, "likes": NAN, "comments": 2}, "hidden_likes"),
    ("instagram", {"followers": 1000, "likes": -1, "comments": 2}, "hidden_likes"),
    ("instagram", {"followers": 1000}, "no_rate"),
    ("instagram", {"followers": 0, "likes": 40, "comments": 2}, "no_base"),
    ("instagram", {"views": 1000, "likes": 40, "comments": 2}, "no_base"),
    ("tiktok", {"views": 200, "followers": 1, "likes": 20, "comments": 3, "shares": 1}, 0.12),
    ("tiktok", {"views": 200, "likes": 20, "comments": 3}, "missing_components"),
    ("youtube", {"views": 200, "likes": 4, "comments": 2}, 0.03),
    ("x", {"followers": 1000, "likes": 4, "comments": 2, "shares": 4}, 0.01),
]


@pytest.mark.parametrize(("platform", "averages", "expected"), AVERAGES)
def test_from_averages(platform: str, averages: dict[str, float], expected: float | str):
    rates = from_averages(platform, {name: [value] for name, value in averages.items()})
    if isinstance(expected, str):
        assert REASONS[rates.reason[0]] == expected
        assert np.isnan(rates.value[0])
    else:
        assert rates.reason[0] == 0
        assert rates.value[0] == pytest.approx(expected)


def test_a_vendors_average_counts_as_twelve_posts_and_says_so():
    rates = from_averages("instagram", {"followers": [1000], "likes": [40], "comments": [2]})
    assert rates.n.tolist() == [12.0]
    assert rates.statistic == "mean_unknown_n"
    assert rates.basis == Basis("instagram", "feed", "followers", "public")


def test_another_base_can_be_asked_for():
    averages = {"followers": [1000], "views": [200], "likes": [20], "comments": [3], "shares": [1]}
    rates = from_averages("tiktok", averages, base="followers")
    assert rates.value.tolist() == [0.024]
    assert rates.basis.base == "followers"


def test_full_components_need_first_party_counts():
    averages = {"followers": [100], "likes": [1], "comments": [1], "saves": [1], "private": [1]}
    assert from_averages("instagram", averages, components="full").value.tolist() == [0.04]
    averages.pop("private")
    assert REASONS[from_averages("instagram", averages, components="full").reason[0]] == "missing_components"


def test_columns_from_rows():
    rates = Rates.of(
        platform=["tiktok", "instagram", "tiktok", "instagram"],
        value=[0.1, None, 0.2, 0.3],
        n=[3, None, 12, None],
        followers=[10, 20, None, 40],
        base=[None, None, "views", "reach"],
        category=["music", None, "beauty", "music"],
        statistic="mean",
    )
    assert rates.bases == (
        Basis("tiktok", "feed", "views", "public"),
        Basis("instagram", "feed", "followers", "public"),
        Basis("instagram", "feed", "reach", "public"),
    )
    assert rates.basis.tolist() == [0, 1, 0, 2]
    assert rates.n.tolist() == [3.0, 12.0, 12.0, 12.0]
    assert [STATISTICS[code] for code in rates.statistic] == [
        "mean",
        "mean_unknown_n",
        "mean",
        "mean_unknown_n",
    ]
    assert [rates.categories[code] if code >= 0 else None for code in rates.category] == [
        "music",
        None,
        "beauty",
        "music",
    ]


def test_no_rows():
    rates = Rates.of(platform=[], value=[], followers=[], category=[])
    assert len(rates.value) == len(rates.basis) == len(rates.category) == 0


def test_columns_of_different_length_are_an_error():
    with pytest.raises(ValueError, match="one row per candidate"):
        Rates.of(platform="x", value=[0.1, 0.2], followers=[1.0])
