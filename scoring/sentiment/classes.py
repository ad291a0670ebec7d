"""The three classes, and what people's files call them: words, numbers, stars."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from scoring.folding import fold_tr

NEGATIVE: Final = 0
NEUTRAL: Final = 1
POSITIVE: Final = 2
ABSTAIN: Final = 3
CLASSES = ("negative", "neutral", "positive")
OUTCOMES = (*CLASSES, "abstain")

_WORDS = {
    NEGATIVE: "negative neg negatif olumsuz kotu bad unhappy mutsuz negative_emotion",
    NEUTRAL: "neutral neu notr tarafsiz mixed karisik none no_emotion no_emotion_toward_brand_or_product",
    POSITIVE: "positive pos pozitif olumlu iyi good happy mutlu positive_emotion",
}
_CLASS_OF: Mapping[str, int] = MappingProxyType(
    {word.replace("_", " "): number for number, words in _WORDS.items() for word in words.split()}
)
_UNSURE = frozenset(("i can't tell", "cant tell", "unsure", "unknown", "bilmiyorum", "abstain", "?"))
# Two classes or three by number: the file's own values say which scale it is.
_SIGNED = {-1.0: NEGATIVE, 0.0: NEUTRAL, 1.0: POSITIVE}
_SCALES: tuple[Mapping[float, int], ...] = (
    _SIGNED,
    {0.0: NEGATIVE, 1.0: NEUTRAL, 2.0: POSITIVE},
    {1.0: NEGATIVE, 2.0: NEGATIVE, 3.0: NEUTRAL, 4.0: POSITIVE, 5.0: POSITIVE},
)


class UnknownScale(ValueError):
    """The numbers of a column are on no scale that is known."""


def scale_of(values: Iterable[str]) -> Mapping[float, int]:
    """Which number means what, by all numbers of a column; empty where it holds none.

    -1, 0, 1 where one is below 0; 1 to 5 (stars) where one is above 2; 0, 1, 2 where both 0 and 2 stand.
    0 and 1 alone are negative and positive.

    Raises: UnknownScale.

    >>> scale_of(["5", "1", "3"])[4.0], scale_of(["0", "1"])[1.0], scale_of(["-1", "1"])[0.0]
    (2, 2, 1)
    """
    found = {number for value in values if (number := _number(value)) is not None}
    if not found:
        return {}
    if found == {0.0, 1.0}:
        return {0.0: NEGATIVE, 1.0: POSITIVE}
    fitting = [scale for scale in _SCALES if found <= scale.keys()]
    if not fitting:
        raise UnknownScale(f"numbers are on no scale known: {', '.join(f'{n:g}' for n in sorted(found)[:8])}")
    if len(fitting) > 1:
        raise UnknownScale(f"numbers fit more than one scale: {', '.join(f'{n:g}' for n in sorted(found))}")
    return fitting[0]


def class_of(value: str, scale: Mapping[float, int]) -> int | None:
    """The class that a cell names, ABSTAIN where its writer was unsure, None where it names none.

    >>> class_of("Olumsuz", {}), class_of("★★★★★", {}), class_of("I can't tell", {}), class_of("x", {})
    (0, 2, 3, None)
    """
    text = fold_tr(value.replace("_", " ")).rstrip(".!")
    if text in _CLASS_OF:
        return _CLASS_OF[text]
    if text in _UNSURE:
        return ABSTAIN
    if 1 <= (stars := value.count("★") + value.count("⭐")) <= 5:
        return NEGATIVE if stars < 3 else NEUTRAL if stars == 3 else POSITIVE
    number = _number(value)
    return None if number is None else scale.get(number)


def _number(value: str) -> float | None:
    try:
        made = float(value.strip().replace(",", "."))
    except ValueError:
        return None
    return made if abs(made) < 1e6 else None
