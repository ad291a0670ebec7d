"""What speaks for a made-up referral, and how much: a table of chances, and their log-odds.

A weight is log(chance among made-up referrals / chance among honest ones), as naive Bayes adds them. Chances
are set by judgement, from how such accounts are made, not fitted: families share a home, often a tablet,
sometimes an account at the bank; offices share an address and a domain and join together after lunch; who
makes accounts up does it in one sitting, on few devices, to be paid into one account, and shops with none. Of
two phones at one home every third pair has browsers that say the same.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Evidence(NamedTuple):
    """made_up, honest: the chance of seeing it among either; group: see GROUPS; says: what was seen."""

    made_up: float
    honest: float
    group: str
    says: str

    @property
    def weight(self) -> float:
        """In natural log-odds, rounded as it is told."""
        return round(math.log(self.made_up / self.honest), 2)


EVIDENCE = {
    "same_email": Evidence(0.30, 0.0003, "identity", "one e-mail address, written in two ways"),
    "same_payout": Evidence(0.45, 0.008, "home", "both are paid into one account"),
    "kin_payout": Evidence(0.30, 0.006, "home", "paid into one account with others of this tree"),
    "device_crowd": Evidence(0.35, 0.003, "home", "four or more accounts on one device on one day"),
    "same_device": Evidence(0.45, 0.04, "home", "both on one device on one day"),
    "kin_device": Evidence(0.40, 0.025, "home", "on one device on one day with others of this tree"),
    "same_agent": Evidence(0.45, 0.07, "home", "browsers alike at one address on one day, few others"),
    "same_address": Evidence(0.55, 0.20, "home", "both at one address on one day, with few others"),
    "crowded_address": Evidence(0.15, 0.15, "home", "both at an address of many: says nothing"),
    "same_domain": Evidence(0.10, 0.07, "domain", "e-mail addresses of one domain of their own"),
    "idle": Evidence(0.85, 0.45, "activity", "at most one order, and nothing on another day"),
    "buys_again": Evidence(0.05, 0.30, "activity", "orders on several days"),
    "burst": Evidence(0.45, 0.06, "behaviour", "five or more referrals of this referrer within a day"),
    "idle_star": Evidence(0.45, 0.07, "behaviour", "nearly all whom this referrer brought are idle"),
    "idle_referrer": Evidence(0.50, 0.15, "behaviour", "the referrer herself never bought again"),
    "both_ways": Evidence(0.15, 0.02, "circle", "the referred tried to refer her referrer"),
    "circle": Evidence(0.20, 0.003, "circle", "three or more tried to refer each other in a circle"),
    "tried_self": Evidence(0.20, 0.03, "circle", "the referrer tried to refer herself"),
    "company": Evidence(0.70, 0.03, "company", "of the referrals next to it two or more, and most, are held"),
    "neighbour": Evidence(0.50, 0.05, "company", "of the referrals next to it a third or more are held"),
}
CODES = tuple(EVIDENCE)
WEIGHTS = np.array([EVIDENCE[code].weight for code in CODES])
# Of a thousand referrals so many are made up, before anything is seen of them.
PRIOR = round(math.log(0.02 / 0.98), 2)
# Held from here on: three to one that it is made up.
HELD = round(math.log(3), 2)
# Things that come together count once, the heaviest: a device stands at an address, and those who share an
# account at the bank share both. Others count to a sum at most: behaviour alone never holds a referral, as
# honest people with many friends behave so as well.
ONCE = {"home", "domain", "activity", "circle", "company"}
AT_MOST = {"behaviour": 2.5, "identity": math.inf}


def scores(seen: NDArray[np.bool_]) -> Floats:
    """Log-odds that each referral is made up: seen, bool[R, C], columns in the order of CODES.

    >>> seen = np.zeros((2, len(CODES)), dtype=bool)
    >>> seen[1, [CODES.index("same_email"), CODES.index("idle")]] = True
    >>> scores(seen).round(2).tolist()
    [-3.89, 3.66]
    """
    total = np.full(len(seen), PRIOR)
    for group in dict.fromkeys(each.group for each in EVIDENCE.values()):
        columns = [place for place, code in enumerate(CODES) if EVIDENCE[code].group == group]
        weights = seen[:, columns] * WEIGHTS[columns]
        if group in ONCE:
            heaviest = np.abs(weights).argmax(axis=1)
            total += np.take_along_axis(weights, heaviest[:, None], axis=1)[:, 0]
        else:
            total += np.minimum(weights.sum(axis=1), AT_MOST[group])
    return total
