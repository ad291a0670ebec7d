"""What candidates are held against: the brief's own wishes first, its personas' where it has none."""

import pytest

from service.discovery.briefs.schemas import Audience, StoredVetoes, Weights, Wishes
from service.discovery.scores.asked import ask, persona_audience

ELIF = {"age": {"18-24": 0.6, "25-34": 0.4}, "gender": ["female"], "active_hour": {"mon-20": 1.0}}
CAN = {"age": {"25-34": 1.0}, "country": ["TR", "DE"]}


@pytest.mark.parametrize(
    ("personas", "audience"),
    [
        ([], {}),
        ([{}], {}),
        ([{"gender": ["female"]}], {"gender": {"female": 1.0}}),
        ([{"country": ["TR", "DE", "TR"]}], {"country": {"TR": 0.5, "DE": 0.5}}),
        ([{"active_hour": {"mon-20": 1.0}}], {}),
        (
            [ELIF, CAN],
            {
                "age": {"18-24": 0.3, "25-34": 0.7},
                "gender": {"female": 1.0},
                "country": {"TR": 0.5, "DE": 0.5},
            },
        ),
        # One code in two spellings is one wish.
        (
            [{"interests": {"Güzellik": 0.4}}, {"interests": {"guzellik": 0.2}}],
            {"interests": {"Güzellik": 0.3}},
        ),
        # What an older persona may hold is passed over.
        ([{"age": {"18-24": 0}, "gender": 3, "city": "TR-34"}], {"city": {"TR-34": 1.0}}),
    ],
)
def test_what_personas_say(personas: list[dict[str, object]], audience: dict[str, object]) -> None:
    made = persona_audience(personas)
    assert {name: pytest.approx(shares) for name, shares in made.items()} == audience


def test_the_brief_s_own_dimension_wins() -> None:
    wishes = Wishes(audience=Audience(age={"13-17": 0.2}, mode="exact"))
    asked = ask(wishes, [ELIF])
    assert asked.audience == {"age": {"13-17": 0.2}, "gender": {"female": 1.0}}
    assert asked.mode == "exact"


@pytest.mark.parametrize(
    ("own", "of_filters", "expected"),
    [([], (), []), ([], ("tiktok",), ["tiktok"]), (["x"], ("tiktok",), ["x"]), (["x"], (), ["x"])],
)
def test_platforms_are_the_brief_s_else_the_filters(
    own: list[str], of_filters: tuple[str, ...], expected: list[str]
) -> None:
    assert ask(Wishes(platforms=own), (), of_filters).platforms == expected  # type: ignore[arg-type]


def test_weights_and_vetoes_are_as_given() -> None:
    asked = ask(Wishes(weights=Weights(audience=2.0), vetoes=StoredVetoes([], ["GÜZELLİK"])))
    assert asked.weights == {"audience": 2.0}
    assert asked.vetoed_categories == ["guzellik"]
