"""Scores as they were shown, and what they were made of."""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from scoring.scores import FitScore, Score
from service.discovery.scores.schemas import Asked, Populations


class KeptScores(Struct, frozen=True):
    """The fit and the scores that made it."""

    fit: FitScore
    audience: Score
    authority: Score
    engagement: Score
    authenticity: Score
    content: Score


class Context(Struct):
    """What a run held everybody against."""

    run_id: UUID
    brief_id: UUID
    brief_version: int
    asked: Asked
    populations: Populations
    model_version: str
    as_of: datetime


class RecordRow(Struct):
    """One influencer in a run: place, inputs by part, vetoes, and the scores that were shown."""

    influencer_id: UUID
    run_id: UUID
    brief_id: UUID
    brief_version: int
    model_version: str
    rank: int
    inputs: dict[str, Any]
    vetoes: list[str]
    scores: KeptScores
    as_of: datetime


class PastScores(KeptScores, frozen=True, kw_only=True):
    """Scores as a run has shown them; `rank` counts from 1 among that run's candidates."""

    run_id: str
    brief_id: str
    brief_version: int
    model_version: str
    rank: int
    as_of: datetime


class Replay(Struct):
    """A score made again by the model and the inputs of its day, beside what was shown then.

    `equal`: no score and no confidence differs by more than a millionth; `differences` names those that do.
    """

    shown: PastScores
    replayed: KeptScores
    equal: bool
    differences: list[str]
