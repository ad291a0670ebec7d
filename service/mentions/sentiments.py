"""What a source says of a mention's sentiment, in words or numbers, as a label and a score. Pure."""

import re

from msgspec import Struct

from service.kit.text import fold_tr

_WORDS = {
    **dict.fromkeys(("positive", "pos", "olumlu", "pozitif", "good", "happy", "+"), 1.0),
    **dict.fromkeys(("negative", "neg", "olumsuz", "negatif", "bad", "sad", "-"), -1.0),
    **dict.fromkeys(("neutral", "neu", "notr", "tarafsiz", "mixed", "none"), 0.0),
}
_NUMBER = re.compile(r"[+-]?\d{1,6}(?:[.,]\d{1,10})?")
# Talkwalker counts from -5 to 5, others from -1 to 1 or -100 to 100: the smallest scale that holds the value.
_SCALES = (1.0, 5.0, 10.0, 100.0)
NEUTRAL = 0.05


class Said(Struct, frozen=True):
    """As it came, its meaning as a label, and as a score in -1..1; None where it means nothing to us."""

    raw: str
    label: str | None
    score: float | None


def said(value: str | float | None, scale: float | None = None) -> Said | None:
    """What a source's sentiment means. `scale`: the greatest number of the source's scale, where it is known.

    >>> said("Olumsuz").label, said(-3, scale=5).score, said("0.2").label, said("odd").label, said(None)
    ('negative', -0.6, 'positive', None, None)
    >>> said("Negative emotion").label, said("very sad").label
    ('negative', None)
    """
    if value is None or value == "":
        return None
    raw = str(value)[:100]
    score = _WORDS.get(fold_tr(raw)) if isinstance(value, str) else _scaled(float(value), scale)
    if score is None and _NUMBER.fullmatch(raw.strip()):
        score = _scaled(float(raw.strip().replace(",", ".")), scale)
    elif score is None:
        score = _first_word(raw)
    if score is None or score != score:
        return Said(raw, None, None)
    label = "neutral" if abs(score) < NEUTRAL else "positive" if score > 0 else "negative"
    return Said(raw, label, score)


def _first_word(raw: str) -> float | None:
    """Of several words the first says it ("Negative emotion", "Olumlu görüş"); a text of more is none."""
    words = fold_tr(raw).replace("_", " ").split()
    return _WORDS.get(words[0]) if 1 < len(words) <= 4 else None


def _scaled(value: float, scale: float | None) -> float | None:
    top = scale or next((one for one in _SCALES if abs(value) <= one), None)
    return None if top is None or value != value else max(-1.0, min(1.0, value / top))
