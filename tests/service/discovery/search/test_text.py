"""Words, queries and typing errors."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from service.discovery.search.relevance import Candidate, nearest
from service.discovery.search.text import (
    LONGEST_TYPO,
    asked,
    compact,
    is_near,
    post_query,
    similarity,
    terms,
    trigrams,
    typo_query,
    typos,
    word_query,
)
from service.kit import ids

LETTERS = "abcdeığüşöç"
WORDS = st.text(LETTERS, min_size=5, max_size=LONGEST_TYPO).map(compact)


def _edited(word: str, at: int, kind: int, letter: str) -> str:
    at = at % len(word)
    return [
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
    ][kind]


EDITS = st.tuples(st.integers(0, 30), st.integers(0, 3), st.sampled_from("abcxyz"))


def _finds(query: str, word: str) -> bool:
    """What PostgreSQL does with an OR of ANDs."""
    pieces = set(trigrams(word))
    return any(set(re.findall("'([^']*)'", every)) <= pieces for every in query.split(" | "))


@given(WORDS, EDITS)
def test_every_word_with_one_error_is_found(word: str, edit: tuple[int, int, str]) -> None:
    typed = _edited(word, *edit)
    query = typo_query(typed)
    assume(query is not None)
    assert query is not None
    assert _finds(query, word)
    assert is_near(typed, word, 1)


@given(st.text("abcde", min_size=18, max_size=22), EDITS, EDITS)
def test_every_long_word_with_two_errors_is_found(
    word: str, first: tuple[int, int, str], second: tuple[int, int, str]
) -> None:
    typed = _edited(_edited(word, *first), *second)
    assume(typos(typed) == 2)
    query = typo_query(typed)
    assert query is not None
    assert _finds(query, word)


def _distance(one: str, other: str) -> int:
    """Optimal string alignment, written for clarity."""
    rows = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i in range(len(one) + 1):
        for j in range(len(other) + 1):
            if not i or not j:
                rows[i][j] = i + j
                continue
            rows[i][j] = min(
                rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (one[i - 1] != other[j - 1])
            )
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


@given(st.text("abc", max_size=8), st.text("abc", max_size=8), st.integers(0, 3))
def test_nearness_is_the_distance(one: str, other: str, errors: int) -> None:
    assert is_near(one, other, errors) == (_distance(one, other) <= errors)


def test_short_and_endless_words_have_no_typing_errors() -> None:
    assert [typos("a" * length) for length in (4, 5, 15, 16, 24, 25)] == [0, 1, 1, 2, 2, 0]
    assert typo_query("ayla") is None
    assert typo_query("a" * 25) is None


@given(st.text(max_size=200))
def test_queries_hold_quoted_letters_and_digits_alone(text: str) -> None:
    for query in (word_query(text), post_query(text), typo_query(compact(text))):
        if query is None:
            continue
        outside = re.sub("'[^']*'", "", query)
        assert set(outside) <= set(" &|:*()")
        for word in re.findall("'([^']*)'", query):
            assert word.replace(" ", "").isalnum()


@given(st.text(max_size=60))
def test_folding_both_ways_is_the_same(text: str) -> None:
    assert terms(text) == terms(" ".join(terms(text)))
    assert similarity(compact(text), compact(text)) == 1.0


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", None),
        (" -- ", None),
        ("a", "'a'"),
        ("Işık", "'isik':*"),
        ("ayşe y", "'ayse' & 'y' | 'aysey':*"),
        ("@danla.bilic", "'danla' & 'bilic':* | 'danlabilic':*"),
        ("youtube.com/@DanlaBilic", "'danlabilic':*"),
        ("x.com/danla_bilic?s=20", "'danla' & 'bilic':* | 'danlabilic':*"),
    ],
)
def test_what_a_text_asks_for(query: str, expected: str | None) -> None:
    assert word_query(query) == expected


def test_an_address_is_its_handle() -> None:
    assert asked("https://www.tiktok.com/@ece.deniz/") == "ece.deniz"
    assert asked("güzel bir gün / moda") == "güzel bir gün / moda"


def test_the_most_similar_come_first() -> None:
    people = {
        name: Candidate(ids.new(), [name]) for name in ("cristiana", "cristiano", "kristof", "ristiano")
    }
    near = nearest("cristiani", people.values(), 2)
    assert len(near.ids) == 2
    assert set(near.ids) == {people["cristiano"].influencer_id, people["cristiana"].influencer_id}
    assert near.scores == sorted(near.scores, reverse=True)
    assert nearest("cristiano", people.values(), 9).ids[0] == people["cristiano"].influencer_id
