"""Where partners stand before orders, and the operator's rates of their days."""

from collections.abc import Mapping, Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from service.conversions.earning import Exchanges, Standings
from service.conversions.facts import Facts
from service.conversions.settled import store
from service.kit.db import Connection
from service.ledger import settling as ledger
from service.ledger.exchange.actions import exchange_for
from service.ledger.rates import Standing
from service.programs.periods import needed, span
from service.programs.reading import Agreed
from service.programs.terms import Per

Agreements = Mapping[UUID, Agreed]


async def standings(
    db: Connection, workspace_id: UUID, orders: Sequence[tuple[Facts, Agreements]]
) -> list[Standings]:
    """Of each order by partner and period, for the periods that their terms ask for."""
    asked = [
        (n, partner_id, per)
        for n, (_, agreed) in enumerate(orders)
        for partner_id, each in agreed.items()
        for per in needed(each.terms)
    ]
    found: list[dict[UUID, dict[Per, Standing]]] = [{} for _ in orders]
    if not asked:
        return list(found)
    zone = ZoneInfo(await store.timezone(db, workspace_id))
    wanted = [_asked(*orders[n], partner_id, per, zone) for n, partner_id, per in asked]
    for (n, partner_id, per), row in zip(
        asked, await ledger.standings(db, workspace_id, wanted), strict=True
    ):
        found[n].setdefault(partner_id, {})[per] = row
    return list(found)


def _asked(facts: Facts, agreed: Agreements, partner_id: UUID, per: Per, zone: ZoneInfo) -> ledger.Asked:
    return ledger.Asked(
        partner_id,
        agreed[partner_id].program_id,
        *span(per, facts.occurred_at, zone),
        facts.occurred_at,
        facts.id,
        facts.kind,
    )


async def exchanges(db: Connection, workspace_id: UUID, facts: Facts, agreed: Agreements) -> Exchanges:
    """The rates out of the order's currency, by the currency that partners are paid in."""
    wanted = {each.terms.currency for each in agreed.values()} - {None, facts.currency}
    found = {}
    for currency in sorted(filter(None, wanted)):
        rate = await exchange_for(db, workspace_id, facts.currency, currency, facts.occurred_at, facts.id)
        if rate is not None:
            found[currency] = rate
    return found
