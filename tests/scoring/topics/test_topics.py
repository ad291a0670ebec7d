"""Phrases, leading terms, clusters."""

from collections import Counter

import pytest

from scoring.topics.clusters import clusters
from scoring.topics.terms import counted, leading, phrases

PHRASES = {
    "a phrase ends where the sentence does": (["kargo", "", "gec"], set(), {"kargo", "gec"}),
    "no phrase begins or ends with what says nothing": (
        ["ve", "kargo", "icin", "iade"],
        set(),
        {"kargo", "iade", "kargo icin iade"},
    ),
    "what was asked for is left out": (["migros", "kargo"], {"migros"}, {"kargo"}),
    "numbers and short words say nothing": (["12345", "ok", "kargo"], set(), {"kargo"}),
    "nothing": ([], set(), set()),
}


@pytest.mark.parametrize(("words", "unsaid", "found"), PHRASES.values(), ids=PHRASES)
def test_phrases(words: list[str], unsaid: set[str], found: set[str]) -> None:
    assert phrases(words, unsaid) == found


def test_a_mention_counts_once_for_a_word() -> None:
    assert counted([phrases(["kargo", "", "kargo"]), {"kargo"}]) == {"kargo": 2}


def test_a_word_that_stands_alone_often_is_told_beside_its_phrase() -> None:
    counts = Counter({"gec kargo": 5, "kargo": 20, "gec": 5})
    assert leading(counts, 5) == ["kargo", "gec kargo"]
    assert leading(counts, 1) == ["kargo"]


def test_clusters_are_the_same_each_time() -> None:
    said = [{f"konu{at % 3}", f"soz{at % 3}", f"tek{at}"} for at in range(90)]
    found = clusters(said, 3)
    assert found == clusters(said, 3)
    assert sorted(len(one.members) for one in found) == [30, 30, 30]
    for one in found:
        assert len({at % 3 for at in one.members}) == 1
        assert one.terms[0].startswith(("konu", "soz"))


@pytest.mark.parametrize("said", [[], [set()] * 50, [{"a"}] * 50, [{f"w{at}"} for at in range(50)]])
def test_where_there_is_nothing_to_tell_apart(said: list[set[str]]) -> None:
    assert clusters(said) == []
