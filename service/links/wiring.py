"""What the domain registers when it is imported, for app.py."""

from service.links import names as names  # registers what people read
from service.links.counting import jobs as counting_jobs  # noqa: F401 - registers counting
from service.links.sources import jobs as sources_jobs  # noqa: F401 - registers the turn of salts
