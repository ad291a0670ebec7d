"""A model learns what it is shown, says how sure it is, and comes back from its bytes as it was."""

from dataclasses import replace

import numpy as np
import pytest

from scoring.sentiment.evaluation import by_group, by_split
from scoring.sentiment.features import counts
from scoring.sentiment.linear import BadModel, dump, load
from scoring.sentiment.text import read
from scoring.sentiment.training import Examples, Fitted, TooFew, decided, fit, fitted_once, joined

# Invented words, so that neither praise nor blame is known of them.
SAID = (("zort", "mırk"), ("plov", "dunt"), ("fiğ", "sulp"))
FILL = ("araba", "deniz", "kalem", "masa", "okul", "bulut", "çorba", "perde")


def _texts(rows: int, seed: int, noise: float = 0.15) -> tuple[list[str], list[int]]:
    rng = np.random.default_rng(seed)
    texts, classes = [], []
    for row in range(rows):
        said = int(rng.integers(3))
        shown = said if rng.random() > noise else int(rng.integers(3))
        words = [*rng.choice(FILL, 3), rng.choice(SAID[shown]), f"{'abcdefghij'[row % 10]}{seed}"]
        texts.append(" ".join(map(str, words)))
        classes.append(said)
    return texts, classes


def _examples(rows: int = 360, seed: int = 0, kind: str = "notes") -> Examples:
    texts, classes = _texts(rows, seed)
    return Examples.of([read(text) for text in texts], classes, kind)


@pytest.fixture(scope="module")
def fitted() -> Fitted:
    return fit(joined([_examples(), _examples(240, 1, "letters")]), "tr")


def test_learns_what_it_is_shown(fitted: Fitted) -> None:
    likely, shares = fitted.model.predict([read("masa zort"), read("deniz plov"), read("okul fiğ")])
    assert decided(likely).tolist() == [0, 1, 2]
    assert likely.sum(axis=1) == pytest.approx(np.ones(3))
    assert shares.sum(axis=1) == pytest.approx(np.ones(3))


def test_a_fifth_of_wrong_rows_is_heard_in_the_confidence(fitted: Fitted) -> None:
    """Nine of ten rows say what they mean: on unseen rows the model is as sure as it is right."""
    examples = joined([_examples(), _examples(240, 1, "letters")])
    hits = fitted.likely.argmax(axis=1) == examples.classes
    assert abs(fitted.likely.max(axis=1).mean() - hits.mean()) < 0.06
    assert fitted.confusion.sum() == len(examples)


def test_the_same_rows_make_the_same_bytes() -> None:
    examples = _examples(90)
    found = counts(examples.readings, "tr")
    first, second = (dump(fitted_once(found, examples, "tr")) for _ in range(2))
    assert first == second


def test_comes_back_from_its_bytes(fitted: Fitted) -> None:
    back = load(dump(fitted.model))
    texts = [read("masa zort"), read("")]
    np.testing.assert_array_equal(back.predict(texts)[0], fitted.model.predict(texts)[0])
    assert (back.language, back.kinds) == ("tr", ("notes", "letters"))


def test_other_bytes_are_no_model(fitted: Fitted) -> None:
    whole = dump(fitted.model)
    for data in (b"", b"no zip", whole[: len(whole) // 2], dump(replace(fitted.model, sharpness=np.ones(3)))):
        with pytest.raises(BadModel):
            load(data)


def test_corrections_change_what_is_said() -> None:
    examples = _examples()
    texts = [read(f"masa zort {letter}") for letter in "abcdefghij"]
    corrected = examples.corrected(texts, [2] * 10, 20.0)
    before, after = (
        fitted_once(counts(each.readings, "tr"), each, "tr").predict(texts)[0]
        for each in (examples, corrected)
    )
    assert decided(before).tolist() == [0] * 10
    assert decided(after).tolist() == [2] * 10


def test_too_few_rows_of_a_class() -> None:
    examples = Examples.of(
        [read("zort")] * 30 + [read("plov")] * 30 + [read("fiğ")] * 5, [0] * 30 + [1] * 30 + [2] * 5
    )
    with pytest.raises(TooFew, match="5 positive"):
        fit(examples, "tr")


def test_evaluation_holds_out() -> None:
    texts, classes = _texts(400, 2)
    examples = Examples.of([read(text) for text in texts], classes, "notes")
    (found,) = by_split(texts, examples, "tr", seeds=1)
    assert 0.75 < found.figures.macro_f1 < 0.97
    assert found.macro_f1_ascii == found.figures.macro_f1
    assert abs(found.net_bias) < 0.2
    values = ["one" if at % 2 else "two" for at in range(len(texts))]
    assert [each.held_out for each in by_group(texts, examples, values, "tr")] == ["one", "two"]
