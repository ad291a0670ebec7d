"""What advocacy brings along, and does when others' things change, for app.py."""

from msgspec import structs

from service.advocacy.consents import actions as consents
from service.advocacy.consents import intake as consent_files
from service.advocacy.consents import names as consent_names  # noqa: F401 - registers what people read
from service.advocacy.consents.rows import CONSENTS
from service.advocacy.loyalty import names as loyalty_names  # noqa: F401 - and of loyalty
from service.advocacy.surveys import actions as surveys
from service.advocacy.surveys import names as survey_names  # noqa: F401 - and of surveys
from service.conversions.events import CustomersErased
from service.imports import kinds
from service.influencers.events import InfluencersErased
from service.kit import events


def subscribe() -> None:
    """Registers what files can hold. Erased people's consents go, and what they wrote in surveys."""
    kinds.register(structs.replace(CONSENTS, apply=consent_files.take_in))
    for forget in (consents.forget_customers, surveys.forget_customers):
        events.subscribe(CustomersErased, forget)
    for forget_them in (consents.forget_influencers, surveys.forget_influencers):
        events.subscribe(InfluencersErased, forget_them)
