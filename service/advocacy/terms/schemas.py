"""Advocacy terms as they are sent and shown."""

from datetime import datetime

from msgspec import Struct

from service.advocacy.terms.shapes import AdvocacyTerms
from service.influencers.schemas import Time


class NewAdvocacyTerms(Struct, forbid_unknown_fields=True):
    """The next version of a program's advocacy terms. `valid_from`: when it comes into force; without it
    now, the first one always. What happened before is rewarded by the version of its time."""

    terms: AdvocacyTerms
    valid_from: Time | None = None


class AdvocacyTermsVersion(Struct):
    """A version of the terms; it never changes."""

    version: int
    valid_from: datetime | None
    terms: AdvocacyTerms
    created_by: str
    created_at: datetime
