"""Artefacts: the same after reload; refused where anything is not as the card says."""

import pickle
from functools import cache

import msgspec
import numpy as np
import pytest
import skops.io
from sklearn.ensemble import RandomForestClassifier

from scoring.learning import artefact
from scoring.learning.artefact import Refused, digest, dump, load, sklearn_version
from scoring.learning.card import Card
from scoring.learning.estimator import LearnedFit
from scoring.learning.features import FEATURES
from scoring.learning.outcomes import better, usual
from tests.scoring.learning.simulated import Campaigns, campaigns


@cache
def _trained(size: int) -> tuple[LearnedFit, Campaigns, bytes]:
    made = campaigns(size, seed=1)
    model = LearnedFit().fit(
        made.features, better(made.outcomes, usual(made.outcomes)), made.outcomes.influencer
    )
    return model, made, dump(model)


def _load(data: bytes, **other: object) -> LearnedFit:
    said = {"digest_of_card": digest(data), "sklearn": sklearn_version(), "features": FEATURES} | other
    return load(data, **said)  # type: ignore[arg-type]


def _code(data: bytes, **other: object) -> str:
    with pytest.raises(Refused) as refused:
        _load(data, **other)
    return refused.value.code


@pytest.mark.parametrize("size", [300, 1_100], ids=["sigmoid", "isotonic"])
def test_predictions_are_the_same_to_the_last_bit(size: int) -> None:
    model, made, data = _trained(size)
    again = _load(data)
    before, after = model.probability(made.features), again.probability(made.features)
    assert before.tobytes() == after.tobytes()
    assert np.asarray(again.reference_).tobytes() == model.reference_.tobytes()
    assert again.calibration_ == ("sigmoid" if size < 1_000 else "isotonic")


def test_a_changed_byte_is_refused() -> None:
    data = _trained(300)[2]
    changed = bytearray(data)
    changed[len(changed) // 2] ^= 1
    assert _code(bytes(changed), digest_of_card=digest(data)) == "hash_mismatch"


def test_pickle_is_refused_even_where_the_hash_is_right() -> None:
    assert _code(pickle.dumps(_trained(300)[0])) == "not_skops"


def test_another_minor_version_of_sklearn_is_refused() -> None:
    data = _trained(300)[2]
    assert _code(data, sklearn="0.24.2") == "other_sklearn"
    major, minor, *_ = sklearn_version().split(".")
    assert _load(data, sklearn=f"{major}.{minor}.999")


def test_other_features_are_refused() -> None:
    assert _code(_trained(300)[2], features=("content", "audience")) == "other_features"


def test_untrusted_types_are_refused() -> None:
    assert _code(skops.io.dumps({"call": np.testing.assert_equal})) == "untrusted_types"


def test_trusted_types_that_are_no_learned_fit_are_refused() -> None:
    forest = RandomForestClassifier(n_estimators=1).fit([[0], [1]], [0, 1])
    assert _code(skops.io.dumps(forest)) in ("not_a_learned_fit", "untrusted_types")
    assert _code(skops.io.dumps({"just": "a dictionary"})) == "not_a_learned_fit"


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"PK\x03\x04" + bytes(500)])
def test_broken_archives_are_refused(data: bytes) -> None:
    assert _code(data) == "damaged"


def test_only_what_is_needed_is_trusted() -> None:
    """A type that no artefact holds has no place in the list."""
    held = set().union(*(skops.io.get_untrusted_types(data=_trained(size)[2]) for size in (300, 1_100)))
    assert held == artefact.TRUSTED


def test_a_card_is_json_and_back() -> None:
    from tests.scoring.learning.test_training import trained

    card = trained().card
    assert msgspec.json.decode(msgspec.json.encode(card), type=Card) == card
