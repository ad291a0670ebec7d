"""Shares of integer amounts, rounded half to even."""


def share(amount: int, part: int, whole: int) -> int:
    """`amount` x `part` / `whole`, rounded half to even; `part` counts as no more than the whole, and
    of nothing there is no share.

    >>> share(125, 1, 2), share(135, 1, 2), share(-125, 1, 2), share(7, 9, 3), share(7, 0, 0)
    (62, 68, -62, 7, 0)
    """
    if whole <= 0:
        return 0
    down, rest = divmod(amount * max(0, min(part, whole)), whole)
    return down + (1 if 2 * rest > whole or (2 * rest == whole and down % 2) else 0)
