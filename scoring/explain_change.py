"""What would move a rank, as a sentence in English or Turkish."""

from scoring.explain import percent, score_name, veto_name
from scoring.whatif import Change
from scoring.words import PHRASES, Language


def sentence(change: Change, language: Language = "en") -> str:
    """One change, with the score that it brings about.

    >>> sentence(Change("engagement", 48.2, 61.0, 70.0, "rate", 0.021, 0.0262))
    'engagement from 2.1% to 2.6% (score 48 to 61)'
    >>> sentence(Change("content", None, 61.0, 70.0), "tr")
    'içerik uyumu bilinmiyor: en az 61 olmalı'
    """
    phrases, what = PHRASES[language], score_name(change.score, language)
    if change.score == "veto":
        return phrases["veto_gone"].format(
            veto=veto_name(change.input or "", language), fit=f"{change.fit:.0f}"
        )
    if change.score_from is None or change.score_to is None:
        return phrases["would_have_to_be"].format(score=what, have=f"{change.score_to:.0f}")
    scores = {"score_from": f"{change.score_from:.0f}", "score_to": f"{change.score_to:.0f}"}
    if change.score == "cap":
        return phrases["score_rises"].format(score=score_name(change.input or "", language), **scores)
    if change.value_from is None or change.value_to is None:
        return phrases["score_rises"].format(score=what, **scores)
    have, want = percent(change.value_from, language), percent(change.value_to, language)
    named = what if change.input == "rate" else f"{what}, {score_name(change.input or '', language)}"
    return phrases["input_rises"].format(what=named, have=have, want=want, **scores)
