"""When a learned fit may rank: enough collaborations, clearly better than the cold start, well calibrated."""

from msgspec import Struct

from scoring.learning.evaluation import Evaluation

LEAST_OUTCOMES = 200
LEAST_GAIN = 0.02
MOST_ECE = 0.05


class Reason(Struct, frozen=True):
    """One bound of the rule, and what was found.

    code: too_few_outcomes, no_gain, by_chance, badly_calibrated.
    """

    code: str
    found: float | None
    needed: float


class Decision(Struct, frozen=True):
    """Whether the rule is met, and every bound that is not."""

    promotable: bool
    reasons: tuple[Reason, ...]


def decide(outcomes: int, evaluation: Evaluation | None) -> Decision:
    """The rule of FORMULAS 2, and that the gain is none of chance: of 40 sets of 220 shuffled outcomes three
    gained 2% by luck. What could not be measured is not met.

    >>> decide(150, None).reasons[0]
    Reason(code='too_few_outcomes', found=150.0, needed=200.0)
    """
    reasons = []
    if outcomes < LEAST_OUTCOMES:
        reasons.append(Reason("too_few_outcomes", float(outcomes), float(LEAST_OUTCOMES)))
    gain = evaluation.gain if evaluation else None
    if gain is None or gain < LEAST_GAIN:
        reasons.append(Reason("no_gain", gain, LEAST_GAIN))
    low = evaluation.gain_low if evaluation else None
    if low is None or low <= 0:
        reasons.append(Reason("by_chance", low, 0.0))
    error = evaluation.ece if evaluation else None
    if error is None or error > MOST_ECE:
        reasons.append(Reason("badly_calibrated", error, MOST_ECE))
    return Decision(not reasons, tuple(reasons))


def weight(outcomes: int) -> float:
    """What the learned fit counts beside the cold start: n / (n + 200).

    >>> weight(0), weight(200), weight(600)
    (0.0, 0.5, 0.75)
    """
    return outcomes / (outcomes + LEAST_OUTCOMES)
