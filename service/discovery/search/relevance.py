"""Free text: who matches it, and who matches best."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from service.discovery.search import labels
from service.discovery.search.conditions import ROW, Condition, Values
from service.discovery.search.sorting import Order, Part, Segment, by_column
from service.discovery.search.text import asked, compact, is_near, similarity, typos, word_query

_SIZE = f"coalesce({ROW}.followers, -1)"


class Near(NamedTuple):
    """Influencers with a handle or name that is the one asked for but for a typing error, and how similar."""

    ids: list[UUID]
    scores: list[float]


class Text(NamedTuple):
    """What a text asks for: all its words (the query `words`); best of all so named; or nearly so named."""

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


def by_relevance(text: Text, *, rising: bool, many: bool) -> Order:
    """The order by relevance: who is named so, who has the words, by their rank, who is nearly named so.

    Where very many match (`many`), the words don't tell them apart, and ranking each would take long: then
    they come by followers, from the index.
    """
    ranked = _by_followers(text, rising) if many else [_by_rank(text, rising)]
    order = [_so_named(text, rising), *ranked, *([_nearly(text, rising)] if text.near.ids else [])]
    return order[::-1] if rising else order


def _has_words(text: Text, values: Values) -> str:
    return f"{ROW}.tokens @@ {values.add(text.words)}::text::tsquery"


def _is_named(text: Text, values: Values) -> str:
    return f"{ROW}.labels && {values.add([labels.named(text.name)])}::text[]"


def _so_named(text: Text, rising: bool) -> Part:
    return lambda values: Segment(_is_named(text, values), _SIZE, rising)


def _by_rank(text: Text, rising: bool) -> Part:
    def segment(values: Values) -> Segment:
        # Between equal ranks, and only there by much, the larger account is meant.
        rank = f"ts_rank({ROW}.tokens, {values.add(text.words)}::text::tsquery)::float8"
        return Segment(_other(text, values), f"{rank} * (1 + ln({_SIZE} + 2) / 20)", rising)

    return segment


def _by_followers(text: Text, rising: bool) -> list[Part]:
    def within(part: Part) -> Part:
        def segment(values: Values) -> Segment:
            inner = part(values)
            return inner._replace(where=f"{_other(text, values)} and {inner.where}")

        return segment

    return [within(part) for part in by_column("followers", rising=rising)]


def _other(text: Text, values: Values) -> str:
    return f"{_has_words(text, values)} and not ({_is_named(text, values)})"


def _nearly(text: Text, rising: bool) -> Part:
    def segment(values: Values) -> Segment:
        arrays = f"{values.add(text.near.ids)}::uuid[], {values.add(text.near.scores)}::float8[]"
        join = f"join unnest({arrays}) as s(id, similarity) on s.id = {ROW}.influencer_id"
        return Segment(f"not ({_has_words(text, values)})", "s.similarity", rising, join=join)

    return segment


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
