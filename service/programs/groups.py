"""Whose rules a group's are. Pure."""

from functools import lru_cache

from service.kit.text import fold_tr


def in_groups(group: str | None, groups: list[str]) -> bool:
    """Whether a partner of this group is meant: no groups are everybody.

    >>> in_groups("VIP", ["vip"]), in_groups(None, ["vip"]), in_groups(None, [])
    (True, False, True)
    """
    return not groups or (group is not None and _same(group) in {_same(one) for one in groups})


@lru_cache(maxsize=4096)
def _same(name: str) -> str:
    return fold_tr(name.strip())
