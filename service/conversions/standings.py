"""Where partners stand before an order, and the operator's rates of its day."""

from collections.abc import Iterable, Mapping
from uuid import UUID
from zoneinfo import ZoneInfo

from service.conversions.earning import Exchanges, Standings
from service.conversions.facts import Facts
from service.conversions.settled import store
from service.kit import ids
from service.kit.db import Connection
from service.ledger import settling as ledger
from service.ledger.exchange.actions import exchange_for
from service.ledger.targets import CommissionKind
from service.programs.periods import needed, span
from service.programs.reading import Agreed


async def standings(
    db: Connection, workspace_id: UUID, facts: Facts, agreed: Mapping[UUID, Agreed]
) -> Standings:
    """By partner and period, for the periods that their terms ask for."""
    asked = {partner_id: needed(each.terms) for partner_id, each in agreed.items()}
    if not any(asked.values()):
        return {}
    # All turns at once: a partner who loses the order is one of them.
    before = await store.earners(db, workspace_id, facts.id)
    await ledger.take_turn(db, workspace_id, sorted({*before, *agreed, *_agencies(agreed.values())}))
    zone = ZoneInfo(await store.timezone(db, workspace_id))
    kind: CommissionKind = facts.kind
    return {
        partner_id: {
            per: await ledger.standing(
                db,
                workspace_id,
                partner_id,
                agreed[partner_id].program_id,
                *span(per, facts.occurred_at, zone),
                facts.occurred_at,
                facts.id,
                kind,
            )
            for per in periods
        }
        for partner_id, periods in asked.items()
    }


def _agencies(agreed: Iterable[Agreed]) -> set[UUID]:
    return {ids.read("prt", each.partner_id) for one in agreed for each in one.terms.overrides}


async def exchanges(
    db: Connection, workspace_id: UUID, facts: Facts, agreed: Mapping[UUID, Agreed]
) -> Exchanges:
    """The rates out of the order's currency, by the currency that partners are paid in."""
    wanted = {each.terms.currency for each in agreed.values()} - {None, facts.currency}
    found = {}
    for currency in sorted(filter(None, wanted)):
        rate = await exchange_for(db, workspace_id, facts.currency, currency, facts.occurred_at, facts.id)
        if rate is not None:
            found[currency] = rate
    return found
