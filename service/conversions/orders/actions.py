"""What people and programs tell of orders by the API."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NamedTuple
from uuid import UUID

from msgspec import convert, structs, to_builtins

from service.conversions import jobs, store, taking
from service.conversions.facts import Source
from service.conversions.following import later_than
from service.conversions.orders import reading
from service.conversions.orders import store as orders
from service.conversions.orders.schemas import (
    ConversionPatch,
    EarlyRefund,
    NewConversion,
    NewRefund,
    Reassignment,
)
from service.conversions.problems import Conflicting, UnknownConversion
from service.conversions.reassigning import Part, Reassigned
from service.conversions.reports import Ref, Refund
from service.conversions.rows import ConversionRow, RefundRow
from service.conversions.settling import settle
from service.kit import clock, ids
from service.kit.db import Connection
from service.kit.problems import InvalidInput
from service.kit.validation import field_errors
from service.programs import store as partners
from service.programs.problems import UnknownPartner


class Told(NamedTuple):
    """What became of an item of a bulk request."""

    outcome: str
    conversion_id: UUID | None
    faults: reading.Faults


def source_of(shop: str, by: str) -> Source:
    """Whoever has a secret key or is logged in: verified."""
    return Source(shop.strip(), "api", True, by)


async def take(db: Connection, workspace_id: UUID, data: NewConversion, by: str) -> tuple[ConversionRow, str]:
    """The order as it stands then, and what the report did. Raises InvalidInput."""
    if found := reading.faults(data):
        raise InvalidInput("an order that can't be", errors=found)
    order = reading.order_of(data, reading.names_of(data))
    taken = await taking.take(db, workspace_id, source_of(data.shop, by), order)
    if taken.conversion_id is None:
        errors = [{"path": "external_id", "message": "is no name"}]
        raise InvalidInput("an order that can't be", errors=errors)
    return await store.get(db, workspace_id, taken.conversion_id), taken.outcome


async def take_many(
    db: Connection, workspace_id: UUID, items: Sequence[dict[str, Any]], by: str
) -> tuple[list[Told], UUID | None]:
    """What became of each, in their order, and the job that credits them."""
    read = [_item(item) for item in items]
    results: list[Told | None] = [one if isinstance(one, Told) else None for one in read]
    good = {at: one for at, one in enumerate(read) if isinstance(one, NewConversion)}
    told = [(source_of(one.shop, by), reading.order_of(one, reading.names_of(one))) for one in good.values()]
    taken = await taking.put_many(db, workspace_id, told)
    for at, one in zip(good, taken, strict=True):
        failed = [] if one.conversion_id else [{"path": "external_id", "message": "is no name"}]
        results[at] = Told("failed" if failed else one.outcome, one.conversion_id, failed)
    job_id = await taking.settle_soon(db, workspace_id, taken)
    return [one for one in results if one is not None], job_id


def _item(item: dict[str, Any]) -> NewConversion | Told:
    """A body that was sent, or what is wrong with it."""
    if errors := field_errors(NewConversion, item):
        return Told("failed", None, [{"path": one.path, "message": one.message} for one in errors])
    sent = convert(item, NewConversion)
    found = reading.faults(sent)
    return Told("failed", None, found) if found else sent


async def change(
    db: Connection, workspace_id: UUID, row: ConversionRow, data: ConversionPatch, by: str
) -> ConversionRow:
    """The order, its row locked, with what was sent.

    Raises InvalidInput, and Conflicting where a more trusted source has told another amount.
    """
    if found := reading.faults(data, row.currency):
        raise InvalidInput("an order that can't be", errors=found)
    refs = await _names(db, workspace_id, row)
    order = reading.order_of(data, refs, await clock.now(db))
    taken = await taking.take(db, workspace_id, source_of(row.shop, by), order)
    if taken.outcome == "conflict":
        raise Conflicting(f"{row.channel} has told another amount, which stays")
    return await store.get(db, workspace_id, row.id)


async def _names(db: Connection, workspace_id: UUID, row: ConversionRow) -> tuple[Ref, ...]:
    """All names of an order, so that it is this one that is meant."""
    found = await orders.names(db, workspace_id, row.id)
    return tuple(Ref(name.kind, name.ref) for name in found)  # type: ignore[arg-type]


async def refund(
    db: Connection, workspace_id: UUID, row: ConversionRow, data: NewRefund, by: str
) -> RefundRow:
    """The refund, kept once; the order is settled. Raises InvalidInput, RefundExists."""
    if found := reading.refund_faults(data, row.currency):
        raise InvalidInput("a refund that can't be", errors=found)
    refs = await _names(db, workspace_id, row)
    return await _refund(db, workspace_id, row.shop, refs, data, by)


async def refund_early(db: Connection, workspace_id: UUID, data: EarlyRefund, by: str) -> RefundRow:
    """The same by the order's name. Raises InvalidInput, RefundExists."""
    if found := reading.refund_faults(data, None):
        raise InvalidInput("a refund that can't be", errors=found)
    return await _refund(db, workspace_id, data.shop, (Ref("any", data.order),), data, by)


async def _refund(
    db: Connection, workspace_id: UUID, shop: str, refs: tuple[Ref, ...], data: NewRefund, by: str
) -> RefundRow:
    source, price = source_of(shop, by), data.amount
    occurred_at = data.occurred_at or await orders.refunded_at(
        *(db, workspace_id, source.shop, data.external_id.strip()),
        *(price.amount, price.currency, data.cumulative),
    )
    report = Refund(
        refs,
        data.external_id,
        price.amount,
        price.currency,
        occurred_at or await clock.now(db),
        data.cumulative,
        data.reason,
    )
    await taking.take(db, workspace_id, source, report)
    return await orders.refund_of(db, workspace_id, source.shop, data.external_id.strip())


async def reassign(
    db: Connection, workspace_id: UUID, row: ConversionRow, data: Reassignment | None, by: str
) -> ConversionRow:
    """The order, its row locked, credited by a person's word; None: by evidence again.

    Raises InvalidInput, UnknownPartner, UnknownConversion where the order was merged into another.
    """
    if row.merged_into is not None:
        raise UnknownConversion(f"it is {ids.show('cnv', row.merged_into)} now")
    kept = None if data is None else await _reassigned(db, workspace_id, data, by)
    await orders.reassign(db, workspace_id, row.id, None if kept is None else to_builtins(kept))
    settled = await settle(db, workspace_id, row.id, by)
    await jobs.queue(db, workspace_id, await later_than(db, workspace_id, [settled]))
    return settled


async def _reassigned(db: Connection, workspace_id: UUID, data: Reassignment, by: str) -> Reassigned:
    if found := reading.share_faults(data):
        raise InvalidInput("parts that can't be", errors=found)
    asked = [ids.read("prt", share.partner_id) for share in data.shares]
    known = set(await partners.known_partners(db, workspace_id, asked))
    for share, partner_id in zip(data.shares, asked, strict=True):
        if partner_id not in known:
            raise UnknownPartner(f"there is no {share.partner_id!r}")
    parts = [Part(one, str(Fraction(share.weight))) for one, share in zip(asked, data.shares, strict=True)]
    return Reassigned(tuple(parts), data.reason, by, await clock.now(db))


def told_fields(data: ConversionPatch) -> list[str]:
    """What a change tells, for the audit log."""
    return sorted(name for name, value in structs.asdict(data).items() if value not in (None, []))
