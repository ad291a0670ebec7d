"""All routes of the domain, for app.py."""

from service.links.bulk import routes as bulk
from service.links.catalogue import qr_routes as qr
from service.links.catalogue import routes as catalogue
from service.links.coupons import routes as coupons
from service.links.health import routes as health

ROUTES = [*bulk.ROUTES, *catalogue.ROUTES, *qr.ROUTES, *health.ROUTES, *coupons.ROUTES]
