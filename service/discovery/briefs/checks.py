"""Whether a brief's wishes can be met at all: codes that exist, shares of no more than the whole."""

from collections.abc import Iterator

from service.discovery.briefs.schemas import Audience, Weights
from service.influencers.audiences.dimensions import fold_code, wrong_code, wrong_sums

# Shares are typed by people: thirds as .333 and .334 are a whole.
ROUNDING = 0.02

Fault = dict[str, str]


def faults(audience: Audience | None, weights: Weights | None) -> list[Fault]:
    """What is wrong, each with its path; [] where nothing is.

    >>> faults(Audience(age={"25-30": 0.5}), None)[0]["path"]
    'audience.age.25-30'
    """
    found = [] if audience is None else [*_codes(audience), *_sums(audience)]
    if weights is not None and all(getattr(weights, name) == 0 for name in weights.__struct_fields__):
        # What is left out keeps its default, so it takes all five.
        found.append({"path": "weights", "message": "are all 0"})
    return found


def _codes(audience: Audience) -> Iterator[Fault]:
    for dimension, shares in audience.wanted().items():
        known: set[str] = set()
        for code in shares:
            folded = fold_code(dimension, code)
            message = wrong_code(dimension, code) or ("stands there twice" if folded in known else None)
            if message:
                yield {"path": f"audience.{dimension}.{code}", "message": message}
            known.add(folded)


def _sums(audience: Audience) -> Iterator[Fault]:
    wanted = audience.wanted()
    cells = [(name, code, share) for name, shares in wanted.items() for code, share in shares.items()]
    over = set(wrong_sums(cells))
    if audience.mode == "exact":
        # A whole distribution is compared, so in every dimension the shares are parts of one.
        over |= {name for name, shares in wanted.items() if sum(shares.values()) > 1 + ROUNDING}
    for dimension in sorted(over):
        yield {"path": f"audience.{dimension}", "message": "shares sum to more than 1"}
