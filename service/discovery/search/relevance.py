"""Free text: who matches it, and who matches best."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from service.discovery.search import labels
from service.discovery.search.conditions import ROW, Condition, Values
from service.discovery.search.sorting import Order, Part, Segment
from service.discovery.search.text import asked, compact, is_near, similarity, typos, word_query

_FOLLOWERS = f"{ROW}.followers"


class Near(NamedTuple):
    """Influencers with a handle or name that is the one asked for but for a typing error, and how similar."""

    ids: list[UUID]
    scores: list[float]


class Text(NamedTuple):
    """What a text asks for: all its words (a tsquery), or such a name, or nearly such a name."""

    words: str
    name: str
    near: Near = Near([], [])

    def condition(self, values: Values) -> Condition:
        """Who matches at all."""
        found = _has_words(self, values)
        if self.near.ids:
            found = f"{found} or {ROW}.influencer_id = any({values.add(self.near.ids)}::uuid[])"
        return Condition(found)


def text_of(query: str) -> Text | None:
    """What a query asks for; None where it has no letter and no digit."""
    words = word_query(query)
    return None if words is None else Text(words, compact(asked(query)))


def by_relevance(text: Text, *, rising: bool) -> Order:
    """The order by relevance: so named; the words in names and handles; the words elsewhere; nearly so named.

    Within each the larger accounts come first: how often a word stands in a bio says nothing of how much it
    is meant, and an order that an index has reads a page of a million as fast as one of a hundred. Each
    segment says by itself who matches: a condition that stands twice halves what the planner expects.
    """

    def named(values: Values) -> Segment:
        return Segment(_is_named(text, values), _FOLLOWERS, rising)

    def in_names(values: Values) -> Segment:
        where = f"{_has_in_names(text, values)} and not ({_is_named(text, values)})"
        return Segment(where, _FOLLOWERS, rising)

    def elsewhere(values: Values) -> Segment:
        where = f"{_has_words(text, values)} and not ({_has_in_names(text, values)})"
        return Segment(where, _FOLLOWERS, rising)

    def nearly(values: Values) -> Segment:
        arrays = f"{values.add(text.near.ids)}::uuid[], {values.add(text.near.scores)}::float8[]"
        join = f"join unnest({arrays}) as s(id, similarity) on s.id = {ROW}.influencer_id"
        return Segment(f"not ({_has_words(text, values)})", "s.similarity", rising, join=join)

    order: list[Part] = [named, in_names, elsewhere, *([nearly] if text.near.ids else [])]
    return order[::-1] if rising else order


def _has_words(text: Text, values: Values) -> str:
    return f"{ROW}.tokens @@ {values.add(text.words)}::text::tsquery"


def _has_in_names(text: Text, values: Values) -> str:
    return f"{ROW}.name_tokens @@ {values.add(text.words)}::text::tsquery"


def _is_named(text: Text, values: Values) -> str:
    return f"{ROW}.labels && {values.add([labels.named(text.name)])}::text[]"


class Candidate(NamedTuple):
    """An influencer with the words that handles and names are known by."""

    influencer_id: UUID
    keys: list[str]


def nearest(name: str, candidates: Iterable[Candidate], most: int) -> Near:
    """The candidates with a handle or name within a typing error or two, the most similar first."""
    errors = typos(name)
    scored = [
        (max(similarity(name, key) for key in near), candidate.influencer_id)
        for candidate in candidates
        if (near := [key for key in candidate.keys if is_near(name, key, errors)])
    ]
    best = sorted(scored, key=lambda pair: (-pair[0], pair[1]))[:most]
    return Near([found for _, found in best], [score for score, _ in best])
