"""What can go wrong with models."""

from service.kit.problems import Conflict, NotFound, Problem


class UnknownModel(NotFound):
    title = "Model not found"
    slug = "model-not-found"


class TooFewOutcomes(Conflict):
    """`outcomes` can be learned from, `needed` are; until then the cold start ranks."""

    title = "Too few finished collaborations"
    slug = "too-few-outcomes"


class NothingToLearn(Conflict):
    """All collaborations are one influencer's, or none brought more than another: the cold start stays."""

    title = "Nothing to learn from"
    slug = "nothing-to-learn"


class NotPromotable(Conflict):
    """`reasons` lists every bound of the rule that is not met: what was found, what is needed."""

    title = "The model does not meet the rule"
    slug = "model-not-promotable"


class AlreadyInForce(Conflict):
    title = "The model ranks already"
    slug = "model-in-force"


class NothingToRollBack(Conflict):
    """No model is promoted: the cold start ranks."""

    title = "Nothing to roll back"
    slug = "nothing-to-roll-back"


class ModelRefused(Conflict):
    """The stored model is not what its card says, or was made by another scikit-learn; `code` says which.

    It ranks nobody: roll back, or train again.
    """

    title = "The model is refused"
    slug = "model-refused"


CONSTRAINTS: dict[str, type[Problem]] = {}

TURKISH = {
    "Model not found": "Model bulunamadı",
    "Too few finished collaborations": "Tamamlanmış iş birliği sayısı yetersiz",
    "Nothing to learn from": "Öğrenilecek bir şey yok",
    "The model does not meet the rule": "Model kuralı karşılamıyor",
    "The model ranks already": "Model zaten kullanımda",
    "Nothing to roll back": "Geri alınacak model yok",
    "The model is refused": "Model reddedildi",
}
