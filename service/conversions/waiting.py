"""Evidence that an order names and that isn't known yet: clicks on their way, pages that report later."""

from collections.abc import Sequence
from uuid import UUID

from service.conversions.attribution.gathering import click_ids, time_of
from service.conversions.attribution.touches import Touch
from service.conversions.facts import Facts
from service.conversions.rows import WaitRow
from service.conversions.settled import store
from service.kit.db import Connection


def missing(facts: Facts, touches: Sequence[Touch]) -> list[str]:
    """The clicks that aren't known, as `click:` and the UUID, and, where no click is, the carts, as
    `token:`. Pure."""
    known = {touch.click_id for touch in touches if touch.named}
    clicks = [f"click:{each}" for each in click_ids(facts.clicks) if each not in known]
    if any(touch.kind == "click" and touch.named for touch in touches):
        return clicks
    return clicks + [f"token:{token}" for token in facts.tokens]


async def arrived(db: Connection, workspace_id: UUID, page: Sequence[WaitRow]) -> list[UUID]:
    """The orders of which something has become known."""
    clicks = [UUID(row.evidence[6:]) for row in page if row.evidence.startswith("click:")]
    times = {click: at for click in clicks if (at := time_of(click)) is not None}
    tokens = [row.evidence[6:] for row in page if row.evidence.startswith("token:")]
    found = {
        f"click:{click}"
        for click in await store.arrived_clicks(db, workspace_id, list(times.values()), list(times))
    }
    found |= {f"token:{token}" for token in await store.arrived_tokens(db, workspace_id, tokens)}
    return list(dict.fromkeys(row.conversion_id for row in page if row.evidence in found))
