"""Spikes and crises of mentions: an hour's count against what the hours of four weeks say it should be.

`baseline.py` fits, `surprise.py` checks, `spell.py` makes one alert of one spike, `causes.py` says why and
`crises.py` whether it is one; `events.py` and `calendar.py` are days that are compared with themselves,
`replays.py` watches stored series. Below them `tree.py` and `priors.py` are the rhythm of a week,
`moves.py` levels that move, `fitting.py` the rounds, `negative_binomial.py` the tails, `local.py` the clock
on the wall.
"""

from scoring.spikes.baseline import Baseline, fit, fit_many
from scoring.spikes.calendar import turkish
from scoring.spikes.causes import Cause, Sample, cause
from scoring.spikes.crises import Crisis, Polarity, crisis
from scoring.spikes.events import Event, Occurrence, occurrence
from scoring.spikes.replays import Replay, replay
from scoring.spikes.spell import Move, Spell, step
from scoring.spikes.surprise import Surprise, check, thresholds

__all__ = [
    "Baseline",
    "Cause",
    "Crisis",
    "Event",
    "Move",
    "Occurrence",
    "Polarity",
    "Replay",
    "Sample",
    "Spell",
    "Surprise",
    "cause",
    "check",
    "crisis",
    "fit",
    "fit_many",
    "occurrence",
    "replay",
    "step",
    "thresholds",
    "turkish",
]
