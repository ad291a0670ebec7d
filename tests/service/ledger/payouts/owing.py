"""Partners who are owed something, and what the books say of them."""

import csv
from collections import Counter
from datetime import datetime
from io import StringIO
from typing import Any
from uuid import UUID

import httpx

from service.kit import ids
from service.kit.db import Database
from service.ledger import settling
from service.ledger.books import actions as books
from service.ledger.books import store
from service.ledger.payouts.accounts import iban
from tests.service.discovery.api import Json, made
from tests.service.ledger.bookkeeping import PAST, target

TURKISH = "TR330006100519786457841326"


def iban_of(n: int) -> str:
    """A Turkish IBAN of account `n`."""
    body = f"000610{n:016d}"
    return f"TR{98 - iban.check('TR00' + body):02d}{body}"


class Brand:
    """A workspace with a client: partners, what they earn, and runs."""

    def __init__(self, client: httpx.AsyncClient, database: Database, workspace: UUID) -> None:
        self.client = client
        self.database = database
        self.workspace = workspace
        self._numbers = iter(range(1, 100_000))

    async def partner(self, name: str, *, account: bool = True, **fields: Any) -> str:
        """A partner with a payout account of its own."""
        one = (await made(self.client, "/v1/partners", {"name": name, **fields}))["id"]
        if account:
            body = {"iban": iban_of(next(self._numbers)), "payee": name}
            answer = await self.client.put(f"/v1/partners/{one}/payout-account", json=body)
            assert answer.status_code == 200, answer.text
        return str(one)

    async def earn(self, partner: str, amount: int, conversion: UUID | None = None, **fields: Any) -> UUID:
        """An order, payable at once unless `due_at` says otherwise; the conversion."""
        conversion = conversion or ids.new()
        values: dict[str, Any] = {"due_at": PAST, "occurred_at": PAST} | fields
        wanted = [target(ids.read("prt", partner), amount, **values)]
        async with self.database.transaction(self.workspace) as db:
            await settling.settle(db, self.workspace, conversion, wanted, "test")
        return conversion

    async def balance(self, partner: str, currency: str = "TRY") -> dict[str, int]:
        """A partner's accounts that are not empty; the whole ledger adds up."""
        async with self.database.transaction(self.workspace) as db:
            found = await books.recount(db, self.workspace)
            assert found.ok, found.differences
            rows = await store.of_partner(db, self.workspace, ids.read("prt", partner))
        return {row.kind: row.balance for row in rows if row.currency == currency and row.balance}

    async def paid_sum(self, currency: str = "TRY") -> int:
        """What the ledger says was paid out to everybody."""
        async with self.database.transaction(self.workspace) as db:
            rows = await store.totals(db, self.workspace)
        return sum(row.balance for row in rows if (row.kind, row.currency) == ("paid", currency))

    async def start(self, **wanted: Any) -> Json:
        """Asks for a run."""
        return await made(self.client, "/v1/payouts", wanted, status=202)

    async def run(self, run: Json) -> Json:
        """The run as it is now."""
        return await self.get(f"/v1/payout-runs/{run['id']}")

    async def get(self, path: str) -> Json:
        """An answer that has to be there."""
        answer = await self.client.get(path)
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found

    async def payouts(self, **narrowed: str) -> list[Json]:
        """The payouts, the newest first."""
        answer = await self.client.get("/v1/payouts", params=narrowed)
        assert answer.status_code == 200, answer.text
        found: list[Json] = answer.json()["data"]
        return found

    async def decide(self, payout: Json, status: str, **more: Any) -> Json:
        """Tells what the bank did."""
        answer = await self.client.patch(f"/v1/payouts/{payout['id']}", json={"status": status, **more})
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found

    async def bank_file(self, run: Json, **more: str) -> list[dict[str, str]]:
        """The lines of a run's bank file."""
        answer = await self.client.get(f"/v1/payout-runs/{run['id']}/bank.csv", params=more)
        assert answer.status_code == 200, answer.text
        delimiter = ";" if more.get("layout") == "tr" else ","
        return list(csv.DictReader(StringIO(answer.text.removeprefix("\ufeff")), delimiter=delimiter))


def sums(payouts: list[Json]) -> Counter[str]:
    """Amounts by partner."""
    found: Counter[str] = Counter()
    for one in payouts:
        found[one["partner_id"]] += one["amount"]["amount"]
    return found


def at(text: str) -> datetime:
    """A moment."""
    return datetime.fromisoformat(text)
