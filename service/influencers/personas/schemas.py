"""Personas: the customers that a brand speaks to."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from service.influencers.audiences.schemas import Code, Dimension
from service.influencers.schemas import Label, Labels, LongText, Name, Platform

Share = Annotated[float, Meta(gt=0, le=1)]
Shares = Annotated[dict[Code, Share], Meta(min_length=1, max_length=100)]
Demographics = Annotated[
    dict[Dimension, Shares | Annotated[list[Code], Meta(min_length=1, max_length=100)]],
    Meta(
        description="by dimension of an audience: shares by code, or codes that count the same",
        examples=[{"age": {"18-24": 0.6, "25-34": 0.4}, "gender": ["female"], "country": ["TR"]}],
    ),
]
Platforms = Annotated[list[Platform], Meta(max_length=9)]
Hours = Annotated[
    list[Annotated[str, Meta(pattern="^(mon|tue|wed|thu|fri|sat|sun)-([01][0-9]|2[0-3])$")]],
    Meta(max_length=168, description="mon-00 .. sun-23", examples=[["mon-20", "tue-20"]]),
]
Kinds = Annotated[list[Label], Meta(max_length=50)]


class NewPersona(Struct, kw_only=True, forbid_unknown_fields=True):
    """A type of customer."""

    name: Name
    demographics: Demographics = {}
    values: Labels = []
    challenges: Labels = []
    joys: Labels = []
    interests: Labels = []
    online_behaviour: LongText | None = None
    platforms: Platforms = []
    content_types: Kinds = []
    active_hours: Hours = []


class PersonaPatch(Struct, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays as it is; lists are replaced."""

    name: Name | UnsetType = UNSET
    demographics: Demographics | UnsetType = UNSET
    values: Labels | UnsetType = UNSET
    challenges: Labels | UnsetType = UNSET
    joys: Labels | UnsetType = UNSET
    interests: Labels | UnsetType = UNSET
    online_behaviour: LongText | UnsetType | None = UNSET
    platforms: Platforms | UnsetType = UNSET
    content_types: Kinds | UnsetType = UNSET
    active_hours: Hours | UnsetType = UNSET


class PersonaRow(Struct):
    id: UUID
    name: str
    demographics: Demographics
    values: list[str]
    challenges: list[str]
    joys: list[str]
    interests: list[str]
    online_behaviour: str | None
    platforms: list[Platform]
    content_types: list[str]
    active_hours: list[str]
    archived_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime


class Persona(Struct):
    """A type of customer."""

    id: str
    name: str
    demographics: Demographics
    values: list[str]
    challenges: list[str]
    joys: list[str]
    interests: list[str]
    online_behaviour: str | None
    platforms: list[Platform]
    content_types: list[str]
    active_hours: list[str]
    archived_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime
