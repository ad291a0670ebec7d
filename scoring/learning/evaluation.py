"""What an evaluation says (validation.py makes it). Without scikit-learn: whoever reads cards needs none."""

from msgspec import Struct


class Fold(Struct, frozen=True):
    """A block of time: seconds of its first and last row, training rows (the mean of its groups), figures."""

    starts_at: float
    ends_at: float
    trained: int
    tested: int
    log_loss: float
    cold_start_log_loss: float


class Evaluation(Struct, frozen=True):
    """All test rows together. gain: by which fraction the log-loss is below the cold start's; gain_low: its
    lower bound (metrics.lower_bound), influencers taken as drawn at random. None: could not be measured.
    """

    tested: int
    influencers: int
    log_loss: float | None
    cold_start_log_loss: float | None
    gain: float | None
    gain_low: float | None
    ece: float | None
    ece_of_chance: float | None
    ece_bins: int
    cold_start_ece: float | None
    folds: tuple[Fold, ...]
