"""What the partner's view brings along, for app.py."""

from service.conversions.events import OrdersSettled
from service.kit import events
from service.ledger.commissions.events import SalesEarned
from service.ledger.events import CommissionsMoved
from service.ledger.payouts.events import PayoutMoved
from service.partner.claims import actions as claims
from service.partner.claims import names as claim_names  # noqa: F401 - registers what people read
from service.partner.notices import actions as notices
from service.partner.postbacks import actions as postbacks
from service.partner.postbacks import names as postback_names  # noqa: F401 - and their words
from service.partner.postbacks.sending import jobs as sending  # noqa: F401 - and who sends them
from service.partner.postbacks.telling import handlers as telling
from service.programs.events import PartnersForgotten, PartnersMerged


def subscribe() -> None:
    """Partners are told of their first sale, and of payouts that were paid; what happens to orders,
    commissions and payouts is told to postbacks. A merge takes them along; an erasure reaches them, and the
    words and files of claims."""
    events.subscribe(SalesEarned, notices.note_sales)
    events.subscribe(PayoutMoved, notices.note_payout)
    events.subscribe(OrdersSettled, telling.orders_settled)
    events.subscribe(CommissionsMoved, telling.commissions_moved)
    events.subscribe(PayoutMoved, telling.payout_moved)
    events.subscribe(PartnersMerged, postbacks.follow_merge)
    events.subscribe(PartnersForgotten, postbacks.forget)
    events.subscribe(PartnersForgotten, claims.forget)
