"""Counts are those of scikit-learn's own analyzers, before hashing; ASCII copies share their columns."""

import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer

from scoring.content.features import LETTERS, TEXT_COLUMNS, tag_counts, text_counts
from scoring.content.text import Document, of_brief, of_influencer, words

TEXTS = ["Kahve tarifi ve kahve keyfi", "a bb ccc", "Evde pişen ŞIK kahvaltı", "", "🙏 ✨"]


@pytest.mark.parametrize("text", ["kahve tarifi ve kahve keyfi", "a bb ccc", "abcdefghij"])
def test_letters_are_those_of_char_wb(text: str) -> None:
    counts = text_counts([Document(text)])
    analyzer = CountVectorizer(analyzer="char_wb", ngram_range=(2, 5)).build_analyzer()
    # Hashing may join two n-grams in a column, but loses none of them.
    assert counts[:, :LETTERS].sum() == len(analyzer(text))
    pairs = CountVectorizer(analyzer="word", ngram_range=(1, 2), token_pattern=r"\w+").build_analyzer()
    assert counts[:, LETTERS:].sum() == len(pairs(text))


def test_a_text_costs_the_same_alone_and_among_others() -> None:
    together = text_counts([Document(text) for text in TEXTS]).toarray()
    alone = np.vstack([text_counts([Document(text)]).toarray() for text in TEXTS])
    np.testing.assert_array_equal(together, alone)
    assert together.shape == (len(TEXTS), TEXT_COLUMNS)
    assert not together[3:].any()


def test_ascii_turkish_shares_the_columns_of_its_copy() -> None:
    turkish, ascii_copy = text_counts([Document("pişmiş kahvaltı"), Document("pismis kahvalti")]).toarray()
    assert ((turkish > 0) >= (ascii_copy > 0)).all()
    assert turkish.sum() > ascii_copy.sum()


def test_capitals_do_not_count() -> None:
    upper, lower = text_counts([Document("IŞIK İÇKİN"), Document("ışık içkin")]).toarray()
    np.testing.assert_array_equal(upper, lower)


def test_hashtags_are_counted_by_use() -> None:
    counts = tag_counts([Document("", ("CiltBakımı", "ciltbakimi", "moda")), Document("")])
    assert sorted(counts[[0]].data.tolist()) == [1.0, 2.0]
    assert counts[[1]].nnz == 0


def test_an_influencer_s_text_is_bounded_and_takes_the_newest_first() -> None:
    made = of_influencer("bio", ["food"], ["new " * 400, "old " * 400])
    assert len(made.text) == 2_000
    assert made.text.startswith("bio\nfood\nnew")
    assert made.text.count("old") < 100


def test_hashtags_come_from_where_they_are_known() -> None:
    assert of_influencer("#a", [], ["b #c"]).hashtags == ("a", "c")
    assert of_influencer("#a", [], ["b #c"], ["given"]).hashtags == ("given",)


def test_a_brief_s_keywords_are_hashtags_too() -> None:
    made = of_brief("Yeni #kahve", ["cilt bakımı"], ["#kozmetik"], proposition="taze", values=["sade"])
    assert made.hashtags == ("kozmetik", "kahve", "ciltbakımı")
    assert {"yeni", "taze", "sade", "cilt"} <= set(words(made.text))
