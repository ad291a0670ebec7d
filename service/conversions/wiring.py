"""What conversions bring along, for app.py."""

from service.conversions import jobs as jobs  # registers settling again
from service.conversions.reviews import wiring as reviews  # noqa: F401 - registers reviews
