"""Deliveries of sources: read, taken in, and told in the words of deliveries."""

import asyncio
from uuid import UUID

from service.conversions.inbound.deliveries.schemas import DeliveryOutcome, DeliveryStatus, ReadRow
from service.conversions.inbound.others import Read
from service.kit.db import Connection
from service.mentions.intake.found import Found
from service.mentions.intake.kinds import read
from service.mentions.sources import store
from service.mentions.sources.arriving import SHOWN_FAULTS, arrive
from service.mentions.sources.people import people_in
from service.mentions.sources.schemas import SourceResult, SourceRow
from service.settings import Settings

PREFIX = "listening-"
# Whose signatures they have: Meta signs always, the others with whatever they can, or not at all.
SCHEMES = {
    "meta": "meta",
    **dict.fromkeys(("brandwatch", "talkwalker", "mention", "x", "generic"), "generic"),
}
_SMALL = 16 * 1024


async def read_delivery(db: Connection, settings: Settings, workspace_id: UUID, row: ReadRow) -> Read:
    """Takes in what a delivery tells. That of a source that is gone or rests is left alone."""
    source = await store.find_by_integration(db, workspace_id, row.integration_id)
    if source is None or source.paused:
        found = await parsed(row, {})
        people = people_in(workspace_id, found.reports)
        return Read("ignored", "paused" if source else "archived", [], people)
    found = await parsed(row, source.aliases)
    people = people_in(workspace_id, found.reports)
    result = await arrive(db, settings, workspace_id, source.id, found)
    status, why = status_of(found, source)
    return Read(status, why, outcomes(found, result), people)


async def parsed(row: ReadRow, aliases: dict[str, str]) -> Found:
    """What a delivery's body tells; a large one is read off the event loop."""
    kind = row.kind.removeprefix(PREFIX)
    content_type = row.headers.get("content-type")

    def run() -> Found:
        return read(kind, row.body, row.received_at, content_type=content_type, aliases=aliases)

    return run() if len(row.body) <= _SMALL else await asyncio.to_thread(run)


def status_of(found: Found, source: SourceRow) -> tuple[DeliveryStatus, str | None]:
    """A delivery's status and why: what somebody has to look at says more than what went well."""
    lost = next((one.why for one in found.faults if one.lost), None)
    if lost:
        return "quarantined", lost
    if found.wanted and source.token_sealed is None:
        return "needs_fetch", "access_token"
    first = found.faults[0].why if found.faults else None
    if found.reports or found.wanted:
        return "processed", first
    return "ignored", first or "empty"


def outcomes(found: Found, result: SourceResult) -> list[DeliveryOutcome]:
    """How many mentions became what, and what could not be read."""
    counted = (("created", result.created), ("updated", result.updated), ("unchanged", result.unchanged))
    made = [DeliveryOutcome("mention", outcome, number=number) for outcome, number in counted if number]
    if found.wanted:
        made.append(DeliveryOutcome("fetch", "fetch", resource="mention", number=len(found.wanted)))
    if found.ignored:
        made.append(DeliveryOutcome("ignored", "ignored", number=found.ignored))
    return made + [
        DeliveryOutcome(
            "quarantined" if one.lost else "mention",
            "quarantined" if one.lost else "partly",
            why=one.why,
            field=one.path,
            value=one.value,
        )
        for one in found.faults[:SHOWN_FAULTS]
    ]
