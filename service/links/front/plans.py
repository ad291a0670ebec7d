"""What can be said of a link before anybody follows it: for most, the Location but for the click's id.

Pure. `redirect.decide` is what decides; a plan is what it says whatever the visit, taken down once.
"""

import re
from datetime import UTC, datetime
from uuid import UUID

from msgspec import Struct

from service.links.recording import layout
from service.links.recording.layout import Whose
from service.links.redirect import Destination, Visit, decide

_MARK = "clk_" + "0" * 26
_ANY_TIME = datetime(2026, 1, 1, tzinfo=UTC)
_OF_THE_VISIT = re.compile(r"\{(?:country|device|language|platform|target)\}")


class Plan(Struct):
    """A destination, ready to be answered.

    `pieces`: the Location around the places of the click's id, where a request without a query always gets
    the same. `whose`, `fields`: of its clicks' rows, without and with its own sub ids. `used`: its counted
    clicks, as far as is known here; `counted_at`: until when that is good enough for a cap.
    """

    destination: Destination
    workspace_id: UUID
    whose: bytes
    fields: bytes
    pieces: tuple[str, ...] | None
    checked_at: float = 0.0
    epoch: int = -1
    touched: bool = False
    used: int = 0
    counted_at: float = 0.0


def plan(destination: Destination) -> Plan:
    """The plan of a destination; its `pieces` are None where the answer depends on who asks, or on when."""
    whose = layout.whose(
        Whose(destination.workspace_id, destination.link_id, destination.partner_id, destination.campaign_id),
        "redirect",
    )
    fields = whose + layout.subs(destination.sub)
    return Plan(destination, destination.workspace_id, whose, fields, _pieces(destination))


def _pieces(destination: Destination) -> tuple[str, ...] | None:
    varies = (
        destination.mode == "interstitial"
        or destination.targets
        or destination.retired
        or destination.expires_at is not None
        or destination.cap is not None
        or any(_OF_THE_VISIT.search(template) for template in destination.utm.values())
        or _MARK in destination.url
    )
    if varies:
        return None
    found = decide(destination, Visit(_ANY_TIME), _MARK)
    return None if found.location is None else tuple(found.location.split(_MARK))
