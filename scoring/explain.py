"""Scores as short sentences, in English and Turkish, for tables that people read."""

from collections.abc import Mapping, Sequence

from scoring.explain_authenticity import about
from scoring.learning.blend import BASE, PREFIX
from scoring.percents import percent as percent
from scoring.ranking import Key, Ranked
from scoring.scores import Score, Term
from scoring.words import DIMENSIONS, GENDERS, NAMES, PHRASES, REASONS, SAFETY, VETOES, Language

Wanted = Mapping[str, Mapping[str, float]]

# A fit below this is called out in words; the flag `low_confidence` of the API has its own, lower bound.
DOUBTFUL = 0.5
# More codes than this make no short sentence.
CODES_SHOWN = 3
SHARED_SHOWN = 3
# Nobody is above everybody: the best are among those who are counted.
HIGHEST = 0.99

# What a person should look at, by the flag that says so.
FLAGS = {"rate_far_above_peers": "flag", "irregular_posting": "irregular"}
# Asked by nobody, or part of a later model: no news for a reader.
SILENT = frozenset({"not_computed", "not_requested"})


def sentences(ranked: Ranked[Key], *, wanted: Wanted | None = None, language: Language = "en") -> list[str]:
    """What limits the fit, what the audience and the engagement are like, what is unknown, how sure it is.

    Parameters: `wanted` is the brief's audience (dimension -> code -> share); without it codes are not named.

    >>> from datetime import UTC, datetime
    >>> from scoring.scores import FitScore
    >>> facts = ("cold-start-1", datetime(2026, 11, 21, tzinfo=UTC))
    >>> def known(*terms): return Score(60.0, 0.8, terms, None, facts[1], facts[0])
    >>> scores = {
    ...     "audience": known(Term("base", None, None, 100.0), Term("country", 0.72, 0.8, -40.0)),
    ...     "engagement": known(Term("base", None, None, 50.0), Term("rate", 0.062, 0.021, 10.0)),
    ... }
    >>> fit = FitScore(60.0, 0.8, (), None, facts[1], facts[0], low_confidence=False)
    >>> one = Ranked("inf_1", 1, fit, scores)
    >>> sentences(one, wanted={"country": {"TR": 0.8}})
    ['audience: 72% in TR against 80% wanted', 'engagement 6.2% against 2.1% of peers']
    >>> sentences(one, wanted={"country": {"TR": 0.8}}, language="tr")
    ['kitle: TR payı %72, istenen %80', 'etkileşim %6,2, benzerlerinde %2,1']
    """
    lines = [line for term in ranked.fit.terms for line in _limit(term, language)]
    lines += _learned(ranked.fit.terms, language)
    missing = [name for name, score in ranked.scores.items() if score.reason and score.reason not in SILENT]
    for name, score in ranked.scores.items():
        if not score.reason:
            lines += _score(name, score, wanted or {}, language)
    lines += _unknown(missing, ranked.scores, language)
    if ranked.fit.confidence < DOUBTFUL:
        lines.append(PHRASES[language]["doubt"].format(have=percent(ranked.fit.confidence, language)))
    return lines


def veto_name(veto: str, language: Language) -> str:
    """A veto as people call it."""
    return VETOES[language].get(veto, veto.replace("_", " "))


def _limit(term: Term, language: Language) -> list[str]:
    phrases = PHRASES[language]
    if term.name.startswith("veto_"):
        veto = term.name.removeprefix("veto_")
        named = veto_name(veto, language)
        words = "; ".join(_struck(each, language) for each in term.shared)
        return [phrases["veto"].format(veto=f"{named} ({words})" if words else named)]
    if term.name.startswith("cap_"):
        return [phrases["cap"].format(have=f"{term.raw:.0f}", want=f"{term.reference:.0f}")]
    return []


def _learned(terms: Sequence[Term], language: Language) -> list[str]:
    """How much of the fit past collaborations say, and what of the influencer moved that most."""
    taught = [term for term in terms if term.name.startswith(PREFIX)]
    moved = [term for term in taught if term.name != BASE and term.points]
    if not moved:
        return []
    most = max(moved, key=lambda term: abs(term.points)).name.removeprefix(PREFIX)
    points = f"{sum(term.points for term in taught):.0f}"
    return [PHRASES[language]["learned"].format(points=points, what=score_name(most, language))]


