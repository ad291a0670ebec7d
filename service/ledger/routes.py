"""All routes of the domain, for app.py."""

from service.ledger.books import routes as books
from service.ledger.commissions import routes as commissions
from service.ledger.exchange import routes as exchange

ROUTES = [*commissions.ROUTES, *books.ROUTES, *exchange.ROUTES]
