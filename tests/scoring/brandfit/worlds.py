"""Worlds whose truth is known: brands choose the influencers nearest to what they want."""

from dataclasses import dataclass

import numpy as np

from scoring.arrays import Floats, Integers
from scoring.brandfit import Vectors

TOPICS, TAGS = 6, 8


@dataclass(frozen=True)
class World:
    brands: Vectors
    influencers: Vectors
    liking: Floats
    pairs: Integers


def world(seed: int = 0, brands: int = 60, influencers: int = 300, own: int = 5, shift: int = 0) -> World:
    """shift: a brand of topic k wants influencers of topic k + shift; 0 = its like."""
    rng = np.random.default_rng(seed)
    # How hashtags go with topics is the same in every world.
    directions = np.random.default_rng(99).normal(size=(TOPICS, TAGS))

    def some(count: int) -> Vectors:
        topics = rng.dirichlet([0.2] * TOPICS, count)
        return Vectors(topics, topics @ directions + 0.3 * rng.normal(size=(count, TAGS)))

    mine, theirs = some(brands), some(influencers)
    liking = np.sqrt(np.roll(mine.topics, shift, axis=1)) @ np.sqrt(theirs.topics).T
    chosen = np.argsort(-liking, axis=1)[:, :own]
    pairs = np.column_stack([np.repeat(np.arange(brands), own), chosen.ravel()])
    return World(mine, theirs, liking, pairs)
