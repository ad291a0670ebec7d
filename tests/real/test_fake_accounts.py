"""The classifier of fake accounts on two public collections; `-s` prints the figures.

ELCI_WRITE_MODELS=1 writes scoring/data/fakes.json anew: the fit's coefficients, and a card with the figures.
"""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from scoring import fakes
from scoring.arrays import Floats
from scoring.authenticity import Evidence, score
from scoring.fake_fit import Collection, fit, out_of_fold
from scoring.growth import weekly
from scoring.prevalence import interval
from scoring.profiles import Profiles
from scoring.rows import take
from tests.real.fake_accounts import instafake, kaggle

MODEL = Path(fakes.__file__).parent / "data" / "fakes.json"
SHARES = (0.0, 0.02, 0.05, 0.1, 0.2, 0.33, 0.5, 0.67, 0.8, 0.95, 1.0)


@pytest.fixture(scope="module")
def sets(real_data: Path) -> dict[str, Collection]:
    return {"instafake": instafake(real_data), "kaggle": kaggle(real_data)}


@pytest.fixture(scope="module")
def fitted(sets: dict[str, Collection]) -> fakes.FakeModel:
    return fit(list(sets.values()), version="fakes-1", card=card(sets))


def card(sets: dict[str, Collection]) -> dict[str, Any]:
    there = dict(zip(sets, [("kaggle", "instafake"), ("instafake", "kaggle")], strict=True))
    return {
        "made": datetime.now(UTC).date().isoformat(),
        "sources": {
            "instafake": "InstaFake, fake accounts (Akyon, Kalfaoglu, 2019), without exact duplicates",
            "kaggle": "Instagram fake spammer genuine accounts, training part (2019), without duplicates",
        },
        "rows": {name: len(one.fake) for name, one in sets.items()},
        "fakes": {name: int(one.fake.sum()) for name, one in sets.items()},
        "auc_within": {name: round(within(one), 3) for name, one in sets.items()},
        "auc_across": {" to ".join(pair): round(across(sets, *pair)[0], 3) for pair in there.values()},
        "brier_across": {" to ".join(pair): round(across(sets, *pair)[1], 3) for pair in there.values()},
    }


def within(one: Collection) -> float:
    """Mean over the folds of five cross-validations; alike profiles are never on both sides."""
    seeds = [out_of_fold(one, folds=5, seed=seed) for seed in range(5)]
    return float(np.mean([roc_auc_score(one.fake, made) for made in seeds]))


def across(sets: dict[str, Collection], source: str, target: str) -> tuple[float, float]:
    """AUC, and the Brier score at the target's known share of fakes."""
    model, there = fit([sets[source]]), sets[target]
    made = model.probability(there.profiles, prevalence=float(there.fake.mean()))
    return float(roc_auc_score(there.fake, made)), float(np.mean((made - there.fake) ** 2))


def test_the_file_is_what_the_fit_makes(fitted: fakes.FakeModel):
    if os.environ.get("ELCI_WRITE_MODELS"):
        MODEL.write_bytes(msgspec.json.format(msgspec.json.encode(fitted), indent=1) + b"\n")
    shipped = msgspec.json.decode(MODEL.read_bytes(), type=fakes.FakeModel)
    assert shipped.features == fitted.features
    for name in ("mean", "scale", "weight"):
        assert getattr(shipped, name) == pytest.approx(getattr(fitted, name), abs=2e-5)
    assert shipped.intercept == pytest.approx(fitted.intercept, abs=2e-5)
    assert shipped.rates.keys() == fitted.rates.keys()
    for key, pair in fitted.rates.items():
        assert shipped.rates[key] == pytest.approx(pair, abs=0.005)
    assert {**shipped.card, "made": ""} == {**fitted.card, "made": ""}


@pytest.mark.parametrize("name", ["instafake", "kaggle"])
def test_within_a_collection(sets: dict[str, Collection], name: str):
    found = within(sets[name])
    print(f"{name}: AUC {found:.4f}")
    assert round(found, 3) >= 0.985


@pytest.mark.parametrize(("source", "target"), [("instafake", "kaggle"), ("kaggle", "instafake")])
def test_from_one_collection_to_the_other(sets: dict[str, Collection], source: str, target: str):
    auc, brier = across(sets, source, target)
    print(f"{source} to {target}: AUC {auc:.4f}, Brier {brier:.4f}")
    assert auc >= 0.975
    assert brier <= 0.08


def halves(one: Collection, seed: int) -> tuple[Collection, Collection]:
    """Two halves without a profile in common."""
    columns = [one.profiles.followers, one.profiles.following, one.profiles.posts, one.profiles.bio_length]
    _, alike = np.unique(np.column_stack(columns), axis=0, return_inverse=True)
    side = np.random.default_rng(seed).random(alike.max() + 1)[alike.ravel()] < 0.5
    first, second = (np.flatnonzero(side), np.flatnonzero(~side))
    return part(one, first), part(one, second)


