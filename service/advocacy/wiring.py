"""What advocacy brings along, and does when others' things change, for app.py."""

from msgspec import structs

from service.advocacy import jobs
from service.advocacy import names as names  # registers what people read
from service.advocacy.consents import actions as consents
from service.advocacy.consents import intake as consent_files
from service.advocacy.consents import names as consent_names  # noqa: F401 - of consents
from service.advocacy.consents.rows import CONSENTS
from service.advocacy.loyalty import names as loyalty_names  # noqa: F401 - of loyalty
from service.advocacy.members import joining
from service.advocacy.obligations import names as obligation_names  # noqa: F401 - of promises
from service.advocacy.reports import jobs as report_jobs  # noqa: F401 - registers building reports
from service.advocacy.reports import names as report_names  # noqa: F401 - of reports
from service.advocacy.surveys import actions as surveys
from service.advocacy.surveys import names as survey_names  # noqa: F401 - of surveys
from service.advocacy.trees import jobs as tree_jobs  # noqa: F401 - registers summing up
from service.advocacy.vouchers import jobs as voucher_jobs  # noqa: F401 - registers looking at stock
from service.advocacy.vouchers import names as voucher_names  # noqa: F401 - of vouchers
from service.advocacy.vouchers import telling
from service.conversions.events import CustomersErased, OrdersSettled
from service.imports import kinds
from service.influencers.events import InfluencersErased
from service.kit import events
from service.kit.db import Connection
from service.mentions.events import MentionsTaken


def subscribe() -> None:
    """Referrals and rewards follow orders, deeds and joining follow mentions; an erased customer is nobody's
    friend and no advocate any more. Programs are told of pools that run low."""
    telling.register()
    events.subscribe(OrdersSettled, jobs.orders_settled)
    events.subscribe(MentionsTaken, jobs.mentions_taken)
    kinds.register(structs.replace(CONSENTS, apply=consent_files.take_in))
    for forget in (_forget, consents.forget_customers, surveys.forget_customers):
        events.subscribe(CustomersErased, forget)
    for forget_them in (consents.forget_influencers, surveys.forget_influencers):
        events.subscribe(InfluencersErased, forget_them)


async def _forget(db: Connection, event: CustomersErased) -> None:
    await joining.forget(db, event.workspace_id, event.keys)
