"""Which share of an audience is in the audience that a brief asks for."""

from collections.abc import Sequence

import numpy as np

from scoring.arrays import Floats
from scoring.audience import Shares
from service.influencers.audiences.dimensions import exclusive


def in_target(dimensions: Sequence[Shares]) -> Floats:
    """Per influencer the share of its audience with a wanted code in every dimension; NaN: not known.

    Distributions are known dimension by dimension, so dimensions are taken as independent: the shares are
    multiplied. Within a dimension codes of which a person has one add up; of those of which a person can have
    several (interests, languages) the largest share is what is certain.

    >>> mass = np.array([1.0, np.nan])
    >>> shares = Shares("gender", {"female": 0.5}, np.array([[0.75], [0.0]]), mass, mass)
    >>> in_target([shares]).tolist()
    [0.75, nan]
    """
    total = np.ones(len(dimensions[0].mass) if dimensions else 0)
    for each in dimensions:
        part = each.shares.sum(axis=1) if exclusive(each.dimension) else each.shares.max(axis=1, initial=0.0)
        total = total * np.where(np.isfinite(each.mass), np.clip(part, 0.0, 1.0), np.nan)
    return total
