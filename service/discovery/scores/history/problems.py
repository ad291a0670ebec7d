"""What can go wrong with old scores."""

from service.kit.problems import Conflict, NotFound


class UnknownRecord(NotFound):
    """No run has shown this influencer, or it was too long ago."""

    title = "Old score not found"
    slug = "old-score-not-found"


class ModelGone(Conflict):
    """Inputs are kept, but this version of elci no longer has the model that scored them."""

    title = "The model of that day is gone"
    slug = "model-gone"


TURKISH = {
    "Old score not found": "Eski puan bulunamadı",
    "The model of that day is gone": "O günün modeli artık yok",
}
