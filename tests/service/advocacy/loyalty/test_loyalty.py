"""Loyalty, counted again from what was told."""

import csv
import random
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from service.advocacy.loyalty import actions

Json = dict[str, Any]
ISTANBUL = ZoneInfo("Europe/Istanbul")
SPAN = {"from": "2026-02-10", "to": "2026-05-20", "group_by": "month"}
FIRST, END = datetime(2026, 2, 10, tzinfo=ISTANBUL), datetime(2026, 5, 21, tzinfo=ISTANBUL)


def orders() -> list[Json]:
    """Orders of a year, the same every time: guests, tests, unpaid ones, two currencies, equal moments."""
    dice = random.Random(7)
    found = []
    for number in range(160):
        after = timedelta(days=dice.randrange(200), hours=dice.randrange(4))
        at = datetime(2025, 12, 1, 21, 30, tzinfo=UTC) + after
        body: Json = {
            "external_id": f"o{number}",
            "amount": {"amount": dice.randrange(1, 100_000), "currency": dice.choice(["TRY", "TRY", "EUR"])},
            "occurred_at": at.isoformat(),
            "paid": dice.random() > 0.1,
            "test": dice.random() < 0.1,
            "kind": dice.choice(["sale", "sale", "sale", "booking", "lead"]),
        }
        if dice.random() < 0.85:
            body["customer"] = {"external_id": f"c{dice.randrange(30)}"}
        found.append(body)
    return found


class Bought:
    """An order that counts, as the test reckons with it."""

    def __init__(self, body: Json, order_id: str, refunded: int) -> None:
        self.at = datetime.fromisoformat(body["occurred_at"])
        self.id, self.refunded = order_id, refunded
        self.customer = body.get("customer", {}).get("external_id")
        self.amount, self.currency = body["amount"]["amount"], body["amount"]["currency"]
        self.month = self.at.astimezone(ISTANBUL).strftime("%Y-%m-01")
        self.again = False


async def sold(client: httpx.AsyncClient) -> list[Bought]:
    """Tells all orders, refunds and cancels some; the ones that count, in order."""
    dice, found = random.Random(8), []
    bodies = orders()
    answer = await client.post("/v1/conversions/bulk", json={"conversions": bodies})
    assert answer.status_code == 200, answer.text
    told = [row["id"] for row in answer.json()["data"]]
    for body, order_id in zip(bodies, told, strict=True):
        refunded, cancelled = 0, dice.random() < 0.08
        path = f"/v1/conversions/{order_id}"
        counts = body["paid"] and not body["test"] and body["kind"] != "lead"
        if cancelled:
            at = datetime.fromisoformat(body["occurred_at"]) + timedelta(days=1)
            changed = await client.patch(path, json={"cancelled_at": at.isoformat()})
            assert changed.status_code == 200, changed.text
        elif counts and dice.random() < 0.2:
            refunded = body["amount"]["amount"] // 3 or 1
            amount = {"amount": refunded, "currency": body["amount"]["currency"]}
            refund = {"external_id": f"r{order_id}", "amount": amount, "occurred_at": body["occurred_at"]}
            made = await client.post(f"{path}/refunds", json=refund)
            assert made.status_code in (200, 201), made.text
        if counts and not cancelled:
            found.append(Bought(body, order_id, refunded))
    known: set[str] = set()
    found.sort(key=lambda each: (each.at, each.id))
    for each in found:
        each.again = each.customer in known
        known |= {each.customer} - {None}
    return found


def check(shown: Json, wanted: list[Bought]) -> None:
    """A period's orders and sums against a plain count."""
    customers = {each.customer for each in wanted if each.customer}
    again = {each.customer for each in wanted if each.again}
    assert shown["orders"] == len(wanted)
    assert shown["orders_without_customer"] == sum(each.customer is None for each in wanted)
    assert (shown["customers"], shown["repeat_customers"]) == (len(customers), len(again))
    by_currency: dict[str, list[Bought]] = defaultdict(list)
    for each in wanted:
        by_currency[each.currency].append(each)
    assert [row["currency"] for row in shown["money"]] == sorted(by_currency)
    for row in shown["money"]:
        mine = by_currency[row["currency"]]
        amount, back = sum(each.amount for each in mine), sum(each.refunded for each in mine)
        assert (row["orders"], row["revenue"]["amount"]) == (len(mine), amount)
        assert row["after_returns"]["amount"] == amount - back
        assert row["average_order"]["value"]["amount"] == pytest.approx(amount / len(mine), abs=0.5)
        theirs = [each for each in mine if each.customer]
        people = {each.customer for each in theirs}
        assert row["customers"] == len(people)
        if people:
            value = sum(each.amount - each.refunded for each in theirs) / len(people)
            assert row["customer_value"]["value"]["amount"] == pytest.approx(value, abs=0.5)
        else:
            assert row["customer_value"] == {"value": None, "reason": "no_known_customers"}


