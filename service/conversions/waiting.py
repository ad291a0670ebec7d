"""Evidence that an order names and that isn't known yet: clicks on their way, pages that report later."""

from collections.abc import Sequence
from uuid import UUID

from service.conversions.attribution.gathering import click_ids
from service.conversions.attribution.touches import Touch
from service.conversions.facts import Facts
from service.conversions.settled import store
from service.kit.db import Connection


async def wait_for(db: Connection, workspace_id: UUID, facts: Facts, touches: Sequence[Touch]) -> None:
    """Notes what is missing; a schedule settles the order again as soon as it is there (jobs.py)."""
    await store.put_waits(db, workspace_id, facts.id, missing(facts, touches))


def missing(facts: Facts, touches: Sequence[Touch]) -> list[str]:
    """The clicks that aren't known, as `click:` and the UUID, and, where no click is, the carts, as
    `token:`. Pure."""
    known = {touch.click_id for touch in touches if touch.named}
    clicks = [f"click:{each}" for each in click_ids(facts.clicks) if each not in known]
    if any(touch.kind == "click" and touch.named for touch in touches):
        return clicks
    return clicks + [f"token:{token}" for token in facts.tokens]
