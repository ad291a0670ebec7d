import numpy as np
import pytest

from scoring.profiles import FEATURES, Profiles, digit_ratio, features


def test_what_cannot_be_is_unknown():
    made = Profiles.of(2, followers=[-1, 5], digit_ratio=[1.2, 0.5], has_picture=[True, False])
    assert made.followers.tolist() == pytest.approx([np.nan, 5.0], nan_ok=True)
    assert made.digit_ratio.tolist() == pytest.approx([np.nan, 0.5], nan_ok=True)
    assert made.has_picture.tolist() == [1.0, 0.0]
    assert np.isnan(made.posts).all()


@pytest.mark.parametrize("columns", [{"folowers": [1, 2]}, {"followers": [1]}])
def test_wrong_columns(columns: dict[str, list[int]]):
    with pytest.raises(ValueError, match="profiles"):
        Profiles.of(2, **columns)


def test_features():
    made = Profiles.of(1, followers=[99], following=[999], posts=[0], bio_length=[10], name_words=[2])
    row = dict(zip(FEATURES, features(made)[0], strict=True))
    assert row["ln_followers"] == pytest.approx(np.log(100))
    assert row["ln_excess_following"] == pytest.approx(np.log(10))
    assert row["ln_posts"] == 0.0
    assert np.isnan(row["has_picture"])


def test_nobody_is_odd_for_being_followed():
    made = Profiles.of(1, followers=[1e6], following=[10])
    assert features(made)[0, FEATURES.index("ln_excess_following")] == 0.0


def test_without():
    made = Profiles.of(1, followers=[1], posts=[2]).without("posts")
    assert made.known().tolist() == [[1.0, 0, 0, 0, 0, 0, 0]]


@pytest.mark.parametrize(
    ("handle", "ratio"),
    [("@user1234", 0.5), ("ayşe", 0.0), ("2024", 1.0), ("", None), ("@", None)],
)
def test_digit_ratio(handle: str, ratio: float | None):
    assert digit_ratio(handle) == ratio