def part(one: Collection, rows: Any) -> Collection:
    return Collection(take(one.profiles, rows, len(one.fake)), one.fake[rows])


_HALVED: dict[int, tuple[fakes.FakeModel, dict[str, Collection]]] = {}


def halved(sets: dict[str, Collection], seed: int) -> tuple[fakes.FakeModel, dict[str, Collection]]:
    """A model of one half of each collection, and the other halves."""
    if seed not in _HALVED:
        cut = {name: halves(one, seed) for name, one in sets.items()}
        model = fit([first for first, _ in cut.values()])
        _HALVED[seed] = model, {name: second for name, (_, second) in cut.items()}
    return _HALVED[seed]


def sample(one: Collection, share: float, rng: np.random.Generator) -> tuple[Profiles, float]:
    """500 followers of whom about `share` are fake, and how many really are."""
    bad = int(rng.binomial(500, share))
    rows = [rng.choice(np.flatnonzero(one.fake == truth), size) for truth, size in ((1, bad), (0, 500 - bad))]
    return take(one.profiles, np.concatenate(rows), len(one.fake)), bad / 500


@pytest.mark.parametrize("name", ["instafake", "kaggle"])
@pytest.mark.parametrize("hidden", [(), ("bio_length", "is_private")])
def test_the_share_of_fakes_among_500(sets: dict[str, Collection], name: str, hidden: tuple[str, ...]):
    errors, inside = shares_of(sets, name, hidden)
    close = float(np.mean(np.abs(errors) <= 0.05))
    print(
        f"{name} without {hidden}: mean {np.abs(errors).mean():.4f}, within 5 points {close:.3f}, "
        f"of the interval {inside:.3f}, worst {np.abs(errors).max():.3f}"
    )
    assert close >= 0.95
    assert np.abs(errors).mean() <= 0.025


def shares_of(sets: dict[str, Collection], name: str, hidden: tuple[str, ...]) -> tuple[Floats, float]:
    """Errors of the estimated share on profiles that were not fitted on, over seeds and true shares."""
    errors, inside = [], []
    for seed in range(4):
        model, unseen = halved(sets, seed)
        rng = np.random.default_rng(seed)
        for share in SHARES * 10:
            profiles, truth = sample(unseen[name], share, rng)
            low, found, high = interval(*([value] for value in model.count(profiles.without(*hidden))))
            errors.append(float(found[0]) - truth)
            inside.append(low[0] <= truth <= high[0])
    return np.array(errors), float(np.mean(inside))


def test_probabilities_are_calibrated(sets: dict[str, Collection]):
    """In tenths of the probability, weighted as the fit weighs: as many fakes as it says, within 5 points."""
    for name, one in sets.items():
        made = out_of_fold(one, folds=10)
        weight = np.where(one.fake == 1, 1 / one.fake.mean(), 1 / (1 - one.fake.mean()))
        edges = np.minimum((made * 10).astype(int), 9)
        gap = (
            sum(
                weight[edges == cell].sum()
                * abs(
                    np.average(one.fake[edges == cell] - made[edges == cell], weights=weight[edges == cell])
                )
                for cell in np.unique(edges)
            )
            / weight.sum()
        )
        print(f"{name}: calibration error {gap:.4f}")
        assert gap <= 0.05


def purchase(sets: dict[str, Collection], name: str, times: float) -> Floats:
    """What a purchase of followers costs, by samples of 500 profiles that the model has not seen."""
    lost = []
    weeks = np.arange(26)
    for seed in range(4):
        model, unseen = halved(sets, seed)
        rng = np.random.default_rng(seed)
        for at in rng.integers(2, 26, 50):
            honest = 10 ** rng.uniform(3, 6) * np.exp(np.cumsum(rng.normal(0.005, 0.005, 26)))
            found = []
            for factor in (1.0, times):
                profiles, _ = sample(unseen[name], (0.05 + factor - 1) / factor, rng)
                counted = dict(zip(("n", "flagged", "tpr", "fpr"), model.count(profiles), strict=True))
                followers = np.round(honest * np.where(weeks >= at, factor, 1.0))
                growth = weekly(np.zeros(26, dtype=np.int64), weeks * 7.0, followers, 1)
                # A typical rate, which falls as the followers rise (sigma .7), and a plain profile.
                facts = {**counted, "z": -np.log(factor) / 0.7, "fake": 0.02}
                columns = {key: [value] for key, value in facts.items()}
                found.append(score(Evidence.of(1, growth, **columns)).score[0])
            lost.append(found[0] - found[1])
    return np.array(lost)


@pytest.mark.parametrize("name", ["instafake", "kaggle"])
@pytest.mark.parametrize(("times", "least"), [(3.0, 30.0), (1.5, 12.0)])
def test_what_a_purchase_costs(sets: dict[str, Collection], name: str, times: float, least: float):
    lost = purchase(sets, name, times)
    print(f"{name} x{times}: median {np.median(lost):.1f}, least {lost.min():.1f}")
    assert np.quantile(lost, 0.01) >= least
