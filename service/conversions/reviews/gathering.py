"""What is known of a conversion beside its facts, for judging it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from uuid import UUID

from service.conversions import customers
from service.conversions.facts import Facts
from service.conversions.reviews import store
from service.conversions.reviews.domains import disposable_keys, own_domain_key
from service.conversions.reviews.judging import Finding, Known, Visit
from service.conversions.reviews.rules import ReviewRules
from service.conversions.reviews.schemas import ContextRow, VisitRow
from service.kit import ids
from service.kit.db import Connection
from service.kit.problems import NotFound


async def gather(
    db: Connection, workspace_id: UUID, facts: Facts, rules: ReviewRules, context: ContextRow
) -> Known:
    """What the rules need; notes with which device the order was clicked."""
    rows = await _visits(db, workspace_id, facts)
    clicks = [row for row in rows if not row.cart]
    emails = {
        payee.id: frozenset(
            key for email in payee.emails if (key := customers.email_key(workspace_id, email))
        )
        for payee in context.payees
    }
    buyers = {partner for partner, keys in emails.items() if not keys.isdisjoint(facts.keys)}
    devices, own_devices = await _devices(db, workspace_id, facts, context, clicks, buyers)
    return Known(
        visits=sorted(map(_visit, clicks), key=lambda visit: visit.at),
        cart_at=min((row.at for row in rows if row.cart), default=None),
        of_partner=emails,
        domains={
            payee.id: frozenset(key for email in payee.emails if (key := own_domain_key(workspace_id, email)))
            for payee in context.payees
        },
        disposable=_disposable(workspace_id, facts, rules),
        devices=devices,
        own_devices=own_devices,
        twins={payee.id: payee.twin for payee in context.payees if payee.twin},
        findings=[Finding(row.code, row.partner_id, row.group, row.evidence) for row in context.findings],
    )


async def _visits(db: Connection, workspace_id: UUID, facts: Facts) -> list[VisitRow]:
    named = list(_click_ids(facts.clicks))
    if not named:
        return []
    return await store.visits(db, workspace_id, named, [_clicked_at(click_id) for click_id in named])


def _click_ids(texts: Sequence[str]) -> Iterator[UUID]:
    """Those that are ours."""
    for text in texts:
        try:
            yield ids.read("clk", text)
        except NotFound:
            continue


def _clicked_at(click_id: UUID) -> datetime:
    # A click's id carries its time to the millisecond; any other bits may be a time that there isn't.
    return datetime.fromtimestamp(min((click_id.int >> 80) / 1000, 253_402_300_799), UTC)


def _visit(row: VisitRow) -> Visit:
    return Visit(row.id, row.partner_id, row.at, row.visitor, row.referrer, row.named, row.counted)


async def _devices(
    db: Connection,
    workspace_id: UUID,
    facts: Facts,
    context: ContextRow,
    clicks: Sequence[VisitRow],
    buyers: set[UUID],
) -> tuple[dict[UUID, int], frozenset[UUID]]:
    """By partner, the customers on the device of their newest named click, this one included; and the
    partners who bought with it themselves."""
    credited = {payee.id for payee in context.payees}
    newest: dict[UUID, bytes] = {}
    for row in sorted(clicks, key=lambda row: row.at):
        if row.named and row.visitor is not None and row.partner_id in credited:
            assert row.partner_id is not None
            newest[row.partner_id] = row.visitor
    if not newest:
        return {}, frozenset()
    partners = sorted(newest)
    rows = await store.put_visits(
        db,
        workspace_id,
        facts.id,
        partners,
        [newest[partner] for partner in partners],
        facts.customer_id,
        [partner in buyers for partner in partners],
    )
    counts: dict[UUID, int] = defaultdict(int, {row.partner_id: row.customers + 1 for row in rows})
    return counts, frozenset(row.partner_id for row in rows if row.own)


def _disposable(workspace_id: UUID, facts: Facts, rules: ReviewRules) -> frozenset[bytes]:
    wanted = rules.disposable_email
    if wanted is None or facts.domain is None:
        return frozenset()
    return disposable_keys(workspace_id, wanted.domains, wanted.allowed)
