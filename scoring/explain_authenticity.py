"""Authenticity as short sentences: how many followers look fake, and what stands out beside them."""

from collections.abc import Sequence

from scoring.percents import percent
from scoring.scores import Term
from scoring.words import PHRASES, Language

# From here on an own profile is more likely fake than not.
FAKE = 0.5
_DAYS = {"en": "%Y-%m-%d", "tr": "%d.%m.%Y"}


def about(inputs: Sequence[Term], language: Language = "en") -> list[str]:
    """Sentences of the terms behind `base`; of what stands out, only where it does.

    >>> from datetime import UTC, datetime
    >>> from scoring.scores import Observed
    >>> seen, day = Observed(n=500, share=0.15), datetime(2026, 9, 4, tzinfo=UTC)
    >>> sample = Term("follower_sample", 0.18, 0.0, -8.0, observed=seen)
    >>> growth = Term("growth", 0.55, 1.0, -9.0, observed=Observed(n=25, jump=2.1, jump_at=day))
    >>> about([sample, growth])[0]
    'authenticity: at most 18% of a sample of 500 followers look fake'
    >>> about([growth])
    ['followers jumped by 210% in the week to 2026-09-04']
    >>> about([growth], "tr")
    ['takipçiler 04.09.2026 ile biten haftada %210 arttı']
    """
    return [line for term in inputs for line in _said(term, language)]


def _said(term: Term, language: Language) -> list[str]:
    phrases, raw, seen = PHRASES[language], term.raw or 0.0, term.observed
    if term.name == "follower_sample" and seen and seen.n:
        return [phrases["sample"].format(have=percent(raw, language), n=_count(seen.n, language))]
    if term.name == "consistency" and term.points < 0:
        far = [phrases["far"]] if abs(raw) > (term.reference or 0.0) else []
        odd = seen.ratio if seen else None
        return far + ([] if odd is None else [phrases["ratio"].format(have=percent(odd, language))])
    if term.name == "growth" and seen and seen.jump is not None and seen.jump_at is not None:
        day = seen.jump_at.strftime(_DAYS[language])
        return [
            phrases["jump" if seen.jump > 0 else "fall"].format(
                have=percent(abs(seen.jump), language), day=day
            )
        ]
    return [phrases["fake_profile"]] if term.name == "profile" and raw >= FAKE else []


def _count(n: float, language: Language) -> str:
    text = f"{n:,.0f}"
    return text.replace(",", ".") if language == "tr" else text
