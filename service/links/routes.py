"""All routes of the domain, for app.py."""

from service.links.catalogue import routes as catalogue
from service.links.coupons import routes as coupons
from service.links.stats import routes as stats

ROUTES = [*catalogue.ROUTES, *coupons.ROUTES, *stats.ROUTES]
