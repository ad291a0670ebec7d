"""Brands that were not fitted on find their own influencers in a pool of 797, not fitted on either."""

from pathlib import Path

import pytest

from scoring.brandfit.evaluation import METHODS, Evaluation, evaluate_files


@pytest.fixture(scope="module")
def found(real_data: Path) -> Evaluation:
    return evaluate_files(str(real_data / "brand_pairs" / "brand_features_train.npz"), repetitions=1)


def test_unseen_brands_find_their_own_influencers(found: Evaluation):
    for method in METHODS:
        print(f"{method:8} AUC {found.mean(method).auc:.3f}", end="  ")
        print(f"R@10 {found.mean(method).recall_10:.3f}  R@50 {found.mean(method).recall_50:.3f}")
    learned = found.mean("learned")
    assert learned.auc >= 0.83
    assert learned.recall_10 >= 0.16
    assert learned.recall_50 >= 0.45


def test_a_random_order_finds_what_chance_finds(found: Evaluation):
    random = found.mean("random")
    assert abs(random.auc - 0.5) < 0.03
    assert abs(random.recall_10 - 10 / 797) < 0.02
    assert abs(random.recall_50 - 50 / 797) < 0.03


def test_learning_adds_to_the_plain_sum_and_the_sum_to_topics_alone(found: Evaluation):
    assert found.mean("learned").auc > found.mean("sum").auc + 0.01
    assert found.mean("sum").recall_10 > found.mean("topics").recall_10 + 0.02
