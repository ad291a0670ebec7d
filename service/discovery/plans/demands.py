"""Which demands contradict each other or can't be met: every failing field, none of them alone (pure)."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

Fault = dict[str, str]


@dataclass(frozen=True, slots=True)
class Named:
    """Where a request names influencers: path of the list -> its ids."""

    must_include: Sequence[UUID]
    exclude: Sequence[UUID]
    costs: Sequence[UUID]
    posts: Sequence[UUID | None]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one who must be included: cost, groups; or the reason why nothing can be planned."""

    cost: int | None
    categories: tuple[str, ...]
    platform: str | None
    reason: str | None = None


UNKNOWN = Known(None, (), None, "unknown")


def faults_of_names(named: Named, among: Sequence[UUID], max_size: int | None) -> list[Fault]:
    """What the ids of a request contradict: the plan's influencers, each other, the size.

    >>> one, two = UUID(int=1), UUID(int=2)
    >>> faults_of_names(Named([one, two], [], [], []), [one], None)[0]["path"]
    'must_include[1]'
    """
    found = [*_strangers(named, frozenset(among)), *_twice(named)]
    excluded = frozenset(named.exclude)
    for at, one in enumerate(named.must_include):
        if one in excluded:
            found.append(_fault(f"must_include[{at}]", "is named by exclude, too"))
    if max_size is not None and len(set(named.must_include)) > max_size:
        found.append(_fault("max_size", f"is less than the {len(set(named.must_include))} of must_include"))
    return found


def _strangers(named: Named, among: frozenset[UUID]) -> Iterator[Fault]:
    for name, each in _lists(named):
        for at, one in enumerate(each):
            if one is not None and one not in among:
                path = f"{name}[{at}]" + ("" if name in ("must_include", "exclude") else ".influencer_id")
                yield _fault(path, "is none of the plan's influencers")


def _twice(named: Named) -> Iterator[Fault]:
    times = Counter(named.costs)
    for at, one in enumerate(named.costs):
        if times[one] > 1:
            yield _fault(f"costs[{at}].influencer_id", "has two prices")


def _lists(named: Named) -> Iterator[tuple[str, Sequence[UUID | None]]]:
    yield "must_include", named.must_include
    yield "exclude", named.exclude
    yield "costs", named.costs
    yield "posts", named.posts


def faults_of_musts(
    must_include: Sequence[UUID],
    known: Mapping[UUID, Known],
    budget: int,
    per_category: int | None,
    per_platform: int | None,
) -> list[Fault]:
    """Why those who must be included can't all be: unknown cost or audience, budget, limits."""
    found = []
    for at, one in enumerate(must_include):
        if (reason := known.get(one, UNKNOWN).reason) is not None:
            found.append(_fault(f"must_include[{at}]", f"can't be planned with: {reason}"))
    musts = [known.get(one, UNKNOWN) for one in dict.fromkeys(must_include)]
    spent = sum(each.cost or 0 for each in musts)
    if spent > budget:
        found.append(_fault("budget.amount", f"is less than the {spent} that must_include costs"))
    categories = [name for each in musts for name in set(each.categories)]
    platforms = [each.platform for each in musts if each.platform]
    found += _over("limits.per_category", categories, per_category)
    found += _over("limits.per_platform", platforms, per_platform)
    return found


def _over(path: str, labels: Sequence[str], most: int | None) -> list[Fault]:
    if most is None:
        return []
    over = sorted(name for name, times in Counter(labels).items() if times > most)
    return [_fault(path, f"must_include has more than {most} of {', '.join(over[:5])}")] if over else []


def _fault(path: str, message: str) -> Fault:
    return {"path": path, "message": message}
