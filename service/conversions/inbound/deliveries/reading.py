"""Reading a delivery: what it tells is taken in, in the transaction that says so."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

from service.accounts.workspaces.store import get_workspace
from service.conversions import customers, taking
from service.conversions.facts import Source, Taken
from service.conversions.inbound import others
from service.conversions.inbound.deliveries import outcomes, store
from service.conversions.inbound.deliveries.people import addresses
from service.conversions.inbound.deliveries.schemas import DeliveryStatus, ReadRow
from service.conversions.inbound.receiving.envelopes import parameters
from service.conversions.inbound.schemas import SIGNED
from service.conversions.reports import Order, Report
from service.conversions.shops import learned, promotions, read
from service.kit import ids
from service.kit.db import Connection
from service.kit.problems import Problem
from service.settings import Settings

# Parsing this much takes a millisecond; what is larger leaves the loop.
_SMALL = 32 * 1024


async def read_delivery(
    db: Connection, settings: Settings, workspace_id: UUID, row: ReadRow
) -> DeliveryStatus:
    """Takes in what a delivery tells, and writes down what became of it: its status. The row is locked.

    Whatever has come before or comes again ends the same: what is taken converges.
    """
    other = others.find(row.kind)
    if other is not None:
        return await _read_other(db, settings, workspace_id, row, other)
    currency = (await get_workspace(db, workspace_id)).currency
    reports = await _reports(row, currency, await _aliases(db, workspace_id, row))
    source = source_of(row)
    await taking.lock(db, workspace_id, source.shop, reports)
    found = [outcomes.outcome(report, await _take(db, workspace_id, source, report)) for report in reports]
    status, why = outcomes.status(found)
    people = people_in(workspace_id, row, reports)
    await store.save_outcome(db, workspace_id, row.id, status, why, found, outcomes.is_test(reports), people)
    return status


async def _read_other(
    db: Connection, settings: Settings, workspace_id: UUID, row: ReadRow, kind: others.Kind
) -> DeliveryStatus:
    """Another domain's delivery: who is named by an address in it is found as in any."""
    read = await kind.read(db, settings, workspace_id, row)
    people = sorted({*read.people, *people_in(workspace_id, row, [])})
    await store.save_outcome(db, workspace_id, row.id, read.status, read.why, read.outcomes, False, people)
    return read.status


async def _take(db: Connection, workspace_id: UUID, source: Source, report: Report) -> Taken:
    """What is refused for a reason that people may read is kept for them; the rest goes on."""
    try:
        async with db.transaction():
            return await taking.take(db, workspace_id, source, report)
    except Problem as problem:
        if problem.status_code >= 500:
            raise
        return Taken("quarantined", None, problem.slug)


async def _aliases(db: Connection, workspace_id: UUID, row: ReadRow) -> dict[str, str]:
    """The integration's, over the texts of the promotion codes that a checkout of Stripe names by id."""
    if row.kind != "stripe":
        return row.aliases
    codes = learned(row.body)
    if codes:
        await store.learn_codes(db, workspace_id, row.integration_id, codes)
    asked = promotions(row.body)
    known = await store.codes_of(db, workspace_id, row.integration_id, asked) if asked else {}
    return known | row.aliases


async def _reports(row: ReadRow, currency: str, aliases: dict[str, str]) -> list[Report]:
    def run() -> list[Report]:
        return read(
            row.kind,
            row.topic or None,
            row.headers,
            row.body,
            aliases,
            parameters(row.query),
            currency=currency,
            received_at=row.received_at,
        )

    return run() if len(row.body) <= _SMALL else await asyncio.to_thread(run)


def source_of(row: ReadRow) -> Source:
    """Where a delivery's reports come from. What shops sign weighs more than what anybody may call."""
    channel = "webhook" if row.verified and row.kind in SIGNED else "postback"
    return Source(row.shop, channel, row.verified, ids.show("dly", row.id), row.integration_id)


def people_in(workspace_id: UUID, row: ReadRow, reports: Sequence[Report]) -> list[bytes]:
    """Keyed hashes of whoever may be named in a delivery: an erasure finds it by them."""
    found: set[bytes] = set()
    for address in addresses(row.body, row.query):
        key = customers.email_key(workspace_id, address)
        if key is not None:
            found.add(key)
    for report in reports:
        if isinstance(report, Order):
            found |= customers.keys_of(workspace_id, row.shop, report.buyer).keys()
    return sorted(found)
