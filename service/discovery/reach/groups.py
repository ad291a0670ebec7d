"""Which accounts' people can be told to be the same: of one platform, and of linked platforms (pure)."""

from collections.abc import Sequence, Set

from msgspec.structs import replace

from graph.estimates import Estimate


def together(platforms: Sequence[str], linked: Set[frozenset[str]]) -> list[list[int]]:
    """Places of accounts, grouped by what can be compared, groups in the order of their first account.

    linked: pairs of platforms. Platforms that are linked all with each other make one group; where a link of
    a chain is missing, each of its platforms stands alone.

    >>> together(["x", "tiktok", "x"], set())
    [[0, 2], [1]]
    >>> together(["x", "tiktok", "x"], {frozenset(("x", "tiktok"))})
    [[0, 1, 2]]
    """
    present = list(dict.fromkeys(platforms))
    name = {platform: _group(platform, present, linked) for platform in present}
    groups: dict[frozenset[str], list[int]] = {}
    for place, platform in enumerate(platforms):
        groups.setdefault(name[platform], []).append(place)
    return list(groups.values())


def _group(platform: str, present: Sequence[str], linked: Set[frozenset[str]]) -> frozenset[str]:
    """The platforms that a platform is compared with, itself among them."""
    chain, waiting = {platform}, [platform]
    while waiting:
        one = waiting.pop()
        near = {other for other in present if frozenset((one, other)) in linked} - chain
        chain |= near
        waiting += near
    every = {frozenset((one, other)) for one in chain for other in chain if one != other}
    return frozenset(chain) if every <= linked else frozenset((platform,))


def across_platforms(platforms: Sequence[str], groups: Sequence[Sequence[int]]) -> str:
    """single: one platform; linked: people are counted once over all; unknown: they can't be told apart.

    >>> across_platforms(["x"], [[0]]), across_platforms(["x", "tiktok"], [[0], [1]])
    ('single', 'unknown')
    """
    if len(groups) > 1:
        return "unknown"
    return "linked" if len(set(platforms)) > 1 else "single"


def by_platform(platforms: Sequence[str], places: Sequence[int]) -> list[list[int]]:
    """The places of a group, platform by platform.

    >>> by_platform(["x", "tiktok", "x"], [0, 1, 2])
    [[0, 2], [1]]
    """
    found: dict[str, list[int]] = {}
    for place in places:
        found.setdefault(platforms[place], []).append(place)
    return list(found.values())


def unlinked_may_be_same(whole: Estimate, alone: Sequence[Estimate]) -> Estimate:
    """A figure of people over linked platforms, from the same figure of each platform alone.

    A link tells who is the same, and nothing tells who is not: people without one may be the same too. So the
    value is what is known to be the same taken off, and what holds in any case is the largest platform's own.
    One platform's figure is itself.

    >>> from graph.estimates import exactly
    >>> found = unlinked_may_be_same(exactly(9.0), [exactly(6.0), exactly(4.0)])
    >>> found.low, found.value, found.high, found.exact, found.basis
    (6.0, 9.0, 9.0, False, 'exact+links')
    """
    if len(alone) < 2 or whole.low is None:
        return whole
    low = max((each.low for each in alone if each.low is not None), default=0.0)
    if low >= whole.low:
        return whole
    return replace(whole, low=low, basis=f"{whole.basis}+links")
