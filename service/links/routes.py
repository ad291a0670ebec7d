"""All routes of the domain, for app.py."""

from service.links.catalogue import routes as catalogue
from service.links.coupons import routes as coupons

ROUTES = [*catalogue.ROUTES, *coupons.ROUTES]
