"""All routes of the domain, for app.py."""

from service.conversions.inbound import routes as inbound

ROUTES = [*inbound.ROUTES]
