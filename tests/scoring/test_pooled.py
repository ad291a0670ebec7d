import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.pooled import pooled
from scoring.posts import Posts
from scoring.scores import REASONS

NAN = float("nan")
COUNT = st.sampled_from([NAN, 0.0, 3.0, 40.0])


def posts(*rows: tuple[int, float, float, float]) -> Posts:
    """Rows: campaign, likes, comments, base."""
    account, likes, comments, base = (np.array(column) for column in zip(*rows, strict=True))
    counts = {"likes": likes.astype(float), "comments": comments.astype(float)}
    size = len(rows)
    return Posts(account, np.zeros(size), counts, base.astype(float), np.ones(size, dtype=bool))


def test_large_posters_weigh_as_much_as_they_have_followers():
    found = pooled(posts((0, 10, 0, 100), (0, 10, 0, 900), (1, 5, 5, 100)), 2, platform="instagram")
    assert found.value.tolist() == [0.02, 0.1]
    assert found.n.tolist() == [2.0, 1.0]
    assert (found.statistic, found.basis.base) == ("pooled", "followers")


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([(1, 1, 1, 1)], "no_posts"),
        ([(0, NAN, 1, 1)], "hidden_likes"),
        ([(0, 1, NAN, 1)], "missing_components"),
        ([(0, 1, 1, 0)], "no_base"),
        ([(0, NAN, NAN, 1)], "no_rate"),
    ],
)
def test_null_says_why(rows: list[tuple[int, float, float, float]], reason: str):
    found = pooled(posts(*rows), 2, platform="instagram")
    assert np.isnan(found.value[0])
    assert REASONS[found.reason[0]] == reason


@given(st.lists(st.tuples(st.integers(0, 2), COUNT, COUNT, COUNT), min_size=1, max_size=30))
def test_equals_plain_sums_and_is_never_nan_without_a_reason(rows: list[tuple[int, float, float, float]]):
    found = pooled(posts(*rows), 3, platform="instagram")
    assert np.array_equal(np.isnan(found.value), found.reason != 0)
    for campaign in range(3):
        own = [row[1:] for row in rows if row[0] == campaign and row[1] == row[1] and row[2] == row[2]]
        own = [row for row in own if row[2] > 0]
        assert found.n[campaign] == len(own)
        if own:
            expected = sum(likes + comments for likes, comments, _ in own) / sum(base for *_, base in own)
            assert found.value[campaign] == pytest.approx(expected)
