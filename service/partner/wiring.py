"""What the partner's own view brings along, for app.py."""

from service.kit import events
from service.ledger.commissions.events import SalesEarned
from service.ledger.payouts.events import PayoutMoved
from service.partner.notices import actions as notices


def subscribe() -> None:
    """Partners are told of their first sale, and of payouts that were paid."""
    events.subscribe(SalesEarned, notices.note_sales)
    events.subscribe(PayoutMoved, notices.note_payout)
