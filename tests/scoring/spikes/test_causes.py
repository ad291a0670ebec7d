from collections import Counter

import numpy as np
import pytest

from scoring.spikes import Polarity, Sample, cause

WORDS = [f"word{number}" for number in range(300)]


def _draw(mentions: int, seed: int, more: dict[str, float] | None = None) -> Sample:
    """Mentions of eight words each by Zipf, and of some more words by their chance."""
    draw = np.random.default_rng(seed)
    weights = 1 / np.arange(1, len(WORDS) + 1)
    terms: Counter[str] = Counter()
    for _ in range(mentions):
        terms.update(set(draw.choice(WORDS, 8, p=weights / weights.sum())))
        terms.update(word for word, chance in (more or {}).items() if draw.random() < chance)
    return Sample(mentions, terms)


def test_what_is_new_leads_and_what_is_common_does_not():
    found = cause(_draw(80, 1, {"gecikti": 0.5, "word40": 0.4}), _draw(2_000, 2), expected=20)
    first, second = found.terms[:2]
    # Of a word that nobody used before z is the less sure, though it tells more.
    assert (first.term, second.term, first.z < second.z) == ("gecikti", "word40", True)
    assert first.share == pytest.approx(0.5, abs=0.15)
    assert first.share_before == 0


@pytest.mark.parametrize("seed", range(5))
def test_of_the_same_words_nothing_stands_out(seed):
    found = cause(_draw(100, 10 + seed), _draw(2_000, 20 + seed), expected=20)
    assert len(found.terms) <= 2
    assert all(term.z < 4 for term in found.terms)


def test_without_a_past_nothing_is_compared():
    found = cause(_draw(50, 3), Sample(0), expected=5)
    assert (found.terms, found.net, found.shift, found.shift_z) == ((), None, None, None)


def test_sources_and_authors_by_what_came_on_top():
    before = Sample(1_000, sources={"x": 700, "news": 300}, authors={"loud": 50})
    now = Sample(100, sources={"news": 86, "x": 14}, authors={"loud": 3, "bot": 40, "one": 1})
    found = cause(now, before, expected=20)
    assert [(place.name, round(place.excess, 3)) for place in found.sources] == [("news", 1.0)]
    assert [place.name for place in found.authors] == ["bot", "loud"]
    assert (found.authors[0].share, found.authors[0].share_before) == (0.4, 0.0)


def test_a_shift_of_sentiment_with_its_error():
    before = Sample(500, polarity=Polarity(120, 80, 300))
    worse = cause(Sample(60, polarity=Polarity(5, 45, 10)), before, expected=10)
    assert (worse.net, worse.net_before, round(worse.shift, 2)) == (-0.8, 0.2, -1.0)
    assert worse.shift_z < -5
    agreed = cause(Sample(9, polarity=Polarity(0, 9, 0)), Sample(9, polarity=Polarity(0, 9, 0)), expected=3)
    assert (agreed.shift, agreed.shift_z) == (0.0, 0.0)


def test_no_more_terms_than_wanted():
    many = {f"new{number}": 0.5 for number in range(20)}
    assert len(cause(_draw(80, 1, many), _draw(500, 2), expected=20, limit=4).terms) == 4


@pytest.mark.parametrize(("mentions", "expected"), [(0, 1.0), (1, -1.0)])
def test_bad_arguments_are_refused(mentions, expected):
    with pytest.raises(ValueError, match="mentions"):
        cause(Sample(mentions), Sample(0), expected=expected)


def test_one_word_alone_is_no_error():
    assert cause(Sample(5, {"tek": 5}), Sample(0), expected=1.0).terms == ()
    assert cause(Sample(5, {"tek": 5}), Sample(5, {"tek": 5}), expected=1.0).terms == ()
