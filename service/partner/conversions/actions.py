"""A page of a partner's conversions, and why one of them earned nothing."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from service.kit import ids
from service.kit.db import Connection
from service.ledger.schemas import CommissionRow
from service.partner.conversions import parts, store
from service.partner.conversions.schemas import ConversionRow, Listed, PartnerConversion
from service.partner.conversions.showing import Known, shown
from service.partner.store import records
from service.partner.words import Told, told
from service.programs.reading import agreed_at

NO_RULE = Told(
    "no_rule", {"tr": "Programınızın hiçbir kuralı bunu ödemiyor", "en": "No rule of your program pays it"}
)
NOT_SETTLED = Told("not_settled", {"tr": "Henüz hesaplanmadı", "en": "It has not been reckoned yet"})


async def page(
    db: Connection, workspace_id: UUID, partner_id: UUID, wanted: Listed, before: UUID | None, limit: int
) -> list[tuple[UUID, PartnerConversion]]:
    """The newest first, older than `before`, each with its key."""
    rows = await store.list_conversions(db, workspace_id, partner_id, wanted, before, limit)
    known = await _known(db, workspace_id, partner_id, rows)
    return [(row.id, shown(row, known)) for row in rows]


async def _known(
    db: Connection, workspace_id: UUID, partner_id: UUID, rows: Sequence[ConversionRow]
) -> Known:
    partner_ids = {ids.show("prt", one) for one in await records(db, workspace_id, partner_id)}
    own = [one.share for row in rows for one in parts.own(row.shares, partner_ids)]
    links = sorted({ids.read("lnk", each["link_id"]) for each in own if each["link_id"]})
    coupons = sorted({ids.read("cpn", each["coupon_id"]) for each in own if each["coupon_id"]})
    clicks = {
        ids.read("clk", each["click_id"]): datetime.fromisoformat(each["at"])
        for each in own
        if each["click_id"]
    }
    commissions: dict[UUID, list[CommissionRow]] = defaultdict(list)
    for row in await store.commissions(db, workspace_id, partner_id, [row.id for row in rows]):
        if row.conversion_id is not None:
            commissions[row.conversion_id].append(row)
    return Known(
        partner_ids,
        {each.id: each for each in await store.link_names(db, workspace_id, links)},
        {each.id: each for each in await store.coupon_names(db, workspace_id, coupons)},
        {
            each.id: each.subs
            for each in await store.click_subs(db, workspace_id, sorted({*clicks.values()}), sorted(clicks))
        },
        commissions,
    )


async def nothing(
    db: Connection, workspace_id: UUID, partner_id: UUID, conversion: PartnerConversion
) -> Told | None:
    """Why the partner earned nothing by it; None where something was."""
    if conversion.commissions:
        return None
    if not conversion.settled:
        return NOT_SETTLED
    agreed = (await agreed_at(db, workspace_id, [partner_id], conversion.occurred_at)).get(partner_id)
    if agreed is not None and agreed.stopped is not None:
        return told("nothing_paid", agreed.stopped)
    return NO_RULE
