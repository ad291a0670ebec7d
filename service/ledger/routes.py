"""All routes of the domain, for app.py."""

from service.ledger.books import routes as books
from service.ledger.commissions import routes as commissions
from service.ledger.exchange import routes as exchange
from service.ledger.payouts.accounts import routes as payout_accounts
from service.ledger.previews import routes as previews

ROUTES = [*commissions.ROUTES, *books.ROUTES, *exchange.ROUTES, *previews.ROUTES, *payout_accounts.ROUTES]
