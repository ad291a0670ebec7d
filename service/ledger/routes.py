"""All routes of the domain, for app.py."""

from service.ledger.books import routes as books
from service.ledger.commissions import routes as commissions
from service.ledger.exchange import routes as exchange
from service.ledger.previews import routes as previews

ROUTES = [*commissions.ROUTES, *books.ROUTES, *exchange.ROUTES, *previews.ROUTES]
