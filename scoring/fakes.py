"""Which followers look like fake accounts: a regularised logistic regression on what profiles show.

Boosting fits one collection better and the next one worse, because collections differ in which fakes they
hold; a few logarithms and a ratio transfer. The coefficients that ship (data/fakes.json) were fitted by
`fit` on two public collections of Instagram accounts; the card in the file says which and how well it does.
"""

from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import msgspec
import numpy as np
from msgspec import Struct

from scoring.arrays import Floats
from scoring.prevalence import shifted
from scoring.profiles import Profiles, features

# Half of what the model learns from is fake, whatever the collections' own shares.
PRIOR = 0.5


class Counted(NamedTuple):
    """A sample of followers: how many could be judged, the sum of their flags, and the rates of error."""

    n: int
    flagged: float
    tpr: float
    fpr: float


class FakeModel(Struct, frozen=True):
    """A fitted model. Encodes with msgspec: the file that ships is one.

    mean, scale: of each feature (profiles.FEATURES), an unknown one counts as its mean; weight: per standard
    deviation; prior: the share of fakes at which probabilities hold. rates: known fields of Profiles.CORE as
    1 and 0 -> mean flag of fake and of real accounts that were not fitted on: its true and false positive
    rate. card: where it comes from and how well it does.
    """

    version: str
    features: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weight: tuple[float, ...]
    intercept: float
    prior: float
    rates: dict[str, tuple[float, float]]
    card: dict[str, Any]

    def probability(self, profiles: Profiles, prevalence: float | None = None) -> Floats:
        """How likely each profile is fake, float64[N], where `prevalence` of all are (None: half of them).

        NaN where none of the fields of CORE is known.
        """
        z = (features(profiles) - np.array(self.mean)) / np.array(self.scale)
        logit = self.intercept + np.where(np.isnan(z), 0.0, z) @ np.array(self.weight)
        made = 1.0 / (1.0 + np.exp(-np.clip(logit, -700.0, 700.0)))
        moved = made if prevalence is None else shifted(made, self.prior, prevalence)
        return np.where(profiles.known().any(axis=1), moved, np.nan)

    def of_influencers(self, profiles: Profiles) -> Floats:
        """How likely accounts are fake that somebody wants to work with, float64[N].

        NaN where one of their three counts is not known: the mean of all accounts, fakes among them, is no
        guess at an influencer's.
        """
        counts = np.column_stack([profiles.followers, profiles.following, profiles.posts])
        return np.where(np.isfinite(counts).all(axis=1), self.probability(profiles), np.nan)

    def error_rates(self, profiles: Profiles) -> tuple[Floats, Floats]:
        """True and false positive rate of the flag for each profile, by what is known of it."""
        place = profiles.known() @ (2.0 ** np.arange(len(Profiles.CORE))[::-1])
        table = np.full((2 ** len(Profiles.CORE), 2), np.nan)
        for key, rates in self.rates.items():
            table[int(key, 2)] = rates
        found = table[place.astype(np.int64)]
        return found[:, 0], found[:, 1]

    def count(self, profiles: Profiles) -> Counted:
        """What a sample shows, for `prevalence.interval`. n is 0 where no profile could be judged.

        >>> fake = Profiles.of(1, followers=[3], following=[4000], posts=[0], has_picture=[0])
        >>> counted = builtin().count(fake)
        >>> counted.n, counted.flagged > 0.95
        (1, True)
        """
        likely = self.probability(profiles)
        judged = np.isfinite(likely)
        if not judged.any():
            return Counted(0, 0.0, 1.0, 0.0)
        tpr, fpr = (float(np.mean(rates[judged])) for rates in self.error_rates(profiles))
        return Counted(int(judged.sum()), float(flags(likely[judged]).sum()), tpr, fpr)


def flags(likely: Floats) -> Floats:
    """How far each account counts as fake in a sample, 0 to 1, by its probability at PRIOR.

    It turns on from .2 to .5. A sharp threshold leans on where it lies, and bare probabilities on how sure
    the model is: by both the rates of error of two collections agree less.

    >>> flags(np.array([0.05, 1 / 3, 0.9])).round(3).tolist()
    [0.011, 0.5, 0.997]
    """
    odds = 2.0 * likely / np.maximum(1.0 - likely, 1e-12)
    return odds**2 / (1.0 + odds**2)


@cache
def builtin() -> FakeModel:
    """The model that ships.

    >>> model = builtin()
    >>> real = Profiles.of(1, followers=[900], following=[400], posts=[210], bio_length=[60], has_picture=[1])
    >>> bool(model.probability(real)[0] < 0.05)
    True
    """
    return msgspec.json.decode(files("scoring.data").joinpath("fakes.json").read_bytes(), type=FakeModel)
