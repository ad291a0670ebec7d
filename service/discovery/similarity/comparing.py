"""From stored audiences to the similarity of each pair (pure)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import combinations
from math import isnan
from typing import NamedTuple, cast

from scoring.audience import WEIGHTS
from scoring.audience_pairs import Pairs, compare, shared
from scoring.distributions import Distributions, gather
from scoring.scores import CODE, rounded
from service.discovery.scores.ranking import MODEL
from service.discovery.shortlists.comparing.schemas import AudienceRow
from service.discovery.similarity.schemas import AudiencePair, SharedCode, SharedDimension
from service.influencers.audiences.schemas import Dimension


class Compared(NamedTuple):
    """All pairs, and the distributions that they were compared by."""

    dimensions: tuple[Distributions, ...]
    pairs: Pairs


def compared(rows: Sequence[AudienceRow | None]) -> Compared:
    """All pairs of audiences; None: an influencer without one. Dimensions without a weight are left aside."""
    cells = [
        (dimension, at, code, share)
        for at, row in enumerate(rows)
        if row is not None
        for dimension, code, share in zip(row.dimensions, row.codes, row.shares, strict=True)
    ]
    samples = [(at, row.sample_size) for at, row in enumerate(rows) if row is not None]
    dimensions = tuple(
        gather(name, len(rows), [cell[1:] for cell in cells if cell[0] == name], samples) for name in WEIGHTS
    )
    return Compared(dimensions, compare(dimensions))


def matrix(pairs: Pairs) -> list[list[float | None]]:
    """Similarities, None where there is none. An audience is like itself, however little is known of it."""
    found = [[None if isnan(value) else rounded(value) for value in row] for row in pairs.score.tolist()]
    for at, row in enumerate(found):
        row[at] = None if pairs.reason[at, at] == CODE["no_distribution"] else 100.0
    return found


def pairs_of(ids: Sequence[str], found: Compared, codes: int, now: datetime) -> list[AudiencePair]:
    """Each pair once, with what it has in common."""
    return [
        AudiencePair(
            ids[one],
            ids[other],
            found.pairs.at(one, other, now, MODEL.version),
            _in_common(found, one, other, codes),
        )
        for one, other in combinations(range(len(ids)), 2)
    ]


def _in_common(found: Compared, one: int, other: int, codes: int) -> list[SharedDimension]:
    by_name: Mapping[str, Distributions] = {each.dimension: each for each in found.dimensions}
    return [
        SharedDimension(
            cast(Dimension, overlap.dimension),
            rounded(overlap.share[one, other]),
            [
                SharedCode(code, rounded(a), rounded(b))
                for code, a, b in shared(by_name[overlap.dimension], one, other, codes)
            ],
        )
        for overlap in found.pairs.overlaps
        if overlap.both[one, other]
    ]