async def asked(client: httpx.AsyncClient, **params: str) -> Json:
    answer = await client.get("/v1/loyalty", params=SPAN | params)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


@pytest.mark.parametrize("at_once", [False, True])
async def test_orders_recount(
    client: httpx.AsyncClient,
    other_client: httpx.AsyncClient,
    monkeypatch: pytest.MonkeyPatch,
    at_once: bool,
) -> None:
    if at_once:
        monkeypatch.setattr(actions, "LONG", timedelta(0))
    bought = await sold(client)
    span = [each for each in bought if FIRST <= each.at < END]
    whole = await asked(client)
    assert [row["month"] for row in whole["months"]] == [f"2026-0{month}-01" for month in (2, 3, 4, 5)]
    check(whole["total"], span)
    for row in whole["months"]:
        check(row, [each for each in span if each.month == row["month"]])
    rate = whole["total"]["repeat_customer_rate"]["value"]
    assert rate == whole["total"]["repeat_customers"] / whole["total"]["customers"]
    assert 0 < rate < 1
    check((await asked(client, customers="new"))["total"], [e for e in span if e.customer and not e.again])
    existing = (await asked(client, customers="existing"))["total"]
    check(existing, [each for each in span if each.again])
    assert existing["repeat_customer_rate"] == {"value": None, "reason": "other_customers_left_out"}
    # Growth: of all against the 100 days before, of a month against the one before.
    before = [each for each in bought if FIRST - timedelta(days=100) <= each.at < FIRST]
    january = [each for each in bought if each.month == "2026-01-01"]
    for shown, old, new in (
        (whole["total"], before, span),
        (whole["months"][0], january, [each for each in span if each.month == "2026-02-01"]),
    ):
        row = next(row for row in shown["money"] if row["currency"] == "TRY")
        lira = [[each.amount for each in side if each.currency == "TRY"] for side in (old, new)]
        averages = [sum(side) / len(side) for side in lira]
        assert row["average_order_growth"]["value"] == pytest.approx(averages[1] / averages[0] - 1)
    back = whole["total"]["negative_actions"]["parts"]
    assert back["refunds"] == sum(each.refunded > 0 for each in span)
    assert back["cancelled_orders"] > 0
    assert whole["total"]["positive_actions"]["parts"]["repeat_orders"] == sum(each.again for each in span)
    nobody = (await asked(other_client))["total"]
    assert (nobody["orders"], nobody["money"]) == (0, [])


async def test_what_is_unknown_says_why(client: httpx.AsyncClient) -> None:
    total = (await asked(client))["total"]
    assert total["repeat_customer_rate"] == {"value": None, "reason": "no_orders"}
    assert total["engaged_users"] == {"value": None, "reason": "no_mentions"}
    assert total["nps"] == {"value": None, "reason": "no_answers"}
    assert total["reviews"]["rating"] == {"value": None, "reason": "no_reviews"}
    assert total["followers"] == {
        "net": {"value": None, "reason": "no_own_accounts"},
        "accounts": 0,
        "measured": 0,
    }
    assert total["positive_actions"]["total"] == 0
    guest: Json = {"external_id": "g", "amount": {"amount": 5, "currency": "TRY"}}
    guest["occurred_at"] = "2026-03-01T10:00:00Z"
    await client.post("/v1/conversions", json=guest)
    total = (await asked(client))["total"]
    assert total["repeat_customer_rate"] == {"value": None, "reason": "no_known_customers"}
    assert total["money"][0]["average_order_growth"] == {"value": None, "reason": "no_previous"}


def review(number: int, stars: float | None, at: str, author: str | None = None, **more: Any) -> Json:
    body = {"platform": "web", "kind": "review", "native_id": f"m{number}", "text": "x", "published_at": at}
    told = {"stars": stars, "author_handle": author}
    return body | {name: value for name, value in told.items() if value is not None} | more


