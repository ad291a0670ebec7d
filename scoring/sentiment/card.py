"""What has to be known of a sentiment model before anyone trusts it (Mitchell et al. 2019, "Model cards")."""

from datetime import datetime

import numpy as np
from msgspec import Struct

from scoring.arrays import Floats, Integers
from scoring.sentiment.measures import Figures, figures
from scoring.sentiment.net import net
from scoring.sentiment.training import FOLDS, Examples, Fitted, decided


class Data(Struct, frozen=True):
    """A file that was learned from: its name, whence, which rows of which kind."""

    file: str
    kind: str
    source: str
    rows: int
    rejected: int
    negative: int
    neutral: int
    positive: int
    sha256: str
    weight: float = 1.0


class KindFigures(Struct, frozen=True):
    """How models of the same settings did on one kind's texts that they were not fitted on; confusion [3][4]:
    counts of texts by class (negative, neutral, positive) and outcome (the three, abstain)."""

    kind: str
    figures: Figures
    net_true: float
    net_raw: float
    net_corrected: float
    confusion: list[list[float]]


class Card(Struct, frozen=True):
    """The card of a model. version: of the weights (their SHA-256); split: how texts were held out;
    limits: what it should not be used for, in words."""

    version: str
    language: str
    trained_at: datetime
    data: list[Data]
    split: str
    kinds: list[KindFigures]
    abstains_below: float
    limits: list[str]
    sklearn: str


SPLIT = (
    f"{FOLDS} folds, drawn at random by groups of texts that have equal letters whatever their casing, names,"
    " links and numbers; figures are of texts outside the folds that a model was fitted on; the weights that"
    " ship are then fitted on all rows"
)
LIMITS = [
    "Probabilities hold for classes evened out as in training; net sentiment is corrected for those found.",
    "Irony, comparisons of brands and texts on several matters are often mistaken.",
    "Texts of another kind than those it learned from are labelled less well than the figures say.",
    "Features and settings were chosen on parts of the same files, so the figures are somewhat optimistic.",
]


def kind_figures(fitted: Fitted, examples: Examples) -> list[KindFigures]:
    """Each kind's figures; its net sentiment is corrected by what the other half of its texts showed."""
    return [_of_kind(fitted, examples, place) for place in range(len(examples.kinds))]


def _of_kind(fitted: Fitted, examples: Examples, place: int) -> KindFigures:
    own = np.flatnonzero(examples.kind == place)
    mine, classes = fitted.likely[own], examples.classes[own]
    confusion = _confusion(mine, classes)
    half = np.random.default_rng(0).random(len(own)) < 0.5
    tested = _confusion(mine[half], classes[half])
    found = net(tested.sum(axis=0), _confusion(mine[~half], classes[~half]))
    held = tested.sum(axis=1)
    return KindFigures(
        kind=examples.kinds[place],
        figures=figures(mine, classes, fitted.model.language),
        net_true=round(float((held[2] - held[0]) / (held[2] + held[0])), 4),
        net_raw=round(found.raw or 0.0, 4),
        net_corrected=round(found.corrected or 0.0, 4),
        confusion=confusion.tolist(),
    )


def _confusion(likely: Floats, classes: Integers) -> Floats:
    made = np.zeros((3, 4))
    np.add.at(made, (classes, decided(likely)), 1.0)
    return made
