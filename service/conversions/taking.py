"""Taking reports in: one conversion per order, whoever tells of it, how often, and in what order.

Everything converges because nothing is decided by what came first: a report is kept, and the order is folded
anew from all that are kept. Who reports the same names waits for us; the unique rows of names stand behind.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from uuid import UUID

from msgspec import structs

from service.conversions import customers, folding, jobs, matching, store, writing
from service.conversions.again import at_last
from service.conversions.buyers.identifying import identify
from service.conversions.facts import Source, Taken
from service.conversions.following import later_than
from service.conversions.problems import RefundExists
from service.conversions.refolding import refold
from service.conversions.refunding import Version
from service.conversions.reports import (
    Buyer,
    Cancellation,
    Ignored,
    NeedsFetch,
    Order,
    Payment,
    Quarantined,
    Ref,
    Refund,
    Report,
)
from service.conversions.reviews.domains import domain_key
from service.conversions.rows import ConversionRow, RefundRow
from service.conversions.settling import settle
from service.kit import clock, ids
from service.kit.db import Connection
from service.kit.jobs import enqueue

Told = Order | Cancellation | Payment
# A file of a million orders locks no more than this, as PostgreSQL's table of locks is small.
_BUCKETS = 256
# Far above any order; sums of them stay within PostgreSQL's bigint.
_MOST = 10**15


async def take(db: Connection, workspace_id: UUID, source: Source, report: Report) -> Taken:
    """Takes one report in and settles its order, in the caller's transaction.

    Raises RefundExists where a refund's name is another order's.
    """
    return await at_last(db, lambda: _take(db, workspace_id, source, report))


async def _take(db: Connection, workspace_id: UUID, source: Source, report: Report) -> Taken:
    await lock(db, workspace_id, source.shop, [report])
    taken = await put(db, workspace_id, source, report)
    if taken.conversion_id is not None and taken.outcome != "unchanged":
        row = await settle(db, workspace_id, taken.conversion_id)
        await jobs.queue(db, workspace_id, await later_than(db, workspace_id, [row]))
    return taken


async def take_many(
    db: Connection, workspace_id: UUID, source: Source, reports: Sequence[Report]
) -> list[Taken]:
    """Takes many reports in, in the caller's transaction; a job settles their orders."""
    taken = await put_many(db, workspace_id, [(source, report) for report in reports])
    await settle_soon(db, workspace_id, taken)
    return taken


async def put_many(db: Connection, workspace_id: UUID, told: Sequence[tuple[Source, Report]]) -> list[Taken]:
    """Takes many reports in without settling their orders."""

    async def put_all() -> list[Taken]:
        by_shop: dict[str, list[Report]] = {}
        for source, report in told:
            by_shop.setdefault(source.shop, []).append(report)
        await lock_shops(db, workspace_id, by_shop)
        return [await put(db, workspace_id, source, report) for source, report in told]

    return await at_last(db, put_all)


async def settle_soon(db: Connection, workspace_id: UUID, taken: Sequence[Taken]) -> UUID | None:
    """Has a job settle what changed; its id."""
    changed = {one.conversion_id: None for one in taken if one.conversion_id and one.outcome != "unchanged"}
    if not changed:
        return None
    return await enqueue(db, workspace_id, jobs.SETTLE, jobs.Orders(list(changed), follow=True))


async def lock(db: Connection, workspace_id: UUID, shop: str, reports: Sequence[Report]) -> None:
    """Makes others who report the same names wait. Once per transaction, for all that it takes."""
    await lock_shops(db, workspace_id, {shop: reports})


async def lock_shops(db: Connection, workspace_id: UUID, reports: Mapping[str, Sequence[Report]]) -> None:
    """The same for reports of several shops."""
    buckets = {
        _bucket(workspace_id, shop, value) for shop, each in reports.items() for value in _values(each)
    }
    if buckets:
        await store.lock_names(db, workspace_id, sorted(buckets))


def _values(reports: Sequence[Report]) -> set[str]:
    names = {ref.value for report in reports for ref in _refs(report)}
    return names | {f"refund {each.external_id}" for each in reports if isinstance(each, Refund)}


def _bucket(workspace_id: UUID, shop: str, value: str) -> int:
    number = int.from_bytes(blake2b(f"{shop}\0{value}".encode(), digest_size=4).digest()) % _BUCKETS
    packed = workspace_id.bytes + b"conversion names" + number.to_bytes(2)
    return int.from_bytes(blake2b(packed, digest_size=8).digest(), signed=True)


