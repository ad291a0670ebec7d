"""Reasons: codes of ours, and people's own words, which may name somebody. Pure."""

import re

DECIDED = "decided"
# Also for the database's `~`.
CODE = "^([a-z]+(_[a-z]+)+|limit|budget|refunded|referral|cycle|review|decided)$"
_CODE = re.compile(CODE)


def lasting(reason: str | None) -> str | None:
    """A reason as it may stand where nothing is ever changed: words give way to a code.

    >>> lasting("self_referral"), lasting("Ayşe called"), lasting(None)
    ('self_referral', 'decided', None)
    """
    return reason if reason is None or _CODE.fullmatch(reason) else DECIDED
