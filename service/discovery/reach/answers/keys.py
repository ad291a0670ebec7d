"""One spelling of all that an answer rests on, and its hash (pure)."""

import functools
import hashlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from service.discovery.reach.overlaps.schemas import Overlap
from service.discovery.reach.reached.schemas import ListReach
from service.discovery.reach.schemas import Candidate, Inputs

# To be raised where the same inputs give other figures from now on.
RULES = 1
# What an overlap rests on of a candidate: neither posts nor prices.
_COMPARED = (
    *("influencer_id", "account_id", "name", "platform", "handle", "followers"),
    *("audience", "reason", "as_of", "source", "version"),
)
_FORMS = {"overlap": Overlap, "reach": ListReach}


def digest(
    what: str, shortlist_id: UUID, found: Inputs, shares: Mapping[UUID, float | None] | None, *also: Any
) -> bytes:
    """32 bytes that are the same for the same influencers with the same sets, posts, prices and links.

    found: an outline; the versions of its sets stand for their people. Left out is only the moment.
    """
    linked = sorted(sorted(pair) for pair in found.linked)
    told = None if shares is None else sorted((key.hex, share) for key, share in shares.items())
    candidates = found.candidates if what == "reach" else [_compared(each) for each in found.candidates]
    rests_on = [candidates, found.left_out, linked, found.currency, told, also]
    spelled = [RULES, _form(what), what, shortlist_id, rests_on]
    return hashlib.sha256(msgspec.json.encode(spelled, order="deterministic")).digest()


def _compared(each: Candidate) -> list[Any]:
    return [getattr(each, name) for name in _COMPARED]


@functools.cache
def _form(what: str) -> str:
    """An answer in another form can't be read any more."""
    schema = msgspec.json.schema(_FORMS[what])
    return hashlib.sha256(msgspec.json.encode(schema, order="deterministic")).hexdigest()
