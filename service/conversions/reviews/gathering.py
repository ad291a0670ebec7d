"""What is known of conversions beside their facts, for judging them."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from uuid import UUID

from service.conversions import customers
from service.conversions.facts import Facts
from service.conversions.reviews import store
from service.conversions.reviews.domains import disposable_keys, own_domain_key
from service.conversions.reviews.judging import Finding, Known, Shared, Visit
from service.conversions.reviews.rules import ReviewRules
from service.conversions.reviews.schemas import ContextRow, DeviceRow, PayeeRow, VisitRow
from service.kit import ids
from service.kit.db import Connection
from service.kit.problems import NotFound

Asked = Sequence[tuple[Facts, ContextRow]]


async def gather(db: Connection, workspace_id: UUID, asked: Asked, rules: ReviewRules) -> list[Known]:
    """What the rules need of each order; notes with which devices they were clicked."""
    rows = await _visits(db, workspace_id, [facts for facts, _ in asked])
    emails = [_emails(workspace_id, context) for _, context in asked]
    buyers = [
        {partner for partner, keys in each.items() if not keys.isdisjoint(facts.keys)}
        for (facts, _), each in zip(asked, emails, strict=True)
    ]
    devices = await _devices(db, workspace_id, asked, rows, buyers)
    return [
        Known(
            visits=sorted(map(_visit, _clicks(rows[n])), key=lambda visit: visit.at),
            cart_at=min((row.at for row in rows[n] if row.cart), default=None),
            of_partner=emails[n],
            domains=_domains(workspace_id, context),
            disposable=_disposable(workspace_id, facts, rules),
            devices={row.partner_id: row.customers + 1 for row in devices[n]},
            own_devices=frozenset(row.partner_id for row in devices[n] if row.own),
            twins={payee.id: payee.twin for payee in context.payees if payee.twin},
            paid_with={payee.id: _paid_with(workspace_id, payee) for payee in context.payees},
            shared={payee.id: found for payee in context.payees if (found := _shared(payee))},
            findings=[Finding(row.code, row.partner_id, row.group, row.evidence) for row in context.findings],
        )
        for n, (facts, context) in enumerate(asked)
    ]


def _emails(workspace_id: UUID, context: ContextRow) -> dict[UUID, frozenset[bytes]]:
    return {
        payee.id: frozenset(
            key for email in payee.emails if (key := customers.email_key(workspace_id, email))
        )
        for payee in context.payees
    }


def _domains(workspace_id: UUID, context: ContextRow) -> dict[UUID, frozenset[bytes]]:
    return {
        payee.id: frozenset(key for email in payee.emails if (key := own_domain_key(workspace_id, email)))
        for payee in context.payees
    }


def _paid_with(workspace_id: UUID, payee: PayeeRow) -> dict[bytes, UUID]:
    return {
        key: sharer.id for sharer in payee.sharers if (key := customers.email_key(workspace_id, sharer.email))
    }


def _shared(payee: PayeeRow) -> Shared | None:
    now = {sharer.id: sharer.account_id for sharer in payee.sharers if sharer.account_id is not None}
    return Shared(next(iter(now.values())), sorted(now)) if now else None


def _clicks(rows: Sequence[VisitRow]) -> list[VisitRow]:
    return [row for row in rows if not row.cart]


async def _visits(db: Connection, workspace_id: UUID, orders: Sequence[Facts]) -> list[list[VisitRow]]:
    named = [(n, click_id) for n, facts in enumerate(orders) for click_id in _click_ids(facts.clicks)]
    found: list[list[VisitRow]] = [[] for _ in orders]
    if named:
        click_ids = [click_id for _, click_id in named]
        places, times = [n for n, _ in named], [_clicked_at(click_id) for click_id in click_ids]
        for row in await store.visits(db, workspace_id, places, click_ids, times):
            found[row.n].append(row)
    return found


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
    asked: Asked,
    visits: Sequence[Sequence[VisitRow]],
    buyers: Sequence[set[UUID]],
) -> list[list[DeviceRow]]:
    """The other customers on the device of each partner's newest named click, by order."""
    rows = [
        (n, facts.id, facts.customer_id, partner_id, visitor, partner_id in buyers[n])
        for n, (facts, context) in enumerate(asked)
        for partner_id, visitor in sorted(_newest(context, visits[n]).items())
    ]
    found: list[list[DeviceRow]] = [[] for _ in asked]
    if rows:
        for row in await store.put_visits(db, workspace_id, *map(list, zip(*rows, strict=True))):
            found[row.n].append(row)
    return found


def _newest(context: ContextRow, visits: Sequence[VisitRow]) -> dict[UUID, bytes]:
    """The device of each credited partner's newest named click."""
    credited = {payee.id for payee in context.payees}
    newest: dict[UUID, bytes] = {}
    for row in sorted(_clicks(visits), key=lambda row: row.at):
        if (
            row.named
            and row.visitor is not None
            and row.partner_id is not None
            and row.partner_id in credited
        ):
            newest[row.partner_id] = row.visitor
    return newest


def _disposable(workspace_id: UUID, facts: Facts, rules: ReviewRules) -> frozenset[bytes]:
    wanted = rules.disposable_email
    if wanted is None or facts.domain is None:
        return frozenset()
    return disposable_keys(workspace_id, wanted.domains, wanted.allowed)
