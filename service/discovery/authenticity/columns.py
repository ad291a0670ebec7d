"""From what is stored to the columns that authenticity takes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scoring import engagement, fakes
from scoring import ratios as peer_ratios
from scoring.arrays import Floats
from scoring.authenticity import Evidence
from scoring.growth import Growth
from scoring.peers import Peers
from scoring.profiles import Profiles
from scoring.rates import Rates
from scoring.ratios import Ratios
from service.discovery.authenticity.schemas import Facts, PlatformRatios

# As PostgreSQL sends it: the highest byte first.
_NUMBER = np.dtype(">f8")


@dataclass(frozen=True, slots=True)
class Stored:
    """What is stored of the candidates; `ratios` are those of the workspace."""

    facts: Facts
    ratios: Sequence[PlatformRatios]


def bounds(stored: Sequence[PlatformRatios]) -> Ratios:
    """Between which bounds the workspace's accounts have their comments per like."""
    return peer_ratios.fit({one.platform: _read(one.ratios) for one in stored})


def evidence(stored: Stored, rates: Rates, peers: Peers, ratios: Ratios) -> Evidence:
    """The columns of all candidates."""
    size = len(rates.value)
    facts = _Placed(stored.facts, size)
    low, high = ratios.of([basis.platform for basis in rates.bases])
    return Evidence.of(
        size,
        Growth(*(facts(name) for name in ("usual", "weeks", "jump", "jump_day"))),
        **{name: facts(name) for name in ("n", "flagged", "tpr", "fpr")},
        z=engagement.standing(rates, peers).z,
        ratio=facts("ratio"),
        ratio_low=low[rates.basis],
        ratio_high=high[rates.basis],
        fake=fakes.builtin().of_influencers(_profiles(facts, rates.followers)),
    )


class _Placed:
    """Columns of some candidates, read as columns of all."""

    def __init__(self, part: Facts, size: int) -> None:
        self.part, self.size = part, size
        self.places = _read(part.places).astype(np.int64) - 1

    def __call__(self, name: str) -> Floats:
        column = np.full(self.size, np.nan)
        column[self.places] = _read(getattr(self.part, name))
        return column


def _read(sent: bytes) -> Floats:
    return np.frombuffer(sent, _NUMBER).astype(np.float64)


def _profiles(facts: _Placed, followers: Floats) -> Profiles:
    """An influencer's own profile; nobody says whether it is private, or what its name is made of."""
    names = ("following", "posts", "bio_length", "has_picture", "digit_ratio")
    return Profiles.of(len(followers), followers=followers, **{name: facts(name) for name in names})
