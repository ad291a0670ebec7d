"""Mentions of a request, item by item: what is wrong with one does not keep the others out. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec

from service.kit import clock
from service.kit.text import is_storable
from service.kit.validation import field_errors
from service.mentions.reports import MentionReport
from service.mentions.schemas import MentionFault, NewMention
from service.mentions.sentiments import said

# Clocks of sources go wrong by hours, and zones are left out.
AHEAD = timedelta(days=1)
_SAME = tuple(
    name
    for name in NewMention.__struct_fields__
    if name in MentionReport.__struct_fields__ and name != "tags"
)


def read_items(items: Sequence[dict[str, Any]], now: datetime) -> list[MentionReport | list[MentionFault]]:
    """Each item as a report, or what is wrong with it."""
    return [_one(item, now) for item in items]


def report(mention: NewMention) -> MentionReport:
    """A mention of the API as a report."""
    meant = said(mention.sentiment)
    raw = (None, None, None) if meant is None else (meant.raw, meant.label, meant.score)
    told = {name: getattr(mention, name) for name in _SAME}
    return MentionReport(
        **told,
        raw_sentiment=raw[0],
        raw_label=raw[1],
        raw_score=raw[2],
        tags=tuple(dict.fromkeys(mention.tags)),
    )


def _one(item: dict[str, Any], now: datetime) -> MentionReport | list[MentionFault]:
    wrong = [MentionFault(error.path, error.message) for error in field_errors(NewMention, item)]
    if wrong:
        return wrong
    mention = msgspec.convert(item, NewMention)
    return _faults(mention, now) or report(mention)


def _faults(mention: NewMention, now: datetime) -> list[MentionFault]:
    found = []
    for name in ("published_at", "observed_at"):
        at = getattr(mention, name)
        if not clock.is_usual(at):
            found.append(MentionFault(name, clock.OUTSIDE))
        elif at is not None and at > now + AHEAD:
            found.append(MentionFault(name, "lies in the future"))
    for name in _SAME:
        value = getattr(mention, name)
        if isinstance(value, str) and not is_storable(value):
            found.append(MentionFault(name, "holds a NUL character or half of a character"))
    if not all(is_storable(tag) for tag in mention.tags):
        found.append(MentionFault("tags", "hold a NUL character or half of a character"))
    return found