def _score(name: str, score: Score, wanted: Wanted, language: Language) -> list[str]:
    inputs = [term for term in score.terms if term.name != "base"]
    if name == "audience":
        return [_audience(term, wanted.get(term.name, {}), language) for term in inputs]
    if name == "content":
        return [_content(score, language)]
    if name == "engagement":
        return [_rate(term, language) for term in inputs] + _flags(score, language)
    if name == "authority":
        return [*_authority(inputs, language), *_flags(score, language)]
    if name == "authenticity":
        return about(inputs, language)
    return []


def _unknown(names: list[str], scores: Mapping[str, Score], language: Language) -> list[str]:
    """What is not known comes last: one score with its reason, several by their names."""
    if len(names) > 1:
        listed = ", ".join(score_name(name, language) for name in names)
        return [PHRASES[language]["several_unknown"].format(scores=listed)]
    why = [REASONS[language][scores[name].reason or ""] for name in names]
    phrase = PHRASES[language]["unknown"]
    return [
        phrase.format(score=score_name(name, language), reason=reason)
        for name, reason in zip(names, why, strict=True)
    ]


def _audience(term: Term, wanted: Mapping[str, float], language: Language) -> str:
    raw, reference = term.raw or 0.0, term.reference or 0.0
    phrase = PHRASES[language]["met" if raw >= reference - 1e-6 else "short"]
    what = _what(term.name, wanted, language)
    return phrase.format(have=percent(raw, language), want=percent(reference, language), what=what)


def _what(dimension: str, wanted: Mapping[str, float], language: Language) -> str:
    """The wanted codes in words: "in TR", "aged 18-24, 25-34"."""
    if not 0 < len(wanted) <= CODES_SHOWN:
        return score_name(dimension, language)
    words = GENDERS[language] if dimension == "gender" else {}
    codes = ", ".join(words.get(code, code) for code in wanted)
    template = DIMENSIONS[language].get(dimension)
    return template.format(codes=codes) if template else f"{score_name(dimension, language)} {codes}"


def _rate(term: Term, language: Language) -> str:
    have, want = percent(term.raw or 0.0, language), percent(term.reference or 0.0, language)
    return PHRASES[language]["rate"].format(have=have, want=want)


def _struck(word: str, language: Language) -> str:
    """A word that struck, with its category named: "gambling: bahis (bio)"."""
    category, colon, rest = word.partition(": ")
    return SAFETY[language].get(category, category) + colon + rest


def _content(score: Score, language: Language) -> str:
    """What is shared by name; where nothing is, how close the influencer is."""
    phrases = PHRASES[language]
    shared = {term.name: term.shared for term in score.terms if term.shared}
    named = [*shared.get("text", ())[:SHARED_SHOWN], *shared.get("hashtags", ())[:SHARED_SHOWN]]
    if topics := shared.get("topics"):
        named.append(phrases["topics"].format(topics=topics[0]))
    if not named:
        return phrases["close"].format(have=percent(min((score.score or 0.0) / 100, HIGHEST), language))
    return phrases["content"].format(shared=", ".join(dict.fromkeys(named)))


def _authority(terms: Sequence[Term], language: Language) -> list[str]:
    """Where the account stands by who speaks of it; by the first thing that is known where nobody counted."""
    placed = [term for term in terms if term.place is not None]
    told = next((term for term in placed if term.name == "mentioners"), placed[0] if placed else None)
    if told is None or told.place is None:
        return []
    among = " ".join(part for part in (told.place.platform, told.place.category) if part)
    phrase = PHRASES[language]["mentioned" if told.name == "mentioners" else "stands"]
    have, count = percent(min(told.place.percentile, HIGHEST), language), f"{told.raw or 0.0:.0f}"
    return [phrase.format(have=have, among=among, count=count, what=score_name(told.name, language))]


def _flags(score: Score, language: Language) -> list[str]:
    return [PHRASES[language][FLAGS[flag]] for flag in score.flags if flag in FLAGS]


def score_name(name: str, language: Language) -> str:
    return NAMES[language].get(name, name.replace("_", " "))