async def put(db: Connection, workspace_id: UUID, source: Source, report: Report) -> Taken:
    """Takes one report in without settling; its names are locked."""
    if isinstance(report, Ignored):
        return Taken("ignored", None, report.why)
    if isinstance(report, NeedsFetch):
        return Taken("fetch", None, f"{report.resource} {report.id}"[:200])
    if isinstance(report, Quarantined):
        return Taken("quarantined", None, f"{report.why}: {report.field}"[:200])
    refs = _refs(report)
    if not refs:
        return Taken("quarantined", None, "missing: external_id")
    if not _sums(report):
        return Taken("quarantined", None, "amount: amount")
    if not all(map(clock.is_usual, _times(report))):
        return Taken("quarantined", None, "time: occurred_at")
    if isinstance(report, Refund):
        return await _put_refund(db, workspace_id, source, report, refs)
    return await _put_told(db, workspace_id, source, report, refs)


def _refs(report: Report) -> tuple[Ref, ...]:
    if isinstance(report, Order):
        return matching.normal(report.refs)
    return matching.normal(report.order) if isinstance(report, Refund | Cancellation | Payment) else ()


def _sums(report: Report) -> bool:
    if isinstance(report, Refund):
        return 0 <= report.amount <= _MOST
    if not isinstance(report, Order):
        return True
    lines = report.lines or ()
    sums = [report.amount, report.tax, report.shipping, report.shipping_tax, report.fees, report.discount]
    sums += [value for line in lines for value in (line.net, line.tax, line.discount)]
    return all(value is None or abs(value) <= _MOST for value in sums) and (report.amount or 0) >= 0


def _times(report: Told | Refund) -> tuple[datetime | None, ...]:
    if isinstance(report, Order):
        return (report.occurred_at, report.delivered_at, report.cancelled_at, report.stated_at)
    return (report.occurred_at if isinstance(report, Refund) else report.at,)


async def find(db: Connection, workspace_id: UUID, shop: str, refs: Sequence[Ref]) -> ConversionRow | None:
    """The order of these names, its row locked; several that turn out to be one are merged."""
    known = await store.names(db, workspace_id, shop, [ref.value for ref in refs])
    names = [matching.KnownRef(row.conversion_id, row.kind, row.ref) for row in known]  # type: ignore[arg-type]
    found = await store.lock_all(db, workspace_id, matching.matching(refs, names))
    if not found:
        return None
    for other in found[1:]:
        await store.merge(db, workspace_id, found[0].id, other.id)
        await settle(db, workspace_id, other.id)
    return found[0]


async def _put_told(
    db: Connection, workspace_id: UUID, source: Source, report: Told, refs: tuple[Ref, ...]
) -> Taken:
    row = await find(db, workspace_id, source.shop, refs)
    buyer = report.buyer if isinstance(report, Order) else None
    kept = writing.redacted(report) if isinstance(report, Order) else structs.replace(report, order=refs)
    if row is None and not _makes_one(source, kept):
        return await _wait(db, workspace_id, source, kept, refs)
    conversion_id = ids.new() if row is None else row.id
    if row is None:
        await store.add(db, workspace_id, conversion_id, source.shop)
    await _add(db, workspace_id, source, kept, conversion_id)
    await _name(db, workspace_id, source.shop, refs, conversion_id)
    customer_id = await _known(db, workspace_id, source.shop, row, buyer)
    domain = domain_key(workspace_id, None if buyer is None else buyer.email)
    after = await refold(db, workspace_id, conversion_id, customer_id, domain)
    if row is None:
        return Taken("created", conversion_id)
    if isinstance(report, Order) and _contradicted(report, after):
        return Taken("conflict", conversion_id, "amount")
    return Taken("updated" if after.version != row.version else "unchanged", conversion_id)


def _makes_one(source: Source, report: Told) -> bool:
    """Whether a report is an order by itself."""
    if not isinstance(report, Order):
        return False
    now = report.stated_at or report.occurred_at or folding.BEFORE
    return folding.fold([folding.Told(source.channel, source.verified, None, report, now, b"")]) is not None


def _contradicted(report: Order, row: ConversionRow) -> bool:
    return any(
        told is not None and told != kept
        for told, kept in ((report.amount, row.amount), (report.currency, row.currency))
    ) and any(conflict.field in ("amount", "currency") for conflict in row.conflicts)


