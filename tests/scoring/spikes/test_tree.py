import numpy as np
import pytest

from scoring.spikes import tree

HOURS = tree.DAYS * tree.HOURS


def _priors() -> tree.Priors:
    def one(*variances: float):
        return tree.kernel(*(np.array(each) for each in variances))

    return tree.Priors(root=one(1.0, 1.0, 0.01), kind=one(0.1, 0.05, 0.002), day=one(0.01, 0.01, 0.001))


def _covariance(priors: tree.Priors) -> np.ndarray:
    """Of all 168 hours at once, straight from the definition."""
    whole = np.zeros((HOURS, HOURS))
    for one in range(tree.DAYS):
        for other in range(tree.DAYS):
            block = priors.root + (priors.kind if (one < 5) == (other < 5) else 0)
            block = block + (priors.day if one == other else 0)
            whole[one * 24 : one * 24 + 24, other * 24 : other * 24 + 24] = block
    return whole


@pytest.fixture
def working():
    draw = np.random.default_rng(4)
    weight = draw.gamma(2, 10, (tree.DAYS, tree.HOURS))
    weight[2, 3:9] = 0
    return weight, weight * draw.normal(0, 1, (tree.DAYS, tree.HOURS))


def test_the_tree_is_the_regression_of_all_hours_at_once(working):
    weight, info = working
    whole = _covariance(_priors())
    spread = np.linalg.inv(np.eye(HOURS) + whole * weight.ravel()) @ whole
    found = tree.posterior(_priors(), weight, info)
    np.testing.assert_allclose(found.mean.ravel(), spread @ info.ravel(), atol=1e-9)
    np.testing.assert_allclose(found.variance.ravel(), np.diag(spread), atol=1e-9)


def test_evidence_is_that_of_all_hours_at_once(working):
    weight, info = working
    whole = _covariance(_priors())
    inner = np.eye(HOURS) + whole * weight.ravel()
    spread = np.linalg.inv(inner) @ whole
    expected = 0.5 * info.ravel() @ spread @ info.ravel() - 0.5 * np.linalg.slogdet(inner)[1]
    assert float(tree.evidence(_priors(), weight, info)) == pytest.approx(expected, abs=1e-6)


def test_queries_side_by_side_do_not_meet(working):
    weight, info = working
    alone = tree.posterior(_priors(), weight, info)
    both = tree.posterior(_priors(), np.stack([weight, weight * 2]), np.stack([info, info * 5]))
    np.testing.assert_allclose(both.mean[0], alone.mean, atol=1e-12)
    np.testing.assert_allclose(both.variance[0], alone.variance, atol=1e-12)
