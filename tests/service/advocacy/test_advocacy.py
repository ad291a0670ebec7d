"""From joining to a redeemed reward, over HTTP and through the jobs."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import httpx
import pytest

from service.kit import ids
from service.kit.db import Connection

TERMS = {
    "joining": {"members": ["customer", "fan"], "ways": ["api", "purchase", "mention"]},
    "rewards": [
        {"name": "points", "trigger": "first_purchase", "kind": "points", "points": 100, "hold_days": 0},
        {
            "name": "hello",
            "trigger": "first_purchase",
            "kind": "points",
            "side": "friend",
            "points": 50,
            "hold_days": 0,
        },
        {
            "name": "cash",
            "trigger": "first_purchase",
            "kind": "cash",
            "money": {"amount": 500, "currency": "TRY"},
            "hold_days": 14,
        },
        {
            "name": "reviews",
            "trigger": "review",
            "kind": "points",
            "points": 5,
            "hold_days": 0,
            "limit": {"count": 1, "per": "month"},
        },
    ],
    "tiers": [{"name": "bronze", "from_qualified": 0}, {"name": "gold", "from_qualified": 1}],
}
CONSENT = {"at": "2026-11-01T10:00:00+03:00", "text": "v1"}
CREDIT = {"name": "a", "trigger": "first_purchase", "kind": "credit"}
Drain = Callable[[], Awaitable[None]]


async def ok(answer: httpx.Response) -> Any:
    assert answer.is_success, answer.text
    return answer.json()


@pytest.fixture
async def program(client: httpx.AsyncClient) -> str:
    made = await ok(await client.post("/v1/programs", json={"name": "Savunucular", "kind": "advocacy"}))
    await ok(await client.post(f"/v1/programs/{made['id']}/advocacy-terms", json={"terms": TERMS}))
    return str(made["id"])


async def join(client: httpx.AsyncClient, program: str, who: str, **more: Any) -> Any:
    body = {"program_id": program, "consent": CONSENT, "email": f"{who}@elci.example", "name": who, **more}
    return await ok(await client.post("/v1/advocates", json=body))


async def buys(client: httpx.AsyncClient, drain: Drain, who: str, n: str, code: str | None = None) -> str:
    body = {
        "external_id": n,
        "kind": "sale",
        "amount": {"amount": 10_000, "currency": "TRY"},
        "customer": {"email": f"{who}@elci.example"},
        "occurred_at": "2026-11-20T10:00:00Z",
    }
    made = await ok(await client.post("/v1/conversions", json=body | ({"coupon": code} if code else {})))
    await drain()
    return str(made["id"])


async def test_a_friend_buys_and_sends_back(
    client: httpx.AsyncClient, drain: Drain, program: str, owner: Connection
) -> None:
    ayse = await join(client, program, "ayse", code="AYSE10", board_name="Ayşe")
    order = await buys(client, drain, "can", "1", "AYSE10")
    await buys(client, drain, "can", "2", "AYSE10")
    (referral,) = (await ok(await client.get("/v1/referrals")))["data"]
    assert (referral["state"], referral["channel"], referral["purchases"]) == ("rewarded", "code", 2)
    assert referral["conversion_id"] == order
    rewards = (await ok(await client.get("/v1/rewards", params={"advocate_id": ayse["id"]})))["data"]
    assert sorted((each["rule"], each["status"]) for each in rewards) == [
        ("cash", "pending"),
        ("points", "available"),
    ]
    (commission,) = (await ok(await client.get("/v1/commissions")))["data"]
    assert commission["amount"] == {"amount": 500, "currency": "TRY"}
    board = await ok(await client.get("/v1/advocates/leaderboard", params={"program_id": program}))
    assert [(each["name"], each["qualified"]) for each in board] == [("Ayşe", 1)]
    assert (await ok(await client.get(f"/v1/advocates/{ayse['id']}")))["tier"] == "gold"
    spend = {
        "advocate_id": ayse["id"],
        "external_id": "checkout-1",
        "amount": {"amount": 80, "currency": "points"},
    }
    first = await ok(await client.post("/v1/rewards/redeem", json=spend))
    assert await ok(await client.post("/v1/rewards/redeem", json=spend)) == first
    other = spend | {"amount": {"amount": 1, "currency": "points"}}
    assert (await client.post("/v1/rewards/redeem", json=other)).json()["type"].endswith("redeemed-otherwise")
    for n in (order, (await ok(await client.get("/v1/conversions")))["data"][0]["id"]):
        refund = {"external_id": f"r-{n}", "amount": {"amount": 10_000, "currency": "TRY"}}
        await ok(await client.post(f"/v1/conversions/{n}/refunds", json=refund))
    await drain()
    (points,) = (await ok(await client.get(f"/v1/advocates/{ayse['id']}/balance")))["balances"]
    assert (points["available"], points["negative"], points["redeemed"]) == (0, -80, 80)
    assert points["unit_name"] is None
    accounts = (await ok(await client.get("/v1/ledger/accounts?currency=points")))["data"]
    assert {each["balance"]["currency"] for each in accounts} == {"points"}
    assert sum(each["balance"]["amount"] for each in accounts) == 0
    short = spend | {"external_id": "checkout-2"}
    refused = await client.post("/v1/rewards/redeem", json=short)
    assert (refused.status_code, refused.json()["available"]) == (409, 0)
    (referral,) = (await ok(await client.get("/v1/referrals")))["data"]
    assert (referral["state"], referral["purchases"]) == ("invited", 0)
    check = await ok(await client.get("/v1/ledger/check"))
    assert check["ok"], check
    assert await owner.fetchval("select sum(balance) from ledger_accounts where currency = 'points'") == 0


async def test_the_friend_joins_and_a_circle_is_held(
    client: httpx.AsyncClient, drain: Drain, program: str
) -> None:
    ayse = await join(client, program, "ayse", code="AYSE10")
    await buys(client, drain, "can", "1", "AYSE10")
    can = await join(client, program, "can", code="CAN10")
    assert (can["status"], can["code"], can["short_url"]) == ("active", "CAN10", None)
    assert [each["code"] for each in (await ok(await client.get("/v1/advocates")))["data"]] == [
        "CAN10",
        "AYSE10",
    ]
    assert can["referral_id"] == (await ok(await client.get("/v1/referrals")))["data"][0]["id"]
    balance = await ok(await client.get(f"/v1/advocates/{can['id']}/balance"))
    assert [(each["currency"], each["available"]) for each in balance["balances"]] == [("points", 50)]
    await buys(client, drain, "ayse", "2", "CAN10")
    (held,) = (await ok(await client.get("/v1/referrals", params={"held": True})))["data"]
    assert (held["advocate_id"], held["held"]) == (can["id"], "cycle")
    found = await ok(await client.get("/v1/rewards", params={"referral_id": held["id"]}))
    assert {each["status"] for each in found["data"]} == {"on_hold"}
    body = {"status": "released", "reason": "they are friends"}
    assert (await ok(await client.patch(f"/v1/referrals/{held['id']}", json=body)))["held"] is None
    body = {"status": "rejected", "reason": "they are not"}
    assert (await ok(await client.patch(f"/v1/referrals/{held['id']}", json=body)))["state"] == "rejected"
    found = await ok(await client.get("/v1/rewards", params={"referral_id": held["id"]}))
    assert {each["status"] for each in found["data"]} == {"rejected"}
    again = await client.post(
        "/v1/advocates",
        json={"program_id": program, "consent": CONSENT, "email": "Can@elci.example"},
    )
    assert (again.status_code, again.json()["advocate_id"]) == (409, can["id"])
    assert ayse["referral_id"] is None


async def test_nobody_refers_themselves(client: httpx.AsyncClient, drain: Drain, program: str) -> None:
    await join(client, program, "ayse", code="AYSE10")
    await buys(client, drain, "ayse", "1", "AYSE10")
    (referral,) = (await ok(await client.get("/v1/referrals")))["data"]
    assert referral["held"] == "self_referral"
    # Nobody else is made of them, and what a friend is given is nobody's.
    assert referral["friend_id"] is None
    guests = (await ok(await client.get("/v1/advocates", params={"status": "guest"})))["data"]
    rewards = (await ok(await client.get("/v1/rewards")))["data"]
    assert (guests, {row["side"] for row in rewards}) == ([], {"advocate"})


async def test_who_agreed_to_joins_by_buying(client: httpx.AsyncClient, drain: Drain, program: str) -> None:
    guest = await join(client, program, "ayse", join_on="purchase")
    assert (guest["status"], guest["join_on"], guest["joined_by"]) == ("guest", "purchase", None)
    assert (await ok(await client.get("/v1/advocates")))["data"] == []
    await buys(client, drain, "ayse", "1")
    found = await ok(await client.get(f"/v1/advocates/{guest['id']}"))
    assert (found["status"], found["joined_by"]) == ("active", "purchase")


async def test_deeds_are_rewarded_once_and_within_limits(client: httpx.AsyncClient, program: str) -> None:
    ayse = await join(client, program, "ayse")
    path = f"/v1/advocates/{ayse['id']}/deeds"
    told = {"kind": "review", "external_id": "r1"}
    first = await ok(await client.post(path, json=told))
    assert await ok(await client.post(path, json=told)) == first
    await ok(await client.post(path, json=told | {"external_id": "r2"}))
    found = (await ok(await client.get("/v1/rewards")))["data"]
    assert [(each["status"], each["reason"]) for each in found] == [("on_hold", "limit"), ("available", None)]


async def test_an_erased_customer_is_nobody(client: httpx.AsyncClient, drain: Drain, program: str) -> None:
    ayse = await join(client, program, "ayse", code="AYSE10", board_name="Ayşe")
    await buys(client, drain, "can", "1", "AYSE10")
    await ok(await client.post("/v1/customers/erase", json={"email": "ayse@elci.example"}))
    found = await ok(await client.get(f"/v1/advocates/{ayse['id']}"))
    assert (found["name"], found["board_name"], found["status"]) == ("-", None, "left")
    # A code is often made of a name.
    assert found["code"] is None
    assert found["qualified"] == 1
    board = await client.get("/v1/advocates/leaderboard", params={"program_id": program})
    assert board.json() == []


async def test_an_invitation_by_mail_counts_without_a_link(
    client: httpx.AsyncClient, drain: Drain, program: str
) -> None:
    ayse = await join(client, program, "ayse")
    body = {"advocate_id": ayse["id"], "channel": "email", "email": "Can@elci.example"}
    made = await ok(await client.post("/v1/referrals", json=body))
    assert (await client.post("/v1/referrals", json=body)).status_code == 409
    assert (await client.post("/v1/referrals", json=body | {"channel": "link"})).status_code == 400
    customer = {"email": "can@elci.example"}
    sale: dict[str, Any] = {"external_id": "1", "kind": "sale", "amount": {"amount": 5, "currency": "TRY"}}
    # As shops tell it: in whole seconds.
    sale["occurred_at"] = f"{made['invited_at'][:19]}Z"
    await ok(await client.post("/v1/conversions", json=sale | {"customer": customer}))
    await drain()
    assert (await ok(await client.get(f"/v1/referrals/{made['id']}")))["state"] == "rewarded"


@pytest.mark.parametrize(
    ("rule", "path"),
    [
        ({"name": "a", "trigger": "review", "kind": "points"}, "terms.rewards[0]"),
        ({"name": "a", "trigger": "review", "kind": "voucher", "points": 1}, "terms.rewards[0]"),
        ({"name": "a", "trigger": "review", "kind": "points", "points": 1, "n": 2}, "terms.rewards[0]"),
        (
            {"name": "a", "trigger": "review", "kind": "points", "points": 1, "tiers": ["x"]},
            "terms.rewards[0].tiers",
        ),
        (
            {"name": "a", "trigger": "review", "kind": "voucher", "pool_id": "none"},
            "terms.rewards[0].pool_id",
        ),
        (
            {"name": "a", "trigger": "review", "kind": "voucher", "pool_id": ids.show("vpl", UUID(int=7))},
            "terms.rewards[0].pool_id",
        ),
    ],
)
async def test_terms_that_cant_be(client: httpx.AsyncClient, program: str, rule: Any, path: str) -> None:
    answer = await client.post(f"/v1/programs/{program}/advocacy-terms", json={"terms": {"rewards": [rule]}})
    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, path)


@pytest.mark.parametrize(
    ("terms", "path"),
    [
        ({"rewards": [CREDIT | {"rate": "NaN"}]}, "terms.rewards[0]"),
        ({"rewards": [CREDIT | {"rate": "0.123456789"}]}, "terms.rewards[0]"),
        ({"starts_at": "2026-11-26T10:00:00"}, "terms.starts_at"),
        ({"ends_at": "2026-11-26T10:00:00"}, "terms.ends_at"),
        ({"starts_at": "0001-01-01T00:00:00+14:00"}, "terms.starts_at"),
        ({"ends_at": "9999-12-31T23:59:59-12:00"}, "terms.ends_at"),
        ({"budgets": [{"amount": 5, "currency": "QQQ"}]}, "terms.budgets[0].currency"),
        (
            {"tiers": [{"name": "a", "from_qualified": 1}, {"name": "b", "from_qualified": 1}]},
            "terms.tiers[1].from_qualified",
        ),
    ],
)
async def test_numbers_and_times_that_cant_be(
    client: httpx.AsyncClient, program: str, terms: Any, path: str
) -> None:
    answer = await client.post(f"/v1/programs/{program}/advocacy-terms", json={"terms": terms})
    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, path)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/v1/advocates?status=bogus", "status"),
        ("/v1/advocates?limit=0", "limit"),
        ("/v1/advocates/leaderboard?program_id=prg_x&from=2026-11-01", "from"),
        ("/v1/referrals?state=bogus", "state"),
        ("/v1/rewards?kind=bogus", "kind"),
    ],
)
async def test_errors_name_the_parameters_of_the_document(
    client: httpx.AsyncClient, path: str, name: str
) -> None:
    answer = await client.get(path)
    assert [each["path"] for each in answer.json()["errors"]] == [name]


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ({"occurred_at": "2031-01-01T00:00:00Z"}, "occurred_at"),
        ({"occurred_at": "0001-01-01T00:00:00Z"}, "occurred_at"),
        ({"external_id": "  "}, "external_id"),
    ],
)
async def test_deeds_that_cant_be(client: httpx.AsyncClient, program: str, more: Any, path: str) -> None:
    """One of a month to come would be within the limits of that month."""
    ayse = await join(client, program, "ayse")
    body = {"kind": "review", "external_id": "r1"} | more
    answer = await client.post(f"/v1/advocates/{ayse['id']}/deeds", json=body)
    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, path)


async def test_a_body_that_is_missing_is_told(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/advocacy/report/refresh")
    assert answer.json()["errors"] == [{"path": "", "message": "a body is required"}]


async def test_two_at_once_redeem_what_one_can(client: httpx.AsyncClient, program: str) -> None:
    ayse = await join(client, program, "ayse")
    await ok(
        await client.post(f"/v1/advocates/{ayse['id']}/deeds", json={"kind": "review", "external_id": "1"})
    )
    amount = {"amount": 5, "currency": "points"}
    asked = [{"advocate_id": ayse["id"], "external_id": f"c{n}", "amount": amount} for n in range(4)]
    answers = await asyncio.gather(*(client.post("/v1/rewards/redeem", json=each) for each in asked))
    assert sorted(each.status_code for each in answers) == [201, 409, 409, 409]
    won = next(n for n, each in enumerate(answers) if each.status_code == 201)
    again = await client.post("/v1/rewards/redeem", json=asked[won])
    assert again.json() == answers[won].json()


async def test_a_voucher_is_given_once_and_void_when_it_goes_back(
    client: httpx.AsyncClient, drain: Drain, program: str
) -> None:
    pool = await ok(await client.post("/v1/voucher-pools", json={"name": "Kahve", "kind": "product"}))
    path = f"/v1/voucher-pools/{pool['id']}"
    rule = {
        "name": "cup",
        "trigger": "first_purchase",
        "kind": "voucher",
        "pool_id": pool["id"],
        "hold_days": 0,
    }
    terms = {"terms": {"rewards": [rule]}}
    await ok(await client.post(f"/v1/programs/{program}/advocacy-terms", json=terms))
    ayse = await join(client, program, "ayse", code="AYSE10")
    sale: dict[str, Any] = {"external_id": "1", "kind": "sale", "amount": {"amount": 500, "currency": "TRY"}}
    sale |= {"coupon": "AYSE10", "customer": {"email": "can@elci.example"}}
    order = await ok(await client.post("/v1/conversions", json=sale))
    await drain()
    (reward,) = (await ok(await client.get("/v1/rewards")))["data"]
    body = {"advocate_id": ayse["id"], "external_id": "c1", "reward_id": reward["id"]}
    assert (await client.post("/v1/rewards/redeem", json=body)).json()["type"].endswith("voucher-pool-empty")
    await ok(await client.post(f"{path}/codes", content=b"KAHVE-7K2P\n"))
    given = await ok(await client.post("/v1/rewards/redeem", json=body))
    assert given["code"] == "KAHVE-7K2P"
    assert await ok(await client.post("/v1/rewards/redeem", json=body)) == given
    again = await client.post("/v1/rewards/redeem", json=body | {"external_id": "c2"})
    assert (again.status_code, again.json()["reward_status"]) == (409, "redeemed")
    refund = {"external_id": "r1", "amount": {"amount": 500, "currency": "TRY"}}
    await ok(await client.post(f"/v1/conversions/{order['id']}/refunds", json=refund))
    await drain()
    assert (await ok(await client.get(f"/v1/rewards/{reward['id']}")))["status"] == "reversed"
    used = await client.post("/v1/vouchers/redemptions", json={"code": "KAHVE-7K2P", "order": "9"})
    assert used.status_code == 409


async def test_a_share_of_an_order_follows_it_until_it_can_be_used(
    client: httpx.AsyncClient, drain: Drain, program: str, owner: Connection
) -> None:
    """A tenth of the net as credit at once, a tenth in two weeks, a tenth as cash; at most 39 TRY in all."""
    share = {"trigger": "first_purchase", "rate": "0.1"}
    rules = [
        {**share, "name": "now", "kind": "credit", "hold_days": 0},
        {**share, "name": "later", "kind": "credit", "hold_days": 90},
        {**share, "name": "cash", "kind": "cash", "hold_days": 90},
    ]
    terms = {"rewards": rules, "budgets": [{"amount": 3_900, "currency": "TRY"}]}
    await ok(await client.post(f"/v1/programs/{program}/advocacy-terms", json={"terms": terms}))
    await join(client, program, "ayse", code="AYSE10")
    body = {"external_id": "1", "amount": {"amount": 10_000, "currency": "TRY"}, "coupon": "AYSE10"}
    body |= {"customer": {"email": "c@x.example"}}
    order = (await ok(await client.post("/v1/conversions", json=body)))["id"]
    await drain()

    async def rewards() -> dict[str, tuple[int, str, str | None]]:
        rows = (await ok(await client.get("/v1/rewards")))["data"]
        return {row["rule"]: (row["amount"]["amount"], row["status"], row["reason"]) for row in rows}

    async def edited(amount: int) -> None:
        change = {"amount": {"amount": amount, "currency": "TRY"}}
        await ok(await client.patch(f"/v1/conversions/{order}", json=change))
        await drain()

    pending = ("pending", None)
    assert await rewards() == {
        "now": (1_000, "available", None),
        "later": (1_000, *pending),
        "cash": (1_000, *pending),
    }
    await edited(14_000)
    assert await rewards() == {
        "now": (1_000, "available", None),
        "later": (1_400, *pending),
        "cash": (1_400, *pending),
    }
    commissions = (await ok(await client.get("/v1/commissions")))["data"]
    assert sum(row["amount"]["amount"] for row in commissions) == 1_400
    await edited(5_000)
    assert (await rewards())["later"] == (500, *pending)
    # Both would be beyond the budget: the first that grows finds room, the other waits for people.
    await edited(20_000)
    found = await rewards()
    assert sorted(found[name] for name in ("later", "cash")) == [
        (2_000, "on_hold", "budget"),
        (2_000, "pending", None),
    ]
    assert await owner.fetchval("select spent from reward_sums where unit = 'TRY'") == 3_000
    (credit,) = (await ok(await client.get("/v1/rewards?status=on_hold")))["data"]
    said = {"status": "released", "reason": "worth it"}
    await ok(await client.patch(f"/v1/rewards/{credit['id']}", json=said))
    assert await owner.fetchval("select spent from reward_sums where unit = 'TRY'") == 5_000
    await edited(21_000)
    ((name, was),) = [(row, found[row]) for row in found if found[row][1] == "on_hold"]
    assert (await rewards())[name] == (2_100, *pending), was
    assert (await ok(await client.get("/v1/ledger/check")))["ok"]
    kinds = await owner.fetch("select kind from ledger_entries where details ? 'reward_id'")
    assert "correction" in {row["kind"] for row in kinds}
