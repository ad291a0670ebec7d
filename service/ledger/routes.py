"""All routes of the domain, for app.py."""

from service.ledger.books import routes as books
from service.ledger.commissions import routes as commissions
from service.ledger.exchange import routes as exchange
from service.ledger.payouts import routes as payouts
from service.ledger.payouts.accounts import routes as payout_accounts
from service.ledger.payouts.bank import routes as bank
from service.ledger.payouts.runs import routes as runs
from service.ledger.previews import routes as previews
from service.ledger.statements import routes as statements

ROUTES = [
    *commissions.ROUTES,
    *books.ROUTES,
    *exchange.ROUTES,
    *previews.ROUTES,
    *payout_accounts.ROUTES,
    *payouts.ROUTES,
    *runs.ROUTES,
    *bank.ROUTES,
    *statements.ROUTES,
]