async def test_reviews_mentions_and_followers_recount(client: httpx.AsyncClient) -> None:
    mentions = [
        review(1, 5, "2026-03-01T10:00:00Z", "ali"),
        review(2, 4.5, "2026-03-02T10:00:00Z", "ali"),
        review(3, 1, "2026-04-30T20:59:00Z", "veli"),
        # 21:00 UTC is the next month in Istanbul.
        review(4, 3, "2026-04-30T21:00:00Z"),
        review(5, None, "2026-03-03T10:00:00Z"),
        review(6, 5, "2026-05-20T21:00:00Z"),
        review(7, None, "2026-03-03T10:00:00Z", "ayse", kind="post"),
    ]
    answer = await client.post("/v1/mentions", json={"mentions": mentions})
    assert answer.json()["created"] == 7, answer.text
    for number, label in ((1, "negative"), (5, "negative"), (7, "positive")):
        mention = answer.json()["results"][number - 1]["id"]
        assert (await client.patch(f"/v1/mentions/{mention}", json={"label": label})).status_code == 200
    accounts = [{"platform": "instagram", "handle": "biz"}, {"platform": "tiktok", "handle": "biz"}]
    own = {"name": "Biz", "kind": "own", "accounts": accounts}
    brand = (await client.post("/v1/brands", json=own)).json()
    first, _ = (await client.get(f"/v1/brands/{brand['id']}/accounts")).json()["data"]
    rival = {"name": "Onlar", "kind": "competitor", "accounts": [{"platform": "x", "handle": "onlar"}]}
    assert (await client.post("/v1/brands", json=rival)).status_code == 201
    path = f"/v1/brands/{brand['id']}/snapshots"
    told_of = {"2026-01-01": 50, "2026-02-05": 100, "2026-03-20": 130, "2026-05-10": 125}
    for day, followers in told_of.items():
        figures = {"account_id": first["id"], "followers": followers}
        told = await client.post(path, json=figures | {"as_of": f"{day}T10:00:00Z"})
        assert told.status_code in (200, 201), told.text
    found = await asked(client)
    total: Json = found["total"]
    march, april, may = found["months"][1:]
    assert (total["reviews"]["reviews"], total["reviews"]["rated"]) == (5, 4)
    assert total["reviews"]["rating"]["value"] == pytest.approx((5 + 4.5 + 1 + 3) / 4)
    assert total["reviews"]["by_stars"] == [1, 0, 1, 0, 2]
    assert (total["mentions"], total["engaged_users"]["value"]) == (6, 3)
    assert (april["reviews"]["by_stars"], may["reviews"]["by_stars"]) == ([1, 0, 0, 0, 0], [0, 0, 1, 0, 0])
    # A review counts by its stars, whatever somebody reads in it.
    assert total["positive_actions"]["parts"] | {"repeat_orders": 0} == {
        "mentions": 1,
        "reviews": 2,
        "repeat_orders": 0,
        "promoters": 0,
    }
    assert total["negative_actions"]["parts"]["mentions"] == 1
    assert total["negative_actions"]["parts"]["reviews"] == 1
    assert total["followers"] == {"net": {"value": 25, "reason": None}, "accounts": 2, "measured": 1}
    # March has one figure and none shortly before it; May has 20 March too long ago.
    assert march["followers"]["net"] == {"value": None, "reason": "no_snapshots"}
    assert may["followers"]["measured"] == 0


async def test_the_table_has_the_same_figures(client: httpx.AsyncClient) -> None:
    sale: Json = {"amount": {"amount": 500, "currency": "TRY"}, "customer": {"external_id": "c1"}}
    for day in ("01", "02"):
        body = sale | {"external_id": day, "occurred_at": f"2026-03-{day}T10:00:00Z"}
        await client.post("/v1/conversions", json=body)
    text = (await client.get("/v1/loyalty.csv", params=SPAN)).text.lstrip("\ufeff")
    rows = {
        (row["month"], row["metric"], row["currency"]): (row["value"], row["reason"])
        for row in csv.DictReader(StringIO(text))
    }
    assert rows["", "repeat_customer_rate", ""] == ("1.0", "")
    assert rows["2026-03-01", "customer_value", "TRY"] == ("1000", "")
    assert rows["2026-04-01", "repeat_customer_rate", ""] == ("", "no_orders")
    shown = await asked(client)
    assert len(rows) == len(text.splitlines()) - 1
    assert rows["", "orders", ""][0] == str(shown["total"]["orders"]) == "2"


@pytest.mark.parametrize(
    "params",
    [
        {"tz": "Mars/Olympus"},
        {"from": "2026-03-02", "to": "2026-03-01"},
        {"from": "2020-01-01", "to": "2026-01-01"},
        {"from": "0001-01-01"},
        {"group_by": "week"},
        {"customers": "vip"},
    ],
)
async def test_what_cannot_be_asked(client: httpx.AsyncClient, params: Json) -> None:
    assert (await client.get("/v1/loyalty", params=params)).status_code == 400


async def test_whoever_may_not_read_its_parts_is_told(client: httpx.AsyncClient, app: Any) -> None:
    key = (await client.post("/v1/api-keys", json={"name": "x", "scopes": ["advocacy:read"]})).json()
    headers = {"Authorization": f"Bearer {key['secret']}"}
    answer = await client.get("/v1/loyalty", headers=headers)
    assert (answer.status_code, answer.json().get("scope")) == (403, "conversions:read")
