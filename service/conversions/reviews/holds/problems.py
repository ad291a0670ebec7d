"""What can go wrong with holds."""

from service.kit.problems import NotFound


class UnknownHold(NotFound):
    title = "Hold not found"
    slug = "hold-not-found"
