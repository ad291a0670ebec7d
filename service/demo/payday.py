"""The month is paid: partners say where to, the brand has a run made, and one of them reads a statement."""

import csv
from collections.abc import Sequence
from contextlib import AsyncExitStack
from io import StringIO
from zoneinfo import ZoneInfo

import httpx
import msgspec

from service.demo.api import call
from service.demo.logging_in import log_in
from service.demo.selling import Sold
from service.imports import client
from service.kit.paging import Page
from service.ledger.books.schemas import Balances
from service.ledger.payouts.accounts import iban
from service.ledger.payouts.runs.schemas import PayoutPlan, PayoutRun
from service.ledger.statements.schemas import Statement
from service.partner.money.schemas import OwnPayout
from service.programs.schemas import Partner
from service.settings import Settings

# Who told where their money goes; the others are seen to wait.
WITH_ACCOUNT = 3
NOTE = "Telvecik ortakları, ayın ödemesi"
_ZONE = "Europe/Istanbul"


class Transfer(msgspec.Struct, frozen=True):
    """A line of the bank's file; of the account's number only both ends are kept."""

    iban: str
    payee: str
    amount: str
    currency: str
    description: str


class Paid(msgspec.Struct, frozen=True):
    """`plan`: what the dry run said, None where an earlier start has paid. The rest is as it is now;
    `statement`, `balances` and `payouts` are what `reader` was told, logged in as a partner."""

    plan: PayoutPlan | None
    run: PayoutRun
    transfers: list[Transfer]
    reader: Partner
    statement: Statement
    balances: Balances
    payouts: list[OwnPayout]


async def pay(settings: Settings, http: httpx.AsyncClient, sold: Sold) -> Paid | None:
    """Pays what is payable, if no earlier start has; None where nothing is. Raises Refused."""
    run, plan = await _found(http), None
    # At later starts those who were paid.
    chosen = sorted(sold.partners, key=lambda each: _sums(sold, each), reverse=True)[:WITH_ACCOUNT]
    if run is None and _sums(sold, chosen[0]) == (0, 0):
        return None
    async with AsyncExitStack() as stack:
        reader = await stack.enter_async_context(await log_in(settings, http, chosen[0]))
        if run is None:
            await _say_where_to(reader, chosen[0], 1)
            for number, partner in enumerate(chosen[1:], start=2):
                async with await log_in(settings, http, partner) as own:
                    await _say_where_to(own, partner, number)
            plan = msgspec.json.decode(await call(http, "POST", "/v1/payouts/plan", json={}), type=PayoutPlan)
            run = await _run(http)
        await _tell_paid(http, run)
        return await _read(http, reader, chosen[0], plan, run)


def _sums(sold: Sold, partner: Partner) -> tuple[int, int]:
    """What a partner was paid, and what is payable."""
    data = sold.balances[partner.id].data
    return sum(each.paid for each in data), sum(each.payable for each in data)


async def _say_where_to(own: httpx.AsyncClient, partner: Partner, number: int) -> None:
    body = {"iban": made_up(number), "payee": partner.name}
    await call(own, "PUT", "/v1/partner/payout-account", json=body)


def made_up(number: int) -> str:
    """An IBAN of Türkiye that is right and nobody's: there is no bank 99999.

    >>> iban.read(made_up(7)) == made_up(7)
    True
    """
    body = f"999990{number:016d}"
    return f"TR{98 - iban.check('TR00' + body):02d}{body}"


async def _found(http: httpx.AsyncClient) -> PayoutRun | None:
    """The run of an earlier start."""
    answer = await call(http, "GET", "/v1/payout-runs", params={"limit": 100})
    runs = msgspec.json.decode(answer, type=Page[PayoutRun]).data
    return next((each for each in runs if each.note == NOTE), None)


async def _run(http: httpx.AsyncClient) -> PayoutRun:
    """Has a run made, and waits until its job is over."""
    await call(http, "POST", "/v1/payouts", json={"note": NOTE})
    await client.settled(http)
    run = await _found(http)
    if run is None:
        raise client.Refused("the payout run is gone")
    return run


async def _tell_paid(http: httpx.AsyncClient, run: PayoutRun) -> None:
    """As if the bank had said so."""
    if any(each.status == "created" for each in run.totals):
        await call(http, "POST", "/v1/payouts/decide", json={"status": "paid", "run_id": run.id})


async def _read(
    http: httpx.AsyncClient, own: httpx.AsyncClient, who: Partner, plan: PayoutPlan | None, run: PayoutRun
) -> Paid:
    month = {"month": f"{run.created_at.astimezone(ZoneInfo(_ZONE)):%Y-%m}", "tz": _ZONE}
    told = await call(http, "GET", f"/v1/payout-runs/{run.id}/bank.csv")
    return Paid(
        plan,
        msgspec.json.decode(await call(http, "GET", f"/v1/payout-runs/{run.id}"), type=PayoutRun),
        transfers(told.decode()),
        who,
        msgspec.json.decode(await call(own, "GET", "/v1/partner/statement", params=month), type=Statement),
        msgspec.json.decode(await call(own, "GET", "/v1/partner/balance"), type=Balances),
        msgspec.json.decode(await call(own, "GET", "/v1/partner/payouts"), type=Page[OwnPayout]).data,
    )


def transfers(text: str) -> list[Transfer]:
    """The lines of a bank's file.

    >>> head = "iban,payee,amount,currency,description,reference"
    >>> [line] = transfers(head + "\\r\\nTR330006100519786457841326,Ece Su,12.50,TRY,Commission P1,P1\\r\\n")
    >>> line.iban, line.amount
    ('TR33 •••• 1326', '12.50')
    """
    lines: Sequence[dict[str, str]] = list(csv.DictReader(StringIO(text.removeprefix("\ufeff"))))
    return [
        Transfer(
            iban.hint(line["iban"]), line["payee"], line["amount"], line["currency"], line["description"]
        )
        for line in lines
    ]
