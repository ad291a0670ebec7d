"""What a brief and an influencer share is named as people write it."""

from datetime import UTC, datetime

from scoring.content import space
from scoring.content.shared import Shared, named, shared
from scoring.content.text import of_brief, of_influencer
from scoring.scores import Score, Term

BRIEF = of_brief("Evde pişen Türk kahvesi ve kahvaltı", ["kahve"], ["#KahveKeyfi"])
TEXTS = [
    of_influencer("Kahvesini özleyenlere", ["food"], ["Pazar kahvaltısı hazır #kahvekeyfi #pazar"]),
    of_influencer("Oyun yayıncısı", ["gaming"], ["Akşam yayındayız #oyun"]),
]


def test_words_hashtags_and_topics() -> None:
    made = space.fit(TEXTS * 15, topics=2)
    coffee, games = shared(made, BRIEF, TEXTS)
    assert set(coffee.words) >= {"Kahvesini", "kahvaltısı"}
    assert coffee.hashtags == ("kahvekeyfi",)
    assert len(coffee.topics) == 1
    assert coffee.topics[0] in {made.topics.name(topic) for topic in range(2)}
    assert games.words == games.hashtags == ()


def test_short_words_and_other_stems_are_not_shared() -> None:
    made = space.fit(TEXTS * 15, topics=2)
    [found] = shared(made, of_brief("kar ve kartal ile ev"), [of_influencer("karpuz evde kar", [], [])])
    assert found.words == ()


def test_terms_say_what_is_shared() -> None:
    terms = (Term("base", None, None, 50.0), Term("text", 0.5, 0.2, 9.0), Term("hashtags", 0.1, 0.2, 0.0))
    score = Score(59.0, 1.0, terms, None, datetime(2026, 1, 1, tzinfo=UTC), "m")
    made = named(score, Shared(("kahve",), ("kahvekeyfi",), ()))
    assert [term.shared for term in made.terms] == [(), ("kahve",), ("#kahvekeyfi",)]
    assert made.score == score.score
