"""Which referrals are doubted, why, and what is to be held: of arrays. Pure."""

from collections.abc import Collection
from typing import Final, NamedTuple
from uuid import UUID

import numpy as np

from graph.referrals.evidence import EVIDENCE, HELD, PRIOR
from graph.referrals.planting import CIRCLE, SELF, Planting, planted
from graph.referrals.rings import Accounts, Assessment, assessed
from service.advocacy.referrals.schemas import Hold
from service.advocacy.rings.loading import Loaded

# More likely made up than not: told to who looks, though not held.
DOUBTED: Final = 0.0


class Doubt(NamedTuple):
    """A referral, with the ring that it is of (the advocate at its top), and why; `hold`: as what it is to be
    held, None if there is not enough for it."""

    referral_id: UUID
    ring_id: UUID | None
    hold: Hold | None
    score: float
    codes: list[str]
    weights: list[float]


class Doubts(NamedTuple):
    """All that is doubted of so many referrals, in so many rings."""

    doubts: list[Doubt]
    referrals: int
    rings: int


def doubted(loaded: Loaded, before: Collection[UUID] = ()) -> Doubts:
    """Weighs all. Those that were doubted before are told of again, whatever is known now."""
    size = len(loaded.joined)
    planting = planted(loaded.children, loaded.parents, loaded.at, people=np.arange(size))
    made = assessed(planting, Accounts(loaded.joined, loaded.orders, loaded.days), loaded.marks)
    rings = {account: (ring.accounts[0], ring.held) for ring in made.rings for account in ring.accounts[1:]}
    wanted = made.score >= DOUBTED
    wanted[_placed(loaded, planting, before)] = True
    doubts = [
        _doubt(loaded, planting, made, int(place), rings.get(int(place)))
        for place in np.flatnonzero(wanted & (planting.attempts >= 0))
    ]
    refused = [_refused(loaded, planting, int(n)) for n in np.flatnonzero(planting.verdicts)]
    doubts += [each for each in refused if each is not None]
    return Doubts(doubts, len(loaded.children), len(made.rings))


def _placed(loaded: Loaded, planting: Planting, before: Collection[UUID]) -> list[int]:
    """Where the friends of these referrals stand, of those that count."""
    known = np.array([each.bytes for each in before], "S16")
    at = np.flatnonzero(np.isin(loaded.referrals, known)) if len(known) else np.zeros(0, np.int64)
    children = planting.children[at]
    return [int(each) for each in children[planting.attempts[children] == at]]


def _doubt(
    loaded: Loaded, planting: Planting, made: Assessment, place: int, ring: tuple[int, int] | None
) -> Doubt:
    reasons = [reason for reason in made.reasons(place) if reason.code != "prior"]
    hold: Hold | None = None
    if ring is not None:
        hold = "ring" if ring[1] > 1 else "second_account"
    return Doubt(
        _id(loaded.referrals, int(planting.attempts[place])),
        None if ring is None else _id(loaded.people, ring[0]),
        hold,
        round(float(made.score[place]), 2),
        [reason.code for reason in reasons],
        [reason.weight for reason in reasons],
    )


def _refused(loaded: Loaded, planting: Planting, n: int) -> Doubt | None:
    """What no forest has room for: somebody who brought themselves, or who was above the advocate."""
    verdict, child, parent = int(planting.verdicts[n]), int(planting.children[n]), int(planting.parents[n])
    hold: Hold
    if verdict == SELF:
        hold, code = "self_referral", "same_email"
    elif verdict == CIRCLE:
        both = int(planting.forest.parents[parent]) == child
        hold, code = "cycle", "both_ways" if both else "circle"
    else:
        return None
    weight = EVIDENCE[code].weight
    score = max(round(PRIOR + weight, 2), HELD)
    return Doubt(_id(loaded.referrals, n), None, hold, score, [code], [weight])


def _id(ids: "np.ndarray[tuple[int], np.dtype[np.bytes_]]", place: int) -> UUID:
    # Zeros at the end are cut off by numpy.
    return UUID(bytes=bytes(ids[place]).ljust(16, b"\0"))
