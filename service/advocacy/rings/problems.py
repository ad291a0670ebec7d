"""What can go wrong with rings."""

from service.kit.problems import NotFound


class UnknownRing(NotFound):
    title = "Ring not found"
    slug = "ring-not-found"
