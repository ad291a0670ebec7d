"""The net promoter score and its interval. Pure."""

from math import sqrt

from service.advocacy.surveys.schemas import Band, Nps

Z = 1.959963984540054


def band(score: int) -> Band:
    """
    >>> band(10), band(9), band(8), band(7), band(6), band(0)
    ('promoter', 'promoter', 'passive', 'passive', 'detractor', 'detractor')
    """
    return "promoter" if score >= 9 else "passive" if score >= 7 else "detractor"


def nps(promoters: int, passives: int, detractors: int, comments: int = 0) -> Nps:
    """The score in points, with its 95% interval.

    It is the difference of two shares of one sample, as that of paired proportions: adjusted Wald with one
    added to each side (Bonett and Price 2012, J. Educ. Behav. Stat. 37:479), which holds for few answers.

    >>> found = nps(60, 25, 15)
    >>> found.nps, round(found.low, 1), round(found.high, 1)
    (45.0, 29.6, 58.6)
    >>> nps(0, 0, 0).reason
    'no_answers'
    """
    n = promoters + passives + detractors
    counts = (n, promoters, passives, detractors, comments)
    if n == 0:
        return Nps(None, None, None, "no_answers", *counts)
    up, down = (promoters + 1) / (n + 2), (detractors + 1) / (n + 2)
    half = Z * sqrt(max(0.0, up + down - (up - down) ** 2) / (n + 2))
    low, high = max(-1.0, up - down - half), min(1.0, up - down + half)
    return Nps(100 * (promoters - detractors) / n, 100 * low, 100 * high, None, *counts)
