"""All routes of the domain, for app.py."""

from service.discovery.saved import routes as saved
from service.discovery.search import routes as search

ROUTES = [*search.ROUTES, *saved.ROUTES]
