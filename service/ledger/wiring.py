"""What the ledger brings along, for app.py."""

from service.kit import events
from service.ledger import jobs as jobs  # registers what makes commissions payable
from service.ledger import names as names  # registers what people read
from service.ledger.books import jobs as books_jobs  # noqa: F401 - registers the recount
from service.ledger.payouts.accounts import actions as payout_accounts
from service.ledger.payouts.runs import jobs as runs_jobs  # noqa: F401 - registers what pays out
from service.programs.events import PartnersForgotten, PartnersMerged


def subscribe() -> None:
    """A partner's merge and erasure reach where it is paid to."""
    events.subscribe(PartnersMerged, payout_accounts.follow_merge)
    events.subscribe(PartnersForgotten, payout_accounts.forget)
