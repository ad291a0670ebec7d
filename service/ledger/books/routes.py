"""/v1/ledger/*, and a partner's balance."""

from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.influencers.schemas import From, To
from service.kit import ids as outer
from service.kit import jobs, paging
from service.kit.db import Connection
from service.kit.jobs import JobView
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import NotFound
from service.ledger.books import actions, showing, store
from service.ledger.books.jobs import RECOUNT
from service.ledger.books.schemas import (
    Balances,
    Entry,
    LedgerAccount,
    ListedAccounts,
    ListedEntries,
    Recount,
    Totals,
)
from service.ledger.schemas import AccountKind, EntryKind
from service.programs import store as partners
from service.programs.problems import UnknownPartner

Reader = Annotated[Caller, May("ledger:read")]
OfPartner = Annotated[str | None, QueryParameter(max_length=40, description="of this partner")]
OfCommission = Annotated[str | None, QueryParameter(max_length=40, description="about this commission")]
OfAccounts = Annotated[AccountKind | None, QueryParameter(name="kind", description="of this kind")]
OfEntries = Annotated[EntryKind | None, QueryParameter(name="kind", description="of this kind")]
InUnit = Annotated[
    str | None, QueryParameter(pattern="^([A-Z]{3}|points)$", description="in this currency, or in points")
]


@get("/v1/ledger/accounts", tags=["ledger"], raises=[BadCursor, NotFound])
async def list_ledger_accounts(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    partner_id: OfPartner = None,
    of_kind: OfAccounts = None,
    currency: InUnit = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[LedgerAccount]:
    """The accounts with their balances, those opened last first."""
    wanted = ListedAccounts(None if partner_id is None else outer.read("prt", partner_id), of_kind, currency)
    before = paging.decode(cursor, UUID)
    rows = await store.list_accounts(db, caller.workspace_id, wanted, before, limit + 1)
    return paging.page(rows, limit, lambda row: row.id, showing.account)


@get("/v1/ledger/entries", tags=["ledger"], raises=[BadCursor, NotFound])
async def list_ledger_entries(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    partner_id: OfPartner = None,
    commission_id: OfCommission = None,
    of_kind: OfEntries = None,
    since: From = None,
    until: To = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Entry]:
    """What was posted, the newest first. Entries are never changed: what was wrong is posted back."""
    wanted = ListedEntries(
        partner_id=None if partner_id is None else outer.read("prt", partner_id),
        commission_id=None if commission_id is None else outer.read("com", commission_id),
        kind=of_kind,
        since=since,
        until=until,
    )
    before = paging.decode(cursor, UUID)
    rows = await store.list_entries(db, caller.workspace_id, wanted, before, limit + 1)
    return paging.page(rows, limit, lambda row: row.id, showing.shown)


@get("/v1/ledger/totals", tags=["ledger"])
async def get_ledger_totals(caller: NamedDependency[Reader], db: NamedDependency[Connection]) -> Totals:
    """What all accounts hold together, by kind and currency; the sum of a currency is 0."""
    return showing.totals(await store.totals(db, caller.workspace_id))


@get("/v1/ledger/check", tags=["ledger"])
async def check_ledger(caller: NamedDependency[Reader], db: NamedDependency[Connection]) -> Recount:
    """Counts everything again from the postings: `differences` is empty and every sum is 0, always.

    For a ledger of some million postings, POST makes a job of it.
    """
    return await actions.recount(db, caller.workspace_id)


@post("/v1/ledger/check", tags=["ledger"], status_code=202)
async def start_ledger_check(caller: NamedDependency[Reader], db: NamedDependency[Connection]) -> JobView:
    """The same as a job: its result is what GET answers."""
    job_id = await jobs.enqueue(db, caller.workspace_id, RECOUNT, dedupe=RECOUNT)
    return jobs.show(await jobs.get(db, caller.workspace_id, job_id))


@get("/v1/partners/{partner_id:str}/balance", tags=["ledger"], raises=[UnknownPartner])
async def get_partner_balance(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], partner_id: FromPath[str]
) -> Balances:
    """What a partner is owed, per currency in minor units: waiting, held, payable, and what was paid.

    `negative` is what refunds took back after a payout; it is carried forward. `earned` is everything
    together.
    """
    who = await partners.get_partner(db, caller.workspace_id, outer.read("prt", partner_id))
    rows = await store.of_partner(db, caller.workspace_id, who.id)
    return Balances(outer.show("prt", who.id), showing.balances(rows))


ROUTES: list[ControllerRouterHandler] = [
    list_ledger_accounts,
    list_ledger_entries,
    get_ledger_totals,
    check_ledger,
    start_ledger_check,
    get_partner_balance,
]
