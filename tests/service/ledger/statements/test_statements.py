"""Statements equal a recount from the postings, whatever happened in the months."""

import csv
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from service.kit import ids
from service.kit.db import Connection
from tests.service.discovery.api import Json, made
from tests.service.ledger.bookkeeping import SOON
from tests.service.ledger.payouts.owing import Brand

Drain = Callable[[], Awaitable[None]]
MONTHS = ("2026-08", "2026-09", "2026-10")


async def _spread(owner: Connection, picked: random.Random) -> None:
    """Moves the entries over a quarter, in their order; many stand near a month's first midnight."""
    rows = await owner.fetch("select id from ledger_entries order by id")
    first = datetime(2026, 7, 31, 12, tzinfo=UTC)
    edges = [datetime(2026, month, 1, tzinfo=UTC) for month in (8, 9, 10, 11)]
    moments = sorted(
        first + timedelta(seconds=picked.randrange(95 * 86_400))
        if n % 3
        else picked.choice(edges) + timedelta(minutes=picked.randrange(-600, 600))
        for n in range(len(rows))
    )
    for row, at in zip(rows, moments, strict=True):
        await owner.execute("update ledger_entries set created_at = $2 where id = $1", row["id"], at)


async def _recount(
    owner: Connection, partners: list[UUID], zone: ZoneInfo
) -> dict[tuple[str, str], Counter[str]]:
    """What each month adds to each account, posting by posting."""
    rows = await owner.fetch(
        """select e.created_at, a.kind, p.currency, p.amount from ledger_postings p
           join ledger_entries e on e.id = p.entry_id join ledger_accounts a on a.id = p.account_id
           where a.partner_id = any($1)""",
        partners,
    )
    found: dict[tuple[str, str], Counter[str]] = {}
    for row in rows:
        month = row["created_at"].astimezone(zone).strftime("%Y-%m")
        found.setdefault((row["currency"], month), Counter())[row["kind"]] += row["amount"]
    return found


async def _quarter(brand: Brand, drain: Drain, picked: random.Random) -> tuple[str, str]:
    ayse, twin = await brand.partner("Ayşe"), await brand.partner("Ayşe Ö", account=False)
    for round_ in range(3):
        for n in range(8):
            partner, currency = picked.choice([ayse, twin]), picked.choice(["TRY", "TRY", "EUR"])
            amount, due = picked.randrange(1, 5_000), {"due_at": SOON} if n % 4 == 0 else {}
            order = await brand.earn(partner, amount, currency=currency, **due)
            if n % 2:
                refunded = picked.randrange(1, 10_000)
                await brand.earn(partner, amount, order, currency=currency, refunded=refunded, **due)
        if round_ == 1:
            await made(brand.client, "/v1/partners/merge", {"keep": ayse, "merge": [twin]}, status=200)
        await brand.start()
        await drain()
    (first, *_) = await brand.payouts(currency="TRY")
    await brand.decide(first, "failed", reason="closed")
    return ayse, twin


@pytest.mark.parametrize("tz", ["Europe/Istanbul", "America/New_York"])
async def test_a_quarter_equals_its_recount(brand: Brand, drain: Drain, owner: Connection, tz: str) -> None:
    picked = random.Random(f"statements {tz}")
    ayse, twin = await _quarter(brand, drain, picked)
    await _spread(owner, picked)
    recount = await _recount(owner, [ids.read("prt", one) for one in (ayse, twin)], ZoneInfo(tz))
    before: dict[str, Counter[str]] = {}
    for month in ["2026-07", *MONTHS, "2026-11"]:
        statement = await brand.get(f"/v1/partners/{ayse}/statement?month={month}&tz={tz}")
        shown = {each["currency"]: each for each in statement["currencies"]}
        for currency in ("TRY", "EUR"):
            stood = before.setdefault(currency, Counter())
            opening = _standing(stood)
            moved = recount.get((currency, month), Counter())
            for kind, amount in moved.items():
                stood[kind] += amount
            each = shown.get(currency, _empty())
            assert each["opening"] == opening, (month, currency)
            assert (each["earned"], each["paid"]) == (-moved["expense"], moved["paid"])
            assert each["closing"] == _standing(stood)
            assert each["opening"]["owed"] + each["earned"] - each["paid"] == each["closing"]["owed"]
            assert sum(one["earned"] for one in each["movements"]) == each["earned"]
        assert await _lines(brand, ayse, month, tz) == _by_currency(shown)
        await _check_file(brand, ayse, month, tz, shown)
    assert {kind: amount for kind, amount in before["TRY"].items() if amount} == await brand.balance(ayse)


def _standing(accounts: Counter[str]) -> Json:
    three = {kind: accounts[kind] for kind in ("pending", "on_hold", "payable")}
    return {**three, "owed": sum(three.values())}


def _empty() -> Json:
    nothing = _standing(Counter())
    return {"opening": nothing, "closing": nothing, "earned": 0, "paid": 0, "movements": []}


def _by_currency(shown: Json) -> dict[str, tuple[int, int]]:
    return {currency: (each["earned"], each["paid"]) for currency, each in shown.items() if each["movements"]}


async def _lines(brand: Brand, partner: str, month: str, tz: str) -> dict[str, tuple[int, int]]:
    """Sums of the lines, by currency, page by page."""
    earned: Counter[str] = Counter()
    paid: Counter[str] = Counter()
    path, cursor = f"/v1/partners/{partner}/statement/lines?month={month}&tz={tz}&limit=7", ""
    while True:
        page = await brand.get(path + cursor)
        for line in page["data"]:
            earned[line["currency"]] += line["earned"]
            paid[line["currency"]] += line["paid"]
        if not page["has_more"]:
            return {currency: (earned[currency], paid[currency]) for currency in earned}
        cursor = f"&cursor={page['next_cursor']}"


async def _check_file(brand: Brand, partner: str, month: str, tz: str, shown: Json) -> None:
    answer = await brand.client.get(f"/v1/partners/{partner}/statement.csv?month={month}&tz={tz}")
    rows = list(csv.DictReader(StringIO(answer.text.removeprefix("\ufeff"))))
    ends = {row["currency"]: int(row["owed"]) for row in rows if row["kind"] == "closing"}
    assert ends == {currency: each["closing"]["owed"] for currency, each in shown.items()}
    last = {row["currency"]: int(row["owed"]) for row in rows if row["kind"] != "closing"}
    assert last == ends


async def test_a_payout_is_one_line(brand: Brand, drain: Drain) -> None:
    ayse = await brand.partner("Ayşe")
    for amount in (100, 200):
        await brand.earn(ayse, amount)
    await brand.start()
    await drain()
    (payout,) = await brand.payouts()
    lines = (await brand.get(f"/v1/partners/{ayse}/statement/lines"))["data"]
    assert [(one["kind"], one["earned"], one["paid"]) for one in lines] == [
        ("accrual", 100, 0),
        ("accrual", 200, 0),
        ("payout", 0, 300),
    ]
    assert lines[-1]["payout_id"] == payout["id"]
    statement = await brand.get(f"/v1/partners/{ayse}/statement")
    assert (statement["is_final"], statement["tz"]) == (False, "Europe/Istanbul")
    for query in ("month=2026-13", "tz=Mars/Olympus"):
        answer = await brand.client.get(f"/v1/partners/{ayse}/statement?{query}")
        assert answer.status_code == 400
