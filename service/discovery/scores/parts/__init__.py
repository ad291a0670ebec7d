"""The parts of a fit, in the order in which they are made: a later one may use the populations before it."""

from typing import Any

from service.discovery.scores.parts.audience import Audience
from service.discovery.scores.parts.authenticity import Authenticity
from service.discovery.scores.parts.authority import Authority
from service.discovery.scores.parts.base import Part
from service.discovery.scores.parts.content import Content
from service.discovery.scores.parts.engagement import Engagement

PARTS: tuple[Part[Any, Any, Any], ...] = (
    Engagement(),
    Audience(),
    Authority(),
    Authenticity(),
    Content(),
)
