"""What advocacy brings along, and does when others' things change, for app.py."""

from msgspec import structs

from service.advocacy import jobs
from service.advocacy import names as names  # registers what people read
from service.advocacy.consents import actions as consents
from service.advocacy.consents import intake as consent_files
from service.advocacy.consents import names as consent_names  # noqa: F401 - of consents
from service.advocacy.consents.rows import CONSENTS
from service.advocacy.forgetting import actions as forgetting
from service.advocacy.loyalty import names as loyalty_names  # noqa: F401 - of loyalty
from service.advocacy.obligations import names as obligation_names  # noqa: F401 - of promises
from service.advocacy.pages import jobs as page_jobs  # noqa: F401 - deletes what nobody confirmed
from service.advocacy.pages.forgetting import forget as forget_requests
from service.advocacy.reports import jobs as report_jobs  # noqa: F401 - registers building reports
from service.advocacy.reports import names as report_names  # noqa: F401 - of reports
from service.advocacy.reviews import jobs as review_jobs
from service.advocacy.reviews import names as review_names  # noqa: F401 - of reviews
from service.advocacy.reviews.files import intake as review_files
from service.advocacy.reviews.files.rows import REVIEWS
from service.advocacy.rings import jobs as ring_jobs  # noqa: F401 - registers looking for rings
from service.advocacy.rings import names as ring_names  # noqa: F401 - of evidence
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
from service.mentions.events import MentionsTaken
from service.programs.events import PartnersForgotten


def subscribe() -> None:
    """Referrals and rewards follow orders, deeds and joining follow mentions; an erased customer is nobody's
    friend and no advocate any more, and in no review. Programs are told of pools that run low."""
    telling.register()
    events.subscribe(OrdersSettled, jobs.orders_settled)
    events.subscribe(MentionsTaken, jobs.mentions_taken)
    kinds.register(structs.replace(CONSENTS, apply=consent_files.take_in))
    kinds.register(structs.replace(REVIEWS, apply=review_files.take_in))
    review_jobs.subscribe()
    events.subscribe(CustomersErased, forgetting.forget_customers)
    events.subscribe(CustomersErased, forget_requests)
    events.subscribe(PartnersForgotten, forgetting.forget_partners)
    for forget_them in (consents.forget_influencers, surveys.forget_influencers):
        events.subscribe(InfluencersErased, forget_them)
