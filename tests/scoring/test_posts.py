from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.posts import Posts, from_posts, left_out, sponsored_performance
from scoring.scores import REASONS

DAY = 24.0
NAN = float("nan")


def posts(*rows: tuple[int, float, float, float, bool]) -> Posts:
    """Rows: account, age in days, likes, followers, sponsored. No comments."""
    account, age, likes, followers, sponsored = (list(column) for column in zip(*rows, strict=True))
    return Posts(
        account=np.array(account),
        age_hours=np.array(age) * DAY,
        counts={"likes": np.array(likes), "comments": np.zeros(len(rows))},
        denominator=np.array(followers),
        sponsored=np.array(sponsored),
    )


def rate(rows: list[tuple[int, float, float, float, bool]], **options: object) -> tuple[float, float, str]:
    found = from_posts(posts(*rows), 1, platform="instagram", **options)
    return float(found.value[0]), float(found.n[0]), REASONS[found.reason[0]]


def test_the_median_of_the_organic_posts():
    rows = [(0, 5.0, likes, 100.0, False) for likes in (1.0, 9.0, 2.0)] + [(0, 5.0, 50.0, 100.0, True)]
    assert rate(rows) == (0.02, 3.0, "")
    assert rate(rows, sponsored=True) == (0.5, 1.0, "")
    assert rate(rows, statistic="mean")[0] == pytest.approx(0.04)


def test_an_even_number_of_posts():
    rows = [(0, 5.0, likes, 100.0, False) for likes in (1.0, 2.0, 4.0, 90.0)]
    assert rate(rows) == (0.03, 4.0, "")


@pytest.mark.parametrize(
    ("age_days", "counted"), [(2.99, False), (3.0, True), (90.0, True), (90.01, False), (0.0, False)]
)
def test_only_settled_posts_of_the_window(age_days: float, counted: bool):
    value, n, reason = rate([(0, age_days, 5.0, 100.0, False)])
    assert (n == 1.0, reason == "") == (counted, counted)
    assert np.isnan(value) != counted


def test_the_last_dozen():
    rows = [(0, 10.0 + day, 1.0 if day < 12 else 99.0, 100.0, False) for day in range(30)]
    assert rate(rows) == (0.01, 12.0, "")


def test_hidden_likes_make_n_fall_and_are_never_0():
    rows = [(0, 10.0 + day, NAN if day < 4 else 1.0, 100.0, False) for day in range(30)]
    assert rate(rows) == (0.01, 8.0, "")


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([(0, 5.0, NAN, 100.0, False)], "hidden_likes"),
        ([(0, 5.0, 1.0, NAN, False)], "no_base"),
        ([(0, 5.0, 1.0, 0.0, False)], "no_base"),
        ([(0, 1.0, 1.0, 100.0, False)], "no_posts"),
        ([(0, 5.0, 1.0, 100.0, True)], "no_posts"),
    ],
)
def test_why_there_is_no_rate(rows: list[tuple[int, float, float, float, bool]], reason: str):
    value, n, why = rate(rows)
    assert np.isnan(value)
    assert (n, why) == (0.0, reason)


def one_post(**counts: float) -> Posts:
    column = {name: np.array([value]) for name, value in counts.items() if name != "base"}
    base = np.array([counts.get("base", 100.0)])
    return Posts(np.array([0]), np.array([5.0]) * DAY, column, base, np.array([False]))


# platform, format, components, counts of one post, its rate or why there is none
BASES = [
    ("instagram", "feed", "full", {"likes": 4, "comments": 3, "saves": 2, "private": 1}, 0.1),
    ("instagram", "feed", "full", {"likes": 4, "comments": 3, "saves": 2, "shares": 1}, 0.1),
    ("instagram", "feed", "full", {"likes": 4, "comments": 3, "saves": 2}, "missing_components"),
    ("instagram", "feed", "full", {"likes": 4, "comments": 3, "private": 2}, "missing_components"),
    ("instagram", "feed", "public", {"likes": 4, "comments": 3, "saves": 2, "shares": 1}, 0.07),
    ("tiktok", "feed", "full", {"likes": 4, "comments": 3, "shares": 1, "saves": 1, "private": 1}, 0.1),
    ("tiktok", "feed", "full", {"likes": 4, "comments": 3, "shares": 1, "saves": 2}, "missing_components"),
    ("instagram", "reel", "public", {"likes": 4, "comments": 3}, 0.07),
    ("instagram", "story", None, {"likes": 4, "comments": 3, "shares": 2, "private": 1}, 0.1),
    ("instagram", "story", "public", {"comments": 3, "private": 1}, 0.04),
    ("instagram", "story", None, {"comments": 3}, 0.03),
    ("instagram", "story", None, {"saves": 3}, "no_rate"),
    ("instagram", "story", None, {"comments": 3, "base": NAN}, "no_base"),
    ("instagram", "feed", None, {"likes": NAN, "comments": NAN}, "no_rate"),
]


