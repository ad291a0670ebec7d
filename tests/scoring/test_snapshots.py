import numpy as np

from scoring.snapshots import nearest


def test_nearest_snapshot():
    account = np.array([0, 0, 0, 1, 2])
    at = np.array([1.0, 5.0, 99.0, 5.0, 5.0])
    snapshots = np.array([1, 0, 0]), np.array([100.0, 0.0, 10.0]), np.array([7.0, 1.0, 2.0])
    found = nearest(account, at, *snapshots)
    assert found[:4].tolist() == [1.0, 1.0, 2.0, 7.0]  # as near: the earlier
    assert np.isnan(found[4])


def test_nearest_without_snapshots():
    none = np.array([], dtype=np.int64), np.array([]), np.array([])
    assert np.isnan(nearest(np.array([0]), np.array([1.0]), *none)).all()
