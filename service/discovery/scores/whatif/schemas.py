"""What would change a rank."""

from uuid import UUID

from msgspec import Struct

from service.discovery.scores.schemas import Asked, Populations


class PlaceRow(Struct):
    """Where an influencer stands in a run, and who stands one place before."""

    brief_id: UUID
    asked: Asked
    populations: Populations
    model_version: str
    rank: int
    next_id: UUID | None


class NextOne(Struct):
    """The influencer one place before, with the fit of now."""

    influencer_id: str
    rank: int
    fit: float | None


class Change(Struct, omit_defaults=True):
    """One change that is enough by itself, the others staying as they are.

    `score` names the score that rises (`veto`, `cap`: what holds the fit down has to go), `input` what of it:
    `rate` is an engagement rate, a dimension of the audience the part of the wanted shares that is there. A
    `score_from` of null: the score is not known, and would have to come out as `score_to`.
    """

    score: str
    score_from: float | None
    score_to: float | None
    fit: float
    sentence: str
    input: str | None = None
    value_from: float | None = None
    value_to: float | None = None


class WhatIf(Struct):
    """What would move an influencer past the one before, the smallest change first.

    `next` is null for the first. No `changes`: nothing that can be known here would do it alone, or the
    figures of now have them past each other already (`passed`).
    """

    influencer_id: str
    run_id: str
    rank: int
    fit: float | None
    next: NextOne | None
    passed: bool
    changes: list[Change]
