"""Which scores a fit is made of, by which weights, and which of them a version of the model computes."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

WEIGHTS: Mapping[str, float] = {
    "content": 0.25,
    "audience": 0.25,
    "engagement": 0.20,
    "authority": 0.15,
    "authenticity": 0.15,
}


NEGLIGIBLE = 1e-9


@dataclass(frozen=True, slots=True)
class Model:
    """A version and the scores that it computes. Another score makes another model."""

    version: str
    computes: tuple[str, ...]


COLD_START = Model("cold-start-2", tuple(WEIGHTS))


def merged(own: Mapping[str, float]) -> dict[str, float]:
    """A brief's weights, the defaults where it says nothing. ValueError where they make no sense.

    >>> merged({"audience": 0.5})["audience"], merged({})["engagement"]
    (0.5, 0.2)
    """
    if unknown := set(own) - set(WEIGHTS):
        raise ValueError(f"unknown scores in weights: {sorted(unknown)}")
    weights = {name: float(own.get(name, default)) for name, default in WEIGHTS.items()}
    if not all(isfinite(weight) and weight >= 0 for weight in weights.values()) or not sum(weights.values()):
        raise ValueError("weights must be numbers >= 0, not all 0")
    # Products of very small weights would lose their digits: they are scaled, or none beside larger ones.
    largest = max(weights.values())
    scale = largest if largest < NEGLIGIBLE else 1.0
    return {
        name: weight / scale if weight / largest >= NEGLIGIBLE else 0.0 for name, weight in weights.items()
    }
