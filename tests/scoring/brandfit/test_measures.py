import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from scoring.brandfit.measures import figures


def test_auc_is_the_mean_over_brands_of_the_library_s():
    rng = np.random.default_rng(0)
    scores, truth = rng.integers(0, 9, (20, 70)).astype(float), rng.random((20, 70)) < 0.2
    expected = np.mean([roc_auc_score(t, s) for t, s in zip(truth, scores, strict=True)])
    assert figures(scores, truth).auc == pytest.approx(expected, rel=1e-12)


def test_recall_is_the_share_of_the_own_that_stand_in_front():
    scores = -np.arange(60.0)[None].repeat(2, axis=0)
    truth = np.zeros((2, 60), dtype=np.bool_)
    truth[0, [0, 9, 10, 49, 50]] = True
    truth[1, [30]] = True
    found = figures(scores, truth)
    assert found.recall_10 == pytest.approx((2 / 5 + 0) / 2)
    assert found.recall_50 == pytest.approx((4 / 5 + 1) / 2)


def test_equal_scores_are_worth_a_coin():
    assert figures(np.zeros((1, 4)), np.array([[True, False, False, True]])).auc == 0.5


def test_brands_without_a_choice_are_left_out():
    scores = np.array([[2.0, 1.0], [1.0, 2.0], [1.0, 2.0]])
    truth = np.array([[True, False], [False, False], [True, True]])
    assert figures(scores, truth).auc == 1.0
    with pytest.raises(ValueError, match="no brand"):
        figures(scores[1:], truth[1:])
