"""A brief's wishes: pure."""

from uuid import UUID

import msgspec
import pytest

from service.discovery.briefs.checks import faults
from service.discovery.briefs.schemas import (
    Audience,
    BriefPatch,
    NewBrief,
    StoredVetoes,
    Vetoes,
    Weights,
    Wishes,
)
from service.discovery.briefs.wishes import replaced, stored
from service.kit import ids
from service.kit.problems import NotFound

ONE, TWO, THREE = UUID(int=1), UUID(int=2), UUID(int=3)


def test_an_older_document_has_the_defaults_of_younger_fields() -> None:
    assert msgspec.convert({"goal": "x"}, Wishes) == Wishes(goal="x")


def test_a_document_survives_storage() -> None:
    wishes = Wishes(
        persona_ids=[ONE],
        audience=Audience(country={"TR": 0.8}, mode="exact"),
        weights=Weights(audience=0.0),
        vetoes=StoredVetoes([TWO], ["Bahis"]),
    )
    assert msgspec.json.decode(msgspec.json.encode(wishes), type=Wishes) == wishes


def test_a_patch_leaves_alone_what_it_does_not_name() -> None:
    before = stored(NewBrief("x", goal="g", keywords=["a", " a ", "b"], vetoes=Vetoes(["inf_" + "0" * 26])))
    after = stored(BriefPatch(keywords=[]), before)
    assert before.keywords == ["a", "b"]
    assert after == msgspec.structs.replace(before, keywords=[])


def test_what_is_no_id_is_unknown() -> None:
    with pytest.raises(NotFound):
        stored(NewBrief("x", competitors=[ids.show("inf", ONE)]))


@pytest.mark.parametrize(
    ("moved", "left"),
    [
        ({}, [ONE, TWO]),
        ({ONE: THREE}, [THREE, TWO]),
        ({ONE: TWO}, [TWO]),
        ({ONE: None}, [TWO]),
        ({ONE: None, TWO: None}, []),
        ({THREE: ONE}, [ONE, TWO]),
    ],
)
def test_vetoes_follow_profiles(moved: dict[UUID, UUID | None], left: list[UUID]) -> None:
    wishes = Wishes(goal="g", vetoes=StoredVetoes([ONE, TWO], ["Bahis"]))
    assert replaced(wishes, moved) == Wishes(goal="g", vetoes=StoredVetoes(left, ["Bahis"]))


@pytest.mark.parametrize(
    ("audience", "weights", "paths"),
    [
        (Audience(), Weights(), []),
        (None, None, []),
        (Audience(country={"TR": 1.0}), None, []),
        (Audience(age={"18-24": 0.34, "25-34": 0.33, "35-44": 0.34}), None, []),
        (Audience(age={"18-24": 0.6, "25-34": 0.6}), None, ["audience.age"]),
        (Audience(interests={"a": 0.6, "b": 0.6}), None, []),
        (Audience(interests={"a": 0.6, "b": 0.6}, mode="exact"), None, ["audience.interests"]),
        (Audience(interests={" ": 0.5}), None, ["audience.interests. "]),
        (None, Weights(audience=0, engagement=0), []),
        (None, Weights(audience=0, engagement=0, authority=0, authenticity=0, content=0), ["weights"]),
        (None, Weights(audience=0, engagement=0, authority=0, authenticity=0, content=0.1), []),
    ],
)
def test_faults(audience: Audience | None, weights: Weights | None, paths: list[str]) -> None:
    assert [fault["path"] for fault in faults(audience, weights)] == paths
