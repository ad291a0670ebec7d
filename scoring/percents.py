"""Fractions as people read them."""

from scoring.words import Language


def percent(fraction: float, language: Language = "en") -> str:
    """A fraction for people: two digits that mean something.

    >>> percent(0.724), percent(0.0621), percent(0.00123), percent(0.0621, "tr")
    ('72%', '6.2%', '0.12%', '%6,2')
    """
    value = fraction * 100
    if 0 < value < 0.005:
        return "<" + percent(0.0001, language)
    decimals = 0 if value >= 9.95 or value == 0 else 1 if value >= 0.995 else 2
    text = f"{value:.{decimals}f}"
    return f"%{text.replace('.', ',')}" if language == "tr" else f"{text}%"
