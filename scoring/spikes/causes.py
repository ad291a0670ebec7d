"""Why there is a spike: what its mentions say, where they stand and who wrote them, against usual hours.

Words are compared by log odds with an informative Dirichlet prior (Monroe, Colaresi, Quinn 2008, "Fightin'
Words"): rare words don't win by chance, common ones don't win by size. Of those that stand out the first are
those that tell the most: by their part of the divergence of now from before, since z says how sure it is, and
of a word that nobody used before it can't be very sure.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import log, log1p, sqrt

from scoring.spikes.crises import Polarity

# The prior says of each word what the usual hours say, as strongly as so many words, and half a mention,
# because a word never seen before is not impossible.
PRIOR, FLOOR = 100.0, 0.5
# One word in 700 by chance; of two mentions nobody can say anything.
LEAST_Z, LEAST_COUNT = 3.0, 3
TERMS, PLACES = 10, 5
UNLABELLED = Polarity(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Sample:
    """Mentions counted: of a spike's hours, or of the usual hours before.

    mentions: how many; terms: in how many mentions each word, phrase or hashtag stands; sources, authors:
    mentions of each; polarity: of those with a sentiment. A long period may be given by a sample of it:
    only shares count.
    """

    mentions: int
    terms: Mapping[str, int] = field(default_factory=dict)
    sources: Mapping[str, int] = field(default_factory=dict)
    authors: Mapping[str, int] = field(default_factory=dict)
    polarity: Polarity = UNLABELLED


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the spike: its mentions, their share now and before, z of the log odds."""

    term: str
    count: int
    share: float
    share_before: float
    z: float


@dataclass(frozen=True, slots=True)
class Place:
    """A source or an author: its mentions and share, and its part of the mentions that came on top."""

    name: str
    count: int
    share: float
    share_before: float
    excess: float


@dataclass(frozen=True, slots=True)
class Cause:
    """terms, sources, authors: the strongest first; net, net_before, shift: net sentiment (P - N)/(P + N)
    and its change, None without polar mentions; shift_z: the change in standard errors."""

    terms: tuple[Term, ...]
    sources: tuple[Place, ...]
    authors: tuple[Place, ...]
    net: float | None
    net_before: float | None
    shift: float | None
    shift_z: float | None


def cause(now: Sample, before: Sample, *, expected: float, limit: int = TERMS) -> Cause:
    """What sets a spike's mentions apart. expected: mentions its hours would usually have had.

    ValueError: nothing in `now`, expected below 0.

    >>> usual = Sample(900, {"kargo": 90, "indirim": 300, "güzel": 200}, {"x": 600, "news": 300}, {},
    ...                Polarity(90, 30, 780))
    >>> spike = Sample(60, {"kargo": 45, "indirim": 15, "iptal": 30}, {"x": 57, "news": 3}, {"ayşe": 9},
    ...                Polarity(2, 38, 20))
    >>> found = cause(spike, usual, expected=20)
    >>> [(term.term, round(term.z, 1)) for term in found.terms]
    [('iptal', 3.9), ('kargo', 5.9)]
    >>> [(place.name, round(place.excess, 2)) for place in found.sources]
    [('x', 1.0)]
    >>> found.net, found.net_before, round(found.shift, 2)
    (-0.9, 0.5, -1.4)
    """
    if now.mentions < 1 or expected < 0:
        raise ValueError("a cause needs mentions, and as many expected as none or more")
    net, net_before = now.polarity.net, before.polarity.net
    shift = None if net is None or net_before is None else net - net_before
    return Cause(
        terms=_terms(now, before, limit),
        sources=_places(now.sources, before.sources, now.mentions, before.mentions, expected),
        authors=_places(now.authors, before.authors, now.mentions, before.mentions, expected),
        net=net,
        net_before=net_before,
        shift=shift,
        shift_z=None if shift is None else _z_of_shift(shift, now.polarity, before.polarity),
    )


def _terms(now: Sample, before: Sample, limit: int) -> tuple[Term, ...]:
    found = []
    strength = PRIOR if before.terms else 0.0
    total = strength + FLOOR * len(now.terms.keys() | before.terms.keys())
    here, there = sum(now.terms.values()) + total, sum(before.terms.values()) + total
    of_usual = strength / max(sum(before.terms.values()), 1)
    for term, count in now.terms.items():
        usual = before.terms.get(term, 0)
        prior = of_usual * usual + FLOOR
        z = _z(count + prior, here, usual + prior, there)
        if count >= LEAST_COUNT and z >= LEAST_Z:
            share_before = usual / before.mentions if before.mentions else 0.0
            found.append(Term(term, count, count / now.mentions, share_before, z))
    found.sort(key=lambda each: (-_tells(each, before.mentions), each.term))
    return tuple(found[:limit])


def _tells(term: Term, mentions_before: int) -> float:
    """The term of the Kullback-Leibler divergence, kept above 0; an unseen word counts as half a mention."""
    before = (term.share_before * mentions_before + FLOOR) / (mentions_before + 2 * FLOOR)
    return term.share * log1p(term.share / before)


def _z(here: float, of_here: float, there: float, of_there: float) -> float:
    if here >= of_here or there >= of_there:
        # A single word is all there is: it can't stand out.
        return 0.0
    odds = log(here / (of_here - here)) - log(there / (of_there - there))
    return odds / sqrt(1 / here + 1 / there)


def _places(
    now: Mapping[str, int], before: Mapping[str, int], mentions: int, mentions_before: int, expected: float
) -> tuple[Place, ...]:
    surplus = max(mentions - expected, 1.0)
    found = []
    for name, count in now.items():
        share_before = before.get(name, 0) / mentions_before if mentions_before else 0.0
        # Above 1 where other places had fewer than usual.
        excess = min((count - share_before * expected) / surplus, 1.0)
        if excess > 0 and count >= LEAST_COUNT:
            found.append(Place(name, count, count / mentions, share_before, excess))
    found.sort(key=lambda each: (-each.excess, each.name))
    return tuple(found[:PLACES])


def _z_of_shift(shift: float, now: Polarity, before: Polarity) -> float:
    # Agresti and Caffo 2000: one more of each keeps the error above 0 when all agree.
    variance = 0.0
    for each in (now, before):
        polar = each.polar + 2
        share = (each.positive + 1) / polar
        variance += 4 * share * (1 - share) / polar
    return shift / sqrt(variance)
