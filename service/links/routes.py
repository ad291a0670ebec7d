"""All routes of the domain, for app.py."""

from service.links.bulk import routes as bulk
from service.links.catalogue import qr_routes as qr
from service.links.catalogue import routes as catalogue
from service.links.clicks import routes as clicks
from service.links.coupons import routes as coupons
from service.links.health import routes as health
from service.links.rules import routes as rules
from service.links.snippet import routes as snippet
from service.links.stats import routes as stats
from service.links.track import routes as track

ROUTES = [
    *bulk.ROUTES,
    *catalogue.ROUTES,
    *qr.ROUTES,
    *health.ROUTES,
    *coupons.ROUTES,
    *clicks.ROUTES,
    *stats.ROUTES,
    *rules.ROUTES,
    *track.ROUTES,
    *snippet.ROUTES,
]
