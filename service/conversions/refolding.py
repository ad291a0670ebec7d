"""An order's row, brought to what its reports and refunds say."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from service.conversions import store, writing
from service.conversions.folding import State, fold
from service.conversions.net import net_of
from service.conversions.refunding import Back, refunded
from service.conversions.reports import Ref
from service.conversions.rows import ConversionRow
from service.kit.db import Connection


async def refold(
    db: Connection,
    workspace_id: UUID,
    conversion_id: UUID,
    customer_id: UUID | None,
    domain: bytes | None = None,
) -> ConversionRow:
    """The order as it stands now. Its version rises only where something is other than before."""
    row = await store.get(db, workspace_id, conversion_id)
    told = [writing.told(each) for each in await store.reports(db, workspace_id, conversion_id)]
    state = fold(told)
    if state is None:
        raise ValueError("an order without a report that makes it")
    backs = [
        Back(each.amount, each.currency, each.cumulative)
        for each in await store.refunds(db, workspace_id, conversion_id)
    ]
    currency = state.currency or await store.currency(db, workspace_id)
    values = _values(state, currency, backs)
    values |= {"customer_id": customer_id, "domain": row.domain or domain}
    if row.version and values == {name: _plain(getattr(row, name)) for name in values}:
        return row
    return await store.save(db, workspace_id, conversion_id, **values)


def _plain(value: Any) -> Any:
    return msgspec.to_builtins(value, builtin_types=(datetime, UUID, bytes))


def _values(state: State, currency: str, backs: list[Back]) -> dict[str, Any]:
    amount = state.amount or 0
    net = net_of(state)
    tokens = list(dict.fromkeys(ref.value for ref in state.refs if ref.kind == "token"))
    conflicts = msgspec.to_builtins(list(state.conflicts))
    conflicts += [
        {"field": "refund", "kept": currency, "told": currency_told, "channel": state.channel}
        for currency_told in sorted({back.currency for back in backs} - {currency})
    ]
    return {
        "kind": state.kind,
        "external_id": _external_id(state.refs),
        "status": state.status,
        "test": state.test,
        "amount": amount,
        "currency": currency,
        "net": net.amount,
        "net_basis": net.basis,
        "net_lines": net.by_lines,
        "net_order": net.by_order,
        "refunded": refunded(amount, currency, backs),
        "tax": state.tax,
        "shipping": state.shipping,
        "shipping_tax": state.shipping_tax,
        "fees": state.fees,
        "discount": state.discount,
        "lines": msgspec.to_builtins(list(state.lines or ())),
        "coupons": list(state.coupons),
        "clicks": list(state.clicks),
        "tokens": tokens,
        "country": state.country,
        "referrer": state.referrer,
        "landing": state.landing,
        "told_new": state.is_new,
        "channel": state.channel,
        "integration_id": state.integration_id,
        "verified": state.verified,
        "conflicts": conflicts,
        "occurred_at": state.occurred_at,
        "delivered_at": state.delivered_at,
        "cancelled_at": state.cancelled_at,
        "paid_at": state.paid_at,
    }


def _external_id(refs: tuple[Ref, ...]) -> str:
    """What the order is called: by its id, else by what whoever told of it calls it."""
    for kind in ("id", "any", "number", "payment", "token"):
        for ref in refs:
            if ref.kind == kind:
                return ref.value
    return ""