@pytest.mark.parametrize(("platform", "format", "components", "counts", "expected"), BASES)
def test_what_is_summed(
    platform: str, format: str, components: str | None, counts: dict[str, float], expected: float | str
):
    found = from_posts(one_post(**counts), 1, platform=platform, format=format, components=components)
    if isinstance(expected, str):
        assert REASONS[found.reason[0]] == expected
    else:
        assert found.value[0] == pytest.approx(expected)
    assert found.basis.components == ("full" if format == "story" else components or "public")


def test_every_post_counts_or_is_left_out_for_a_reason():
    rows = [
        (0, 1.0, 1.0, 100.0, False),
        (0, NAN, 1.0, 100.0, False),
        (0, 91.0, 1.0, 100.0, False),
        (0, 4.0, NAN, 100.0, False),
        (0, 5.0, 1.0, 0.0, False),
        (0, 6.0, 1.0, 100.0, False),
        (0, 7.0, 1.0, 100.0, False),
        (0, 8.0, 1.0, 100.0, False),
        (0, 9.0, 1.0, 100.0, True),
    ]
    out = left_out(posts(*rows), 2, platform="instagram", last=4)
    found = {why: int(number[0]) for why, number in out.items() if number[0]}
    assert found == {"undated": 1, "young": 1, "old": 1, "not_among_last": 1, "hidden_likes": 1, "no_base": 1}
    assert sum(int(number[1]) for number in out.values()) == 0
    paid = left_out(posts(*rows), 2, platform="instagram", sponsored=True)
    assert sum(int(number[0]) for number in paid.values()) == 0


@given(
    st.lists(
        st.tuples(
            st.integers(0, 2),
            st.one_of(st.just(NAN), st.floats(0, 120)),
            st.sampled_from([NAN, 0.0, 1.0, 7.0]),
            st.sampled_from([NAN, 0.0, 100.0]),
            st.booleans(),
        ),
        min_size=1,
        max_size=40,
    ),
    st.integers(1, 15),
    st.booleans(),
    st.sampled_from(["median", "mean"]),
)
def test_never_nan_without_a_reason_and_all_posts_accounted_for(
    rows: list[tuple[int, float, float, float, bool]], last: int, sponsored: bool, statistic: str
):
    options = {"platform": "instagram", "last": last, "sponsored": sponsored}
    found = from_posts(posts(*rows), 3, statistic=statistic, **options)
    assert np.array_equal(np.isnan(found.value), found.reason != 0)
    assert np.array_equal(found.n == 0, found.reason != 0)
    out = sum(left_out(posts(*rows), 3, **options).values())
    own = [sum(1 for row in rows if row[0] == account and row[4] == sponsored) for account in range(3)]
    assert (out + found.n).tolist() == own


def test_accounts_stand_apart():
    found = from_posts(
        posts((2, 5.0, 1.0, 100.0, False), (0, 5.0, 3.0, 100.0, False)), 3, platform="instagram"
    )
    assert found.value[[0, 2]].tolist() == [0.03, 0.01]
    assert [REASONS[code] for code in found.reason] == ["", "no_posts", ""]


def test_an_unknown_statistic_is_an_error():
    with pytest.raises(ValueError, match="statistic"):
        rate([(0, 5.0, 1.0, 100.0, False)], statistic="mode")


def test_sponsored_against_organic():
    rows = posts((0, 5.0, 4.0, 100.0, False), (0, 5.0, 3.0, 100.0, True), (1, 5.0, 0.0, 100.0, False))
    organic = from_posts(rows, 2, platform="instagram")
    paid = from_posts(rows, 2, platform="instagram", sponsored=True)
    performance = sponsored_performance(paid, organic)
    assert performance[0] == pytest.approx(0.75)
    assert np.isnan(performance[1])


def test_rates_of_two_bases_have_no_quotient():
    one = from_posts(posts((0, 5.0, 4.0, 100.0, False)), 1, platform="instagram")
    other = from_posts(posts((0, 5.0, 4.0, 100.0, False)), 1, platform="instagram", format="reel")
    with pytest.raises(ValueError, match="basis"):
        sponsored_performance(one, other)


@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.floats(0, 120), st.integers(0, 50), st.booleans()),
        min_size=1,
        max_size=60,
    ),
    st.randoms(),
)
def test_equals_plain_python_in_any_order(rows: list[tuple[int, float, int, bool]], random: object):
    full = [(account, age, float(likes), 100.0, sponsored) for account, age, likes, sponsored in rows]
    random.shuffle(full)
    found = from_posts(posts(*full), 3, platform="instagram")
    for account in range(3):
        own = sorted(
            (age, likes / 100)
            for who, age, likes, _, paid in full
            if who == account and not paid and 3 <= age <= 90
        )[:12]
        assert found.n[account] == len(own)
        if own:
            assert found.value[account] == pytest.approx(median(value for _, value in own))
        else:
            assert np.isnan(found.value[account])
