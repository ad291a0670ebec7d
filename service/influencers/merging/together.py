"""What one profile of several says: the kept one's words first, gaps filled, lists joined."""

from collections.abc import Sequence
from typing import Any

import msgspec

from service.influencers.profiles.schemas import InfluencerRow

FILLED = ("avatar_url", "country", "city", "bio", "owner")
JOINED = ("languages", "categories", "tags")
# What an undo gives back to the kept profile.
CHANGED = (*FILLED, *JOINED, "notes")


def together(kept: InfluencerRow, others: Sequence[InfluencerRow]) -> InfluencerRow:
    """The kept profile with what the others know besides; it never loses a word of its own."""
    changes: dict[str, Any] = {}
    for name in FILLED:
        known = [getattr(row, name) for row in (kept, *others)]
        changes[name] = next((value for value in known if value), None)
    for name in JOINED:
        every = [value for row in (kept, *others) for value in getattr(row, name)]
        changes[name] = list(dict.fromkeys(every))
    notes = [row.notes for row in (kept, *others) if row.notes]
    changes["notes"] = "\n\n".join(dict.fromkeys(notes)) or None
    return msgspec.structs.replace(kept, **changes)
