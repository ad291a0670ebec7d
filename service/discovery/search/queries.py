"""The statements of a search: how many match, a page of them, all of them. Text only; `read` runs them."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from service.discovery.search.conditions import ROW, Condition, Known, Provided, Values, compiled, on
from service.discovery.search.filters import Filters
from service.discovery.search.relevance import Text
from service.discovery.search.sorting import Segment
from service.discovery.search.statement import statement

_KEYS = "r.influencer_id, r.account_id, r.siblings, r.followers"
# The largest of the matching accounts stands for its influencer.
_LARGEST = "(b.followers, b.account_id) > (r.followers, r.account_id)"


class Wanted(NamedTuple):
    """Who is searched for in a workspace, in any order."""

    workspace_id: UUID
    filters: Filters
    provided: Sequence[Provided]
    known: Known
    text: Text | None = None

    def conditions(self, values: Values) -> list[Condition]:
        """The conditions, their values bound to a statement."""
        made = compiled(self.filters, self.provided, self.known, values)
        return [self.text.condition(values), *made] if self.text else made


class After(NamedTuple):
    """The row behind which a page starts."""

    value: Any
    account_id: UUID


def count(wanted: Wanted, cap: int) -> tuple[str, Values]:
    """How many influencers match, counted up to `cap`."""
    values = Values(wanted.workspace_id)
    conditions = wanted.conditions(values)
    rows = _once(f"select {_KEYS} from mine r where {on(conditions, 'r')}", conditions, _LARGEST)
    return statement(f"select count(*) from ({rows} limit {values.add(cap)}) as counted"), values


def everyone(wanted: Wanted) -> tuple[str, Values]:
    """The ids of all matching influencers, with the largest matching account of each, as two arrays."""
    values = Values(wanted.workspace_id)
    conditions = wanted.conditions(values)
    rows = _once(f"select {_KEYS} from mine r where {on(conditions, 'r')}", conditions, _LARGEST)
    return statement(f"select array_agg(influencer_id), array_agg(account_id) from ({rows}) as found"), values


def page(
    wanted: Wanted, values: Values, segment: Segment, after: After | None, limit: int
) -> tuple[str, Values]:
    """The next influencers of a segment: (influencer_id, account_id, value)."""
    conditions = wanted.conditions(values)
    value = "null" if segment.value is None else segment.value.replace(ROW, "r")
    where = [on(conditions, "r"), segment.where.replace(ROW, "r")]
    if after is not None:
        where.append(_behind(segment, after, value, values))
    direction = "asc" if segment.rising else "desc"
    order = f"{'' if segment.value is None else f'value {direction}, '}account_id {direction}"
    ordered = (
        f"select {_KEYS}, {value} as value from mine r {segment.join.replace(ROW, 'r')}"
        f" where {' and '.join(where)} order by {order}"
    )
    rows = f"{_once(ordered, conditions, _before(segment))} limit {values.add(limit)}"
    return (
        statement(f"select influencer_id, account_id, value from ({rows}) as page order by {order}"),
        values,
    )


def having_words(workspace_id: UUID, text: Text, cap: int) -> tuple[str, Values]:
    """How many rows have a text's words, counted up to `cap`."""
    values = Values(workspace_id)
    rows = f"select from mine r where {text.condition(values).on('r')} limit {values.add(cap)}"
    return statement(f"select count(*) from ({rows}) as counted"), values


def nearly_named(workspace_id: UUID, typo_query: str, most: int) -> tuple[str, Values]:
    """Influencers with trigrams of a name, the largest first: (influencer_id, keys)."""
    values = Values(workspace_id)
    found = f"n.trigrams @@ {values.add(typo_query)}::text::tsquery"
    # A short word has very many that look like it: no more of them are read than a search has time for.
    some = f"select n.influencer_id, n.keys, n.reach from names n where {found} limit {values.add(most * 10)}"
    return (
        statement(
            f"select influencer_id, keys from ({some}) as some_names"
            f" order by reach desc, influencer_id limit {values.add(most)}"
        ),
        values,
    )


def _behind(segment: Segment, after: After, value: str, values: Values) -> str:
    sign = ">" if segment.rising else "<"
    if segment.value is None:
        return f"r.account_id {sign} {values.add(after.account_id)}"
    return f"({value}, r.account_id) {sign} ({values.add(after.value)}, {values.add(after.account_id)})"


def _once(rows: str, conditions: list[Condition], before: str) -> str:
    """Of the accounts of an influencer that all match, only the one that no other stands before.

    `offset 0` keeps the rows a query of their own: else the planner charges this look at the other accounts
    to every row that it reads, also to those that the conditions refuse, and takes the longer way to read.
    """
    same = on([condition for condition in conditions if condition.per_account], "b")
    return (
        f"select r.* from ({rows} offset 0) as r where r.siblings = 1 or not exists (select from mine b"
        f" where b.influencer_id = r.influencer_id and {before} and {same})"
    )


def _before(segment: Segment) -> str:
    """Whether the account `b` stands before the account `r` in the order."""
    known = (segment.known or "true").replace(ROW, "b")
    if segment.per_account and segment.value is not None:
        value = segment.value.replace(ROW, "b")
        sign = "<" if segment.rising else ">"
        return f"{known} and ({value}, b.account_id) {sign} (r.value, r.account_id)"
    return _LARGEST if segment.known is None else f"({known} or {_LARGEST})"
