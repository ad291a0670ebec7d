import numpy as np

from scoring.brandfit.pairs import Laid, distinct_pairs


def laid(pairs: list[tuple[int, int]], influencers: int = 6) -> Laid:
    y = np.arange(influencers, dtype=float)[:, None]
    return Laid(np.zeros((3, 1)), np.zeros((2, 3, 1)), y, distinct_pairs(pairs, 3, influencers))


def named(data: Laid) -> set[tuple[int, int]]:
    """The pairs by whom they name, wherever these stand now."""
    return {(int(b), int(data.y[i, 0])) for b, i in data.pairs}


def test_choices_are_shares_of_the_brands_that_chose():
    choices = laid([(0, 1), (0, 4), (2, 5)]).choices()
    assert choices.chosen.tolist() == [[0, 0.5, 0, 0, 0.5, 0], [0, 0, 0, 0, 0, 1]]
    assert choices.bases.shape == (2, 2, 1)


def test_rivals_keep_the_chosen():
    fewer = laid([(0, 1), (2, 5)]).rivals(3, np.random.default_rng(0))
    assert len(fewer.y) == 3
    assert named(fewer) == {(0, 1), (2, 5)}


def test_more_chosen_than_rivals_are_all_kept():
    assert len(laid([(0, 1), (1, 2), (2, 5)]).rivals(1, np.random.default_rng(0)).y) == 3


def test_nobody_stands_on_both_sides_of_a_split():
    fitted, unseen = laid([(0, 1), (0, 2), (1, 2), (1, 3), (2, 4)]).split(np.array([0]))
    assert named(fitted) == {(1, 3), (2, 4)}
    assert named(unseen) == {(0, 1), (0, 2)}
    assert not set(fitted.y.ravel()) & set(unseen.y.ravel())
