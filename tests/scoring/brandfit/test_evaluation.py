from pathlib import Path

import numpy as np
import pytest

from scoring.brandfit.evaluation import METHODS, SUFFIXES, Pairs, evaluate_files, folds
from tests.scoring.brandfit.worlds import World, world


def pairs_of(made: World) -> Pairs:
    return Pairs(made.brands, made.influencers, made.pairs)


def write(path: Path, *sets: tuple[str, World], leave_out: str = "") -> str:
    arrays = {}
    for prefix, made in sets:
        other = np.zeros((len(made.pairs), 1), dtype=np.int64)
        values = (
            made.brands.topics,
            made.brands.hashtags,
            made.influencers.topics,
            made.influencers.hashtags,
            np.hstack([made.pairs, other]),
        )
        arrays |= {prefix + suffix: value for suffix, value in zip(SUFFIXES, values, strict=True)}
    np.savez(path, **{name: value for name, value in arrays.items() if name != leave_out})
    return str(path)


def test_every_brand_is_left_out_once_and_the_pool_is_exact_and_holds_its_own():
    data = pairs_of(world())
    parts = list(folds(data, count=5, pool=120, seed=3))
    assert sorted(np.concatenate([brands for brands, _ in parts]).tolist()) == list(range(60))
    for brands, pool in parts:
        own = set(data.pairs[np.isin(data.pairs[:, 0], brands), 1].tolist())
        assert len(pool) == len(set(pool.tolist())) == 120
        assert own <= set(pool.tolist())


def test_nothing_of_the_pool_is_fitted_on():
    data = pairs_of(world())
    for brands, pool in folds(data, pool=120):
        left = data.without(brands, pool)
        kept = np.setdiff1d(np.arange(300), pool)
        assert (len(left.brands), len(left.influencers)) == (60 - len(brands), 180)
        assert np.array_equal(left.influencers.hashtags, data.influencers.hashtags[kept])
        assert not np.isin(kept[left.pairs[:, 1]], pool).any()


def test_pairs_name_the_same_rows_when_others_are_taken_out():
    data = pairs_of(world())
    left = data.without(np.array([0, 30]), np.array([5]))
    mine, theirs = np.setdiff1d(np.arange(60), [0, 30]), np.setdiff1d(np.arange(300), [5])
    back = {(int(mine[b]), int(theirs[i])) for b, i in left.pairs}
    assert back == {(int(b), int(i)) for b, i in data.pairs if b not in (0, 30) and i != 5}


def test_seeds_give_other_folds_and_equal_seeds_the_same():
    data = pairs_of(world())
    first, again, other = (next(folds(data, pool=120, seed=s))[0].tolist() for s in (1, 1, 2))
    assert first == again != other


@pytest.mark.parametrize(("count", "pool"), [(61, 120), (1, 120), (5, 5), (5, 301)])
def test_folds_that_cannot_be(count: int, pool: int):
    with pytest.raises(ValueError, match=r"fold|pool"):
        list(folds(pairs_of(world()), count=count, pool=pool))


def test_one_file_is_folded(tmp_path: Path):
    found = evaluate_files(write(tmp_path / "one.npz", ("any", world())), pool=120, repetitions=2)
    assert found.protocol == "folds"
    assert {method: len(runs) for method, runs in found.runs.items()} == dict.fromkeys(METHODS, 2)
    assert abs(found.mean("random").auc - 0.5) < 0.05
    assert found.mean("learned").auc > 0.9
    assert found.deviation("random").auc > 0


def test_a_test_file_is_ranked_whole_and_alike_from_one_file_with_both(tmp_path: Path):
    seen, other = world(), world(seed=1, brands=15, influencers=100)
    train, test = write(tmp_path / "a.npz", ("x", seen)), write(tmp_path / "b.npz", ("y", other))
    both = write(tmp_path / "both.npz", ("train", seen), ("test", other))
    found = evaluate_files(train, test)
    assert found.protocol == "test"
    assert found.mean("learned").auc > 0.95
    assert found.deviation("learned").auc == 0
    assert evaluate_files(both, both) == found


def test_files_that_are_no_sets(tmp_path: Path):
    text = tmp_path / "text.npz"
    text.write_text("brand,influencer\n")
    np.save(tmp_path / "one.npy", np.ones(3))
    np.savez(tmp_path / "pickled.npz", train_brand_lda=np.array([{}], dtype=object))
    lacking = write(tmp_path / "lacking.npz", ("train", world()), leave_out="train_inf_tag")
    two = write(tmp_path / "two.npz", ("a", world()), ("b", world()))
    for path in (str(text), str(tmp_path / "one.npy"), str(tmp_path / "pickled.npz"), lacking, two):
        with pytest.raises(ValueError, match="no set of brands and influencers"):
            evaluate_files(path)


def test_triplets_that_are_no_rows(tmp_path: Path):
    path = write(tmp_path / "one.npz", ("a", world()))
    with np.load(path) as arrays:
        whole = dict(arrays)
    np.savez(path, **(whole | {"a_triplets": np.full((2, 3), 0.5)}))
    with pytest.raises(ValueError, match="whole numbers"):
        evaluate_files(path)
    np.savez(path, **(whole | {"a_triplets": np.full((2, 3), 999)}))
    with pytest.raises(ValueError, match="beyond 60 brands"):
        evaluate_files(path)


def test_a_file_that_is_not_there(tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        evaluate_files(str(tmp_path / "none.npz"))