async def _add(db: Connection, workspace_id: UUID, source: Source, report: Told, conversion_id: UUID) -> None:
    kind, body = writing.kind_of(report), writing.plain(report)
    await store.add_report(
        db,
        workspace_id,
        conversion_id,
        writing.digest(source.channel, source.integration_id, kind, body),
        ids.new(),
        source.channel,
        source.verified,
        source.name,
        source.integration_id,
        kind,
        body,
        _stated_at(report),
    )


async def _wait(
    db: Connection, workspace_id: UUID, source: Source, report: Told, refs: tuple[Ref, ...]
) -> Taken:
    """Keeps what needs an order that isn't known yet."""
    kind, body = writing.kind_of(report), writing.plain(report)
    await store.add_early(
        db,
        workspace_id,
        source.shop,
        writing.digest(source.channel, source.integration_id, kind, body),
        ids.new(),
        [f"{ref.kind}:{ref.value}" for ref in refs],
        source.channel,
        source.verified,
        source.name,
        source.integration_id,
        kind,
        body,
        _stated_at(report),
    )
    return Taken("waiting")


def _stated_at(report: Told) -> datetime | None:
    return report.stated_at if isinstance(report, Order) else report.at


async def _name(
    db: Connection, workspace_id: UUID, shop: str, refs: Sequence[Ref], conversion_id: UUID
) -> None:
    """Gives the order its names, and what waited for one of them."""
    values, kinds = [ref.value for ref in refs], [ref.kind for ref in refs]
    await store.add_names(db, workspace_id, shop, values, kinds, conversion_id)
    spelt = matching.spellings(refs)
    await store.adopt_refunds(db, workspace_id, shop, spelt, conversion_id)
    early = await store.early(db, workspace_id, shop, spelt)
    if early:
        await store.adopt_early(db, workspace_id, shop, [row.digest for row in early], conversion_id)
        others = [ref for row in early for ref in _refs(writing.told(row).report) if ref not in refs]
        if others:
            await _name(db, workspace_id, shop, others, conversion_id)


async def _known(
    db: Connection, workspace_id: UUID, shop: str, row: ConversionRow | None, buyer: Buyer | None
) -> UUID | None:
    keys = customers.keys_of(workspace_id, shop, buyer)
    return await identify(db, workspace_id, None if row is None else row.customer_id, keys)


async def _put_refund(
    db: Connection, workspace_id: UUID, source: Source, refund: Refund, refs: tuple[Ref, ...]
) -> Taken:
    row = await find(db, workspace_id, source.shop, refs)
    changed = await keep_refund(db, workspace_id, source, refund, refs, None if row is None else row.id)
    if row is None:
        return Taken("waiting" if changed else "unchanged")
    after = await refold(db, workspace_id, row.id, row.customer_id)
    return Taken("updated" if changed or after.version != row.version else "unchanged", row.id)


async def keep_refund(
    db: Connection,
    workspace_id: UUID,
    source: Source,
    refund: Refund,
    refs: Sequence[Ref],
    conversion_id: UUID | None,
) -> bool:
    """Keeps a refund once, in the version that is believed most; whether anything changed."""
    external_id = refund.external_id.replace("\0", "").strip()[:300]
    known = await store.known_refund(db, workspace_id, source.shop, external_id)
    reason = None if refund.reason is None else refund.reason.replace("\0", "")[:500]
    values = (refund.amount, refund.currency, refund.cumulative, source.channel, source.verified, reason)
    if known is None:
        spelt = [f"{ref.kind}:{ref.value}" for ref in refs]
        await store.add_refund(
            db,
            workspace_id,
            ids.new(),
            source.shop,
            external_id,
            conversion_id,
            spelt,
            *values,
            refund.occurred_at,
        )
        return True
    if conversion_id is not None and known.conversion_id not in (None, conversion_id):
        raise RefundExists(f"the refund {external_id[:60]!r} is another order's")
    found = known.conversion_id is None and conversion_id is not None
    if _version(source.verified, source.channel, refund.occurred_at, refund.amount) <= _stored(known):
        if not found:
            return False
        values = (known.amount, known.currency, known.cumulative, known.channel, known.verified, known.reason)
    await store.save_refund(db, workspace_id, known.id, *values, refund.occurred_at, conversion_id)
    return True


def _version(verified: bool, channel: str, occurred_at: datetime, amount: int) -> Version:
    return Version(verified, folding.TRUST.get(channel, 0), occurred_at, amount)


def _stored(row: RefundRow) -> Version:
    return _version(row.verified, row.channel, row.occurred_at, row.amount)
