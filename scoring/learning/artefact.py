"""A fitted model as bytes and back: skops, never pickle; whatever is not exactly as its card says is refused.

skops is imported where it is used: that costs a second.
"""

from hashlib import sha256
from zipfile import ZIP_DEFLATED

from scoring.learning.estimator import LearnedFit
from scoring.learning.features import FEATURES

# All that an artefact may hold beyond numbers, texts and what skops trusts by itself. `partial` binds a
# function, which must be in this list or skops' own.
TRUSTED = frozenset(
    {
        "functools.partial",
        "scoring.learning.estimator.LearnedFit",
        "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor",
        "sklearn.utils.validation.check_array",
    }
)
_ZIP = b"PK\x03\x04"


class Refused(ValueError):
    """An artefact that is not what its card says. `code` is stable."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def sklearn_version() -> str:
    """The version of scikit-learn at hand."""
    import sklearn

    return str(sklearn.__version__)


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return sha256(data).hexdigest()


def dump(model: LearnedFit) -> bytes:
    """The model's bytes."""
    import skops.io  # type: ignore[import-untyped]

    return bytes(skops.io.dumps(model, compression=ZIP_DEFLATED))


def load(data: bytes, *, digest_of_card: str, sklearn: str, features: tuple[str, ...]) -> LearnedFit:
    """The model of some bytes, if they are what its card says: digest, scikit-learn version, features.

    Raises Refused: hash_mismatch, not_skops, other_sklearn, other_features, untrusted_types, damaged,
    not_a_learned_fit.
    """
    if digest(data) != digest_of_card:
        raise Refused("hash_mismatch", "the model's bytes are not those that were stored: SHA-256 differs")
    if not data.startswith(_ZIP):
        raise Refused("not_skops", "the model is not in skops' format; pickles are never read")
    if _minor(sklearn) != _minor(sklearn_version()):
        raise Refused(
            "other_sklearn", f"made by scikit-learn {sklearn}, here is {sklearn_version()}: train it again"
        )
    if tuple(features) != FEATURES:
        raise Refused("other_features", f"learned from {list(features)}, not from {list(FEATURES)}")
    return _read(data)


def _minor(version: str) -> tuple[str, ...]:
    return tuple(version.split(".")[:2])


def _read(data: bytes) -> LearnedFit:
    import skops.io

    try:
        found = skops.io.get_untrusted_types(data=data)
    except Exception as error:  # whatever a hostile archive makes skops stumble over
        raise Refused("damaged", f"the model can't be read: {type(error).__name__}") from error
    if foreign := sorted(set(found) - TRUSTED):
        raise Refused("untrusted_types", f"the model holds types that are not trusted: {', '.join(foreign)}")
    try:
        model = skops.io.loads(data, trusted=sorted(TRUSTED))
    except Exception as error:
        raise Refused("damaged", f"the model can't be read: {type(error).__name__}") from error
    if not isinstance(model, LearnedFit) or model.features_ != list(FEATURES):
        raise Refused("not_a_learned_fit", "the model is no learned fit of these features")
    return model
