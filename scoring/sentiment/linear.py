"""A fitted model: hashed linear weights in bytes, one set for each kind of text, and a gate between them.

Reviews and tweets praise in other words and are neutral for other reasons. Each kind of text that was trained
on has its own weights; the gate says how much a text looks like each kind, and mixes their probabilities.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from scoring.arrays import Floats
from scoring.sentiment.classes import CLASSES
from scoring.sentiment.features import COLUMNS, Sparse, counts, weighted
from scoring.sentiment.text import Reading

FORMAT = 2
_LEVELS = 127


class BadModel(ValueError):
    """The bytes are no model, or one of another version of the features."""


@dataclass(frozen=True)
class Quantised:
    """int8[N, COLUMNS] and the size of a step of each row, float32[N]."""

    levels: NDArray[np.int8]
    steps: NDArray[np.float32]

    @classmethod
    def of(cls, values: Floats) -> "Quantised":
        """The nearest levels: 127 above and below 0, by each row's largest value."""
        steps = np.maximum(np.abs(values).max(axis=1), 1e-12) / _LEVELS
        return cls(np.rint(values / steps[:, None]).astype(np.int8), steps.astype(np.float32))

    def values(self) -> NDArray[np.float32]:
        """float32[COLUMNS, N], as a product from the right wants them."""
        return np.ascontiguousarray((self.levels * self.steps[:, None]).T, dtype=np.float32)


@dataclass(frozen=True)
class Linear:
    """Weights of K kinds: columns' own [1], coefficients [3 K] (kind by kind), the gate's [K].

    sharpness[K]: what logits are multiplied with so that probabilities hold where each class has an equal
    share.
    """

    language: str
    kinds: tuple[str, ...]
    columns: Quantised
    coefficients: Quantised
    gate: Quantised
    intercepts: Floats
    gate_intercepts: Floats
    sharpness: Floats

    def predict(self, readings: Sequence[Reading]) -> tuple[Floats, Floats]:
        """(probabilities float64[N, 3] in the order of CLASSES, share of each kind float64[N, K])."""
        found = weighted(counts(readings, self.language), self.weights)
        return mixed(*self.logits(found), self.sharpness)

    def logits(self, found: Sparse) -> tuple[Floats, Floats]:
        """([N, K, 3], [N, K]) of weighted features: of the classes by each kind, and of the kinds."""
        made = np.asarray(found @ self._dense, dtype=np.float64)
        classes = len(CLASSES)
        split = classes * len(self.kinds)
        shaped = made[:, :split].reshape(-1, len(self.kinds), classes) + self.intercepts
        return shaped, made[:, split:] + self.gate_intercepts

    @cached_property
    def weights(self) -> Floats:
        """Of each column, float64[COLUMNS]."""
        return self.columns.values()[:, 0].astype(np.float64)

    @cached_property
    def _dense(self) -> NDArray[np.float32]:
        return np.hstack([self.coefficients.values(), self.gate.values()])


def softmax(logits: Floats) -> Floats:
    """Along the last axis."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    made: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return made


def mixed(logits: Floats, gate: Floats, sharpness: Floats) -> tuple[Floats, Floats]:
    """Probabilities of the classes [N, 3] from each kind's logits [N, K, 3], and the kinds' shares [N, K]."""
    shares = softmax(gate)
    likely = softmax(logits * sharpness[:, None])
    return np.einsum("nk,nkc->nc", shares, likely), shares


_PARTS = ("columns", "coefficients", "gate")
_PLAIN = ("intercepts", "gate_intercepts", "sharpness")


def dump(model: Linear) -> bytes:
    """The model as a compressed npz of plain arrays; equal models give equal bytes."""
    arrays: dict[str, NDArray[np.generic]] = {"format": np.array([FORMAT, COLUMNS])}
    for name in _PARTS:
        part: Quantised = getattr(model, name)
        arrays |= {f"{name}_levels": part.levels, f"{name}_steps": part.steps}
    arrays |= {name: getattr(model, name) for name in _PLAIN}
    arrays["language"] = np.frombuffer(model.language.encode(), np.uint8)
    arrays["kinds"] = np.frombuffer("\n".join(model.kinds).encode(), np.uint8)
    out = BytesIO()
    np.savez_compressed(out, **arrays)  # type: ignore[arg-type]
    return out.getvalue()


def load(data: bytes) -> Linear:
    """Raises: BadModel. Nothing in the bytes is run (no pickle)."""
    try:
        with np.load(BytesIO(data), allow_pickle=False) as held:
            arrays = {name: held[name] for name in held.files}
        if arrays["format"].tolist() != [FORMAT, COLUMNS]:
            raise BadModel(f"a model of other features: {arrays['format'].tolist()}")
        columns, coefficients, gate = (
            Quantised(arrays[f"{name}_levels"], arrays[f"{name}_steps"]) for name in _PARTS
        )
        kinds = tuple(arrays["kinds"].tobytes().decode().split("\n"))
        language = arrays["language"].tobytes().decode()
        plain = (arrays[name] for name in _PLAIN)
        model = Linear(language, kinds, columns, coefficients, gate, *plain)
    except BadModel:
        raise
    except (ValueError, BadZipFile, KeyError, OSError, EOFError, UnicodeDecodeError) as error:
        raise BadModel(f"no sentiment model: {error}") from error
    _check(model)
    return model


def _check(model: Linear) -> None:
    kinds, classes = len(model.kinds), len(CLASSES)
    rows = {"columns": 1, "coefficients": kinds * classes, "gate": kinds}
    whole = all(getattr(model, name).levels.shape == (count, COLUMNS) for name, count in rows.items())
    if not whole or model.intercepts.shape != (kinds, classes) or model.sharpness.shape != (kinds,):
        raise BadModel("the arrays of the model do not fit together")
