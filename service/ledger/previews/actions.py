"""An order that isn't there, paid by a program's terms."""

from datetime import datetime
from fractions import Fraction
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import structs

from service.accounts.workspaces.store import get_workspace
from service.kit import clock, ids
from service.kit.db import Connection
from service.kit.money import CURRENCIES
from service.kit.problems import InvalidInput
from service.ledger import settling
from service.ledger.exchange.actions import exchange_for
from service.ledger.previews.schemas import Preview, PreviewCommission, PreviewOrder
from service.ledger.rates import Earned, Item, Sold, Standing, earn
from service.programs import periods
from service.programs.catalogue import checks
from service.programs.catalogue import store as programs
from service.programs.problems import UnknownPartner
from service.programs.reading import Agreed, Payee, agreed_at, payees
from service.programs.terms import DEFAULT, Per

_NOBODY = Payee(UUID(int=0), None, None, "active", None, "")


async def preview(db: Connection, workspace_id: UUID, program_id: UUID, data: PreviewOrder) -> Preview:
    """What it would pay. Raises UnknownProgram, UnknownPartner, InvalidInput."""
    at = data.occurred_at or await clock.now(db)
    agreed, payee = await _whom(db, workspace_id, program_id, data, at)
    if data.rules is not None:
        agreed = agreed._replace(terms=structs.replace(agreed.terms, rules=data.rules))
    _refuse(data, agreed)
    standings = await _standings(db, workspace_id, agreed, payee, at)
    wanted = agreed.terms.currency
    exchange = None
    if wanted is not None and wanted != data.net.currency:
        exchange = await exchange_for(db, workspace_id, data.net.currency, wanted, at)
    found = earn(_sold(data, at), Fraction(1), agreed, payee, standings, exchange=exchange)
    version = None if data.rules is not None else agreed.version
    return Preview(version, agreed.stopped, [_shown(one) for one in found])


async def _whom(
    db: Connection, workspace_id: UUID, program_id: UUID, data: PreviewOrder, at: datetime
) -> tuple[Agreed, Payee]:
    """A partner of the program as of then, or one that nobody is yet."""
    program = await programs.get_program(db, workspace_id, program_id)
    if data.partner_id is None:
        row = await programs.terms_at(db, workspace_id, program_id, at)
        stopped = None if program.status == "active" else f"program_{program.status}"
        version, terms = (0, DEFAULT) if row is None else (row.version, row.terms)
        return Agreed(program_id, program.name, version, terms, data.group, stopped), _NOBODY
    asked = ids.read("prt", data.partner_id)
    payee = (await payees(db, workspace_id, [asked], at)).get(asked)
    if payee is None:
        raise UnknownPartner(f"there is no {data.partner_id!r}")
    agreed = (await agreed_at(db, workspace_id, [asked], at))[asked]
    if agreed.program_id != program_id:
        errors = [{"path": "partner_id", "message": "is no partner of this program then"}]
        raise InvalidInput("an order that can't be", errors=errors)
    return agreed, payee


def _refuse(data: PreviewOrder, agreed: Agreed) -> None:
    found = list(checks.faults(agreed.terms)) if data.rules is not None else []
    if data.net.currency not in CURRENCIES:
        found.append(("net.currency", f"{data.net.currency} is no currency"))
    found += [
        (name, clock.OUTSIDE)
        for name in ("occurred_at", "first_at")
        if not clock.is_usual(getattr(data, name))
    ]
    if data.group is not None and data.partner_id is not None:
        found.append(("group", "is the partner's own"))
    if found:
        errors = [{"path": path, "message": message} for path, message in found]
        raise InvalidInput("an order that can't be", errors=errors[:100])


async def _standings(
    db: Connection, workspace_id: UUID, agreed: Agreed, payee: Payee, at: datetime
) -> dict[Per, Standing]:
    if payee == _NOBODY:
        return {}
    zone = ZoneInfo((await get_workspace(db, workspace_id)).timezone)
    return {
        per: await settling.standing(
            db, workspace_id, payee.partner_id, agreed.program_id, *periods.span(per, at, zone), at
        )
        for per in periods.needed(agreed.terms)
    }


def _sold(data: PreviewOrder, at: datetime) -> Sold:
    return Sold(
        kind=data.kind,
        net=data.net.amount,
        currency=data.net.currency,
        occurred_at=at,
        lines=tuple(
            Item(line.product_id, line.sku, line.category, line.quantity, line.net) for line in data.lines
        ),
        country=data.country,
        is_new=data.is_new,
        sales_before=data.sales_before,
        first_at=data.first_at,
        quantity=data.quantity,
    )


def _shown(one: Earned) -> PreviewCommission:
    named = one.partner_id != _NOBODY.partner_id
    return PreviewCommission(
        partner_id=ids.show("prt", one.partner_id) if named else None,
        kind=one.kind,
        key=one.key,
        amount=one.amount,
        base=one.base,
        rule=one.rule,
    )
