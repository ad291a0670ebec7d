"""Real tweets and reviews that were not fitted on: how many are labelled right.

The short form holds out a quarter of one kind at a time; the long one is `elci evaluate sentiment`.
"""

import time
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from scoring.sentiment import label
from scoring.sentiment.evaluation import Result, by_group, by_split
from scoring.sentiment.features import counts
from scoring.sentiment.language import ascii_copy, detect
from scoring.sentiment.measures import figures
from scoring.sentiment.splits import groups, held_out
from scoring.sentiment.text import read
from scoring.sentiment.training import Examples, fitted_once, joined
from service.mentions.sentiment.reading import Labelled, read_labelled

FILES = {
    "tweets": ("tr_tweets_universities.tsv", "text", "label", None),
    "reviews": ("tr_store_reviews.csv", "Görüş", "Durum", None),
    "airlines": ("en_airline_tweets.csv", "text", "airline_sentiment", "airline"),
    "brands": (
        "en_sxsw_brand_tweets.csv",
        "tweet_text",
        "is_there_an_emotion_directed_at_a_brand_or_product",
        None,
    ),
}


@cache
def _read(folder: Path, kind: str) -> Labelled:
    name, text, said, group = FILES[kind]
    return read_labelled([(folder / "sentiment" / name).read_bytes()], text=text, label=said, group=group)


@pytest.mark.parametrize(
    ("kind", "language", "macro_f1", "polar"),
    [("tweets", "tr", 0.58, 0.70), ("reviews", "tr", 0.66, 0.90), ("airlines", "en", 0.71, 0.90)],
)
def test_unseen_texts(real_data: Path, kind: str, language: str, macro_f1: float, polar: float) -> None:
    """At most 5,000 rows and one split, for the time it takes: somewhat below the means of all."""
    held = _read(real_data, kind)
    some = np.random.default_rng(1).permutation(len(held.texts))[:5_000]
    whole = Examples.of(held.readings, held.classes, kind)
    examples = whole.take(some)
    away = held_out(groups(examples.readings), 0.2, 0)
    kept, tested = examples.take(~away), examples.take(away)
    model = fitted_once(counts(kept.readings, language), kept, language)
    found = figures(model.predict(tested.readings)[0], tested.classes, language)
    print(kind, found)
    assert found.macro_f1 >= macro_f1
    assert found.polar_accuracy is not None
    assert found.polar_accuracy >= polar


def test_languages(real_data: Path) -> None:
    rng = np.random.default_rng(0)
    for kind, language in (("tweets", "tr"), ("reviews", "tr"), ("airlines", "en"), ("brands", "en")):
        texts = [
            _read(real_data, kind).texts[at]
            for at in rng.integers(len(_read(real_data, kind).texts), size=500)
        ]
        for copy in (texts, [ascii_copy(text) for text in texts]):
            assert np.mean([each == language for each in detect(copy).languages]) > 0.98


def test_a_thousand_real_mentions_take_no_second(real_data: Path) -> None:
    texts = [*_read(real_data, "reviews").texts[:500], *_read(real_data, "brands").texts[:500]]
    label(["ilk", "first"], ["tr", "en"])
    started = time.process_time()
    found = label(texts)
    assert time.process_time() - started < 1.0
    assert np.mean([each == "abstain" for each in found.label]) < 0.3


def _all(folder: Path, *kinds: str) -> tuple[list[str], Examples]:
    read_ = [_read(folder, kind) for kind in kinds]
    parts = [Examples.of(held.readings, held.classes, kind) for held, kind in zip(read_, kinds, strict=True)]
    return [text for held in read_ for text in held.texts], joined(parts)


def _means(results: list[Result], kind: str) -> dict[str, float]:
    mine = [each for each in results if each.kind == kind]
    made = {
        "macro_f1": float(np.mean([each.figures.macro_f1 for each in mine])),
        "ascii": float(np.mean([each.macro_f1_ascii for each in mine])),
        "polar": float(np.mean([each.figures.polar_accuracy or 0.0 for each in mine])),
        "bias": float(np.mean([each.net_bias for each in mine])),
        "worst": min(each.figures.macro_f1 for each in mine),
    }
    print(kind, made)
    return made


def _overall_bias(results: list[Result]) -> float:
    """Over all texts of all splits; one split of one kind has a sampling error of about .05."""
    rows = [each.figures.rows for each in results]
    return float(np.average([each.net_bias for each in results], weights=rows))


@pytest.mark.long
def test_turkish_over_three_splits(real_data: Path) -> None:
    results = by_split(*_all(real_data, "tweets", "reviews"), "tr", seeds=3)
    tweets, reviews = _means(results, "tweets"), _means(results, "reviews")
    assert tweets["macro_f1"] >= 0.61
    assert reviews["macro_f1"] >= 0.69
    assert reviews["polar"] >= 0.905
    for each in (tweets, reviews):
        assert each["ascii"] >= each["macro_f1"] - 0.01
    assert abs(_overall_bias(results)) <= 0.05


@pytest.mark.long
def test_english_over_three_splits(real_data: Path) -> None:
    results = by_split(*_all(real_data, "airlines", "brands"), "en", seeds=3)
    airlines = _means(results, "airlines")
    assert airlines["macro_f1"] >= 0.76
    assert abs(_overall_bias(results)) <= 0.05


@pytest.mark.long
def test_an_airline_that_was_never_seen(real_data: Path) -> None:
    texts, examples = _all(real_data, "airlines")
    found = _means(by_group(texts, examples, _read(real_data, "airlines").groups, "en"), "airlines")
    assert found["macro_f1"] >= 0.74
    assert found["worst"] >= 0.72


def test_reading_loses_no_row_that_says_something(real_data: Path) -> None:
    for kind, rows in (("tweets", 5_700), ("reviews", 9_100), ("airlines", 12_400), ("brands", 8_900)):
        assert len(_read(real_data, kind).texts) > rows
    assert read("").empty
