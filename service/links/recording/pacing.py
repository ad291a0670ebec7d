"""Who waits for the disk, the event loop or a thread: a matter of how long a sync takes. Pure.

On the loop a group costs its sync and nothing else. In a thread the loop goes on meanwhile, and both then
wait for each other's turn: that costs more than a quick sync takes, and much less than a slow one.
"""

from msgspec import Struct

# So long the loop waits gladly: a quick disk takes .1 to .4 ms for a group, and a hand-over not much less.
QUICK_S = 0.0005
# What a sync takes beyond that is a debt, paid off with a twentieth of the time: no more of it is lost to
# late syncs, however late they are.
SHARE = 0.05
# The debt that is borne. Each disk has a late sync now and then, one in a hundred of 1 to 5 ms where this was
# measured: by the last sync alone, two groups of three went to the thread.
BORNE_S = 0.05


class Pace(Struct, frozen=True):
    """`on_loop`: whether the next group is the loop's own; `paid_at`: when its debt is paid."""

    on_loop: bool = False
    paid_at: float = 0.0


def after(pace: Pace, took: float, now: float) -> Pace:
    """The pace after a write and sync of so many seconds, made where `pace` said.

    A thread's time has its wait for the loop in it: a long one says nothing, but a short one does say that
    the disk is quick.
    """
    paid_at = pace.paid_at
    if took > QUICK_S:
        if not pace.on_loop:
            return pace
        paid_at = max(paid_at, now) + (took - QUICK_S) / SHARE
    return Pace(paid_at - now <= BORNE_S / SHARE, paid_at)
