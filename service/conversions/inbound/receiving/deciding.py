"""What becomes of a delivery that is at the door, by its signature alone. Pure."""

from service.conversions.inbound.schemas import SIGNED
from service.conversions.signatures import Verdict


def refusal(kind: str, verdict: Verdict) -> str | None:
    """Why it is turned away; None where it is taken.

    What can't be checked is taken from senders that don't sign (and held later), never from shops.

    >>> refusal("shopify", Verdict(False, "mismatch")), refusal("generic", Verdict(False, "no_scheme"))
    ('mismatch', None)
    """
    if verdict.valid:
        return None
    unchecked = verdict.why in ("no_scheme", "no_secret")
    return None if unchecked and kind not in SIGNED else verdict.why or "mismatch"


def is_silent(kind: str) -> bool:
    """Whether the sender is told nothing but that it was heard: GA4's collector answers 2xx to all."""
    return kind == "ga4"
