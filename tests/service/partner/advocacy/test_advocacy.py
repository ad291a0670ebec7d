"""What advocates see of their own: tiers, friends, rewards, codes, the board; and what they don't."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from service.kit.db import Connection
from tests.service.partner.conftest import file_of, rows_of

Json = dict[str, Any]
AsPartner = Callable[[str], Awaitable[httpx.AsyncClient]]
Drain = Callable[[], Awaitable[None]]
NAME = {"tr": "Çekirdek", "en": "Beans <&>"}
CONSENT = {"at": "2026-11-01T10:00:00+03:00", "text": "v1"}


async def ok(answer: httpx.Response) -> Any:
    assert answer.is_success, answer.text
    return answer.json()


async def advocating(client: httpx.AsyncClient) -> Json:
    """A program that gives points for a purchase, a code of a pool for a review and a discount for a comment;
    Ayşe and Mehmet, who is not on the board, are advocates; Can bought with Ayşe's code."""
    pool = await ok(await client.post("/v1/voucher-pools", json={"name": "Çek", "kind": "product"}))
    codes = f"/v1/voucher-pools/{pool['id']}/codes"
    await ok(await client.post(codes, content=b"CEK-1\nCEK-2\n"))
    terms = {
        "rewards": [
            {"name": "points", "trigger": "first_purchase", "kind": "points", "points": 100, "hold_days": 0},
            {"name": "gift", "trigger": "review", "kind": "voucher", "pool_id": pool["id"], "hold_days": 0},
            {"name": "off", "trigger": "comment", "kind": "discount", "rate": "0.1", "hold_days": 0},
            {"name": "late", "trigger": "share", "kind": "points", "points": 5, "expires_days": 30},
        ],
        "points": {"name": NAME, "worth": {"amount": {"amount": 10, "currency": "TRY"}}},
        "tiers": [{"name": "bronze", "from_qualified": 0}, {"name": "gold", "from_qualified": 3}],
    }
    await client.patch("/v1/workspace", json={"destination_hosts": ["shop.example"]})
    program = await ok(await client.post("/v1/programs", json={"name": "Savunucular", "kind": "advocacy"}))
    await ok(await client.post(f"/v1/programs/{program['id']}/advocacy-terms", json={"terms": terms}))
    found: Json = {"program_id": program["id"]}
    for name, board in (("ayse", "Ayşe"), ("mehmet", None)):
        body = {"program_id": program["id"], "consent": CONSENT, "name": name, "code": f"{name}10"}
        body |= {"email": f"{name}@elci.example", "url": "https://shop.example/"}
        found[name] = await ok(await client.post("/v1/advocates", json=body | {"board_name": board}))
    return found


async def buys(client: httpx.AsyncClient, drain: Drain, who: str, n: str, code: str) -> str:
    customer = {"email": f"{who}@gizli.example"}
    body = {"external_id": n, "amount": {"amount": 10_000, "currency": "TRY"}, "customer": customer}
    made = await ok(await client.post("/v1/conversions", json=body | {"coupon": code}))
    await drain()
    return str(made["id"])


async def deed(client: httpx.AsyncClient, advocate: Json, kind: str, name: str) -> None:
    body = {"kind": kind, "external_id": name}
    await ok(await client.post(f"/v1/advocates/{advocate['id']}/deeds", json=body))


@pytest.fixture
async def two(client: httpx.AsyncClient, drain: Drain) -> Json:
    made = await advocating(client)
    made["order"] = await buys(client, drain, "can", "1", "ayse10")
    return made


@pytest.fixture
async def as_ayse(as_partner: AsPartner, two: Json) -> httpx.AsyncClient:
    return await as_partner(two["ayse"]["partner_id"])


@pytest.fixture
async def as_mehmet(as_partner: AsPartner, two: Json) -> httpx.AsyncClient:
    return await as_partner(two["mehmet"]["partner_id"])


async def test_who_an_advocate_is(
    client: httpx.AsyncClient, as_ayse: httpx.AsyncClient, as_mehmet: httpx.AsyncClient, two: Json
) -> None:
    (own,) = (await ok(await as_ayse.get("/v1/partner/advocate")))["data"]
    assert (own["tier"], own["next_tier"]) == ("bronze", {"name": "gold", "missing": 2})
    assert (own["referrals"], own["qualified"], own["board_name"]) == (1, 1, "Ayşe")
    assert own["code"] == "ayse10"
    assert "/r/" in own["link_url"]
    assert own["invite_url"] is None
    page = f"/v1/programs/{two['program_id']}/join-page"
    await ok(await client.put(page, json={}))
    (own,) = (await ok(await as_ayse.get("/v1/partner/advocate", params={"lang": "en"})))["data"]
    assert own["invite_url"].endswith(f"?ref={own['id']}")
    assert own["share_text"] == f"My invitation to Brand: {own['link_url']} (code: ayse10)"
    # Off the board, and out of the program; nobody else's place is theirs to change.
    path = f"/v1/partner/advocate/{own['id']}"
    assert (await as_mehmet.patch(path, json={"board_name": "x"})).status_code == 404
    assert (await ok(await as_ayse.patch(path, json={"board_name": None})))["board_name"] is None
    left = await ok(await as_ayse.patch(path, json={"leave": True}))
    assert (left["status"], left["invite_url"], left["qualified"]) == ("left", None, 1)


async def test_friends_without_who_they_are(
    client: httpx.AsyncClient, as_ayse: httpx.AsyncClient, as_mehmet: httpx.AsyncClient, two: Json
) -> None:
    body = {"advocate_id": two["ayse"]["id"], "channel": "link"}
    invited = await ok(await client.post("/v1/referrals", json=body))
    rows = await rows_of(as_ayse, "/v1/partner/referrals")
    assert [row["state"] for row in rows] == ["invited", "rewarded"]
    assert rows[0]["share_url"] == invited["share_url"]
    assert await rows_of(as_ayse, "/v1/partner/referrals?state=invited") == rows[:1]
    assert await rows_of(as_mehmet, "/v1/partner/referrals") == []
    # What a review looks at stays with the brand.
    held = {"status": "held", "reason": "same device as can@gizli.example"}
    await ok(await client.patch(f"/v1/referrals/{rows[1]['id']}", json=held))
    answer = await as_ayse.get("/v1/partner/referrals")
    assert [row["decline_reason"] and row["decline_reason"]["code"] for row in answer.json()["data"]] == [
        None,
        "under_review",
    ]
    rejected = held | {"status": "rejected"}
    await ok(await client.patch(f"/v1/referrals/{rows[1]['id']}", json=rejected))
    table = await file_of(as_ayse, "/v1/partner/referrals.csv?lang=en")
    assert [row["decline_reason"] for row in table] == ["", "It did not pass the review"]
    texts = answer.text + str(table) + (await as_ayse.get("/v1/partner/rewards")).text
    assert not [word for word in ("gizli", "device", two["order"], "mehmet") if word in texts]


async def test_rewards_and_what_is_left(
    client: httpx.AsyncClient, as_ayse: httpx.AsyncClient, as_mehmet: httpx.AsyncClient, two: Json
) -> None:
    await deed(client, two["ayse"], "share", "s1")
    (late, points) = await rows_of(as_ayse, "/v1/partner/rewards")
    assert (points["status"], points["left"]) == ("available", {"amount": 100, "currency": "points"})
    assert late["status"] == "pending"
    assert late["available_at"] < late["expires_at"]
    assert await rows_of(as_ayse, "/v1/partner/rewards?status=pending&kind=points") == [late]
    (balance,) = (await ok(await as_ayse.get("/v1/partner/rewards/balance")))["data"]
    (unit,) = balance["balances"]
    assert (unit["currency"], unit["available"], unit["pending"]) == ("points", 100, 5)
    assert (unit["unit_name"], late["unit_name"]) == (NAME, NAME)
    assert (await ok(await as_ayse.get(f"/v1/partner/rewards/{points['id']}"))) == points
    assert (await as_mehmet.get(f"/v1/partner/rewards/{points['id']}")).status_code == 404
    table = await file_of(as_ayse, "/v1/partner/rewards.csv")
    assert [(row["left"], row["unit"]) for row in table] == [("5", "points"), ("100", "points")]
    # Points are spent at the till, by the brand's key.
    refused = await as_ayse.post("/v1/partner/rewards/redeem", json={"reward_id": points["id"]})
    assert refused.json()["type"] == "/problems/reward-not-redeemable"
    assert (refused.json()["status"], refused.json()["reward_status"]) == (409, "available")
    # The friend sends it back.
    refund = {"external_id": "r1", "amount": {"amount": 10_000, "currency": "TRY"}}
    await ok(await client.post(f"/v1/conversions/{two['order']}/refunds", json=refund))


async def test_taking_codes(
    client: httpx.AsyncClient, as_ayse: httpx.AsyncClient, as_mehmet: httpx.AsyncClient, two: Json
) -> None:
    for n in range(3):
        await deed(client, two["ayse"], "review", f"d{n}")
    await deed(client, two["ayse"], "comment", "c1")
    discount, *vouchers = [row for row in await rows_of(as_ayse, "/v1/partner/rewards") if row["redeemable"]]

    async def take(http: httpx.AsyncClient, row: Json) -> httpx.Response:
        return await http.post("/v1/partner/rewards/redeem", json={"reward_id": row["id"]})

    first = await ok(await take(as_ayse, vouchers[0]))
    assert first["code"].startswith("CEK-")
    assert await ok(await take(as_ayse, vouchers[0])) == first
    second = await ok(await take(as_ayse, vouchers[1]))
    assert {first["code"], second["code"]} == {"CEK-1", "CEK-2"}
    empty = await take(as_ayse, vouchers[2])
    assert (empty.status_code, empty.json()["type"]) == (409, "/problems/voucher-pool-empty")
    assert (await ok(await take(as_ayse, discount)))["code"] == "ayse10"
    assert (await take(as_mehmet, vouchers[2])).status_code == 404
    taken = await ok(await as_ayse.get(f"/v1/partner/rewards/{vouchers[0]['id']}"))
    assert (taken["status"], taken["redeemable"]) == ("redeemed", False)
    # The brand's key redeems no second time.
    body = {"advocate_id": two["ayse"]["id"], "external_id": "x", "reward_id": vouchers[0]["id"]}
    assert (await client.post("/v1/rewards/redeem", json=body)).status_code == 409


async def test_the_board(
    client: httpx.AsyncClient,
    as_ayse: httpx.AsyncClient,
    as_mehmet: httpx.AsyncClient,
    as_partner: AsPartner,
    drain: Drain,
    two: Json,
    owner: Connection,
) -> None:
    for n in range(2):
        await buys(client, drain, f"dost{n}", f"m{n}", "mehmet10")
    board = await ok(await as_ayse.get("/v1/partner/leaderboard"))
    assert [(row["rank"], row["name"], row["own"]) for row in board["places"]] == [(1, "Ayşe", True)]
    # Mehmet sees where he would stand; Ayşe doesn't see him.
    board = await ok(await as_mehmet.get(f"/v1/partner/leaderboard?program_id={two['program_id']}"))
    assert board["own"] == {"rank": 1, "name": None, "tier": "bronze", "qualified": 2, "own": True}
    assert [(row["rank"], row["name"]) for row in board["places"]] == [(1, None), (2, "Ayşe")]
    later = await ok(await as_mehmet.get("/v1/partner/leaderboard?from=2027-01-01T00:00:00Z&limit=1"))
    assert later["own"]["qualified"] == 0
    # Who is no advocate has no board, whatever they ask for.
    stranger = await ok(await client.post("/v1/partners", json={"name": "Yabancı"}))
    http = await as_partner(stranger["id"])
    assert await ok(await http.get("/v1/partner/leaderboard")) == {
        "program_id": None,
        "places": [],
        "own": None,
    }
    assert (await ok(await http.get("/v1/partner/advocate"))) == {"data": []}
    asked = await http.get(f"/v1/partner/leaderboard?program_id={two['program_id']}")
    assert asked.status_code == 404
    # The brand's own operations stay the brand's.
    assert (await as_ayse.get("/v1/advocates")).status_code == 403


async def test_a_duplicate_s_past_is_the_one_s_who_stands(
    client: httpx.AsyncClient, as_partner: AsPartner, two: Json
) -> None:
    new = {"name": "Ayşe Öz", "program_id": two["program_id"]}
    kept = await ok(await client.post("/v1/partners", json=new))
    body = {"keep": kept["id"], "merge": [two["ayse"]["partner_id"]]}
    await ok(await client.post("/v1/partners/merge", json=body))
    http = await as_partner(kept["id"])
    assert len(await rows_of(http, "/v1/partner/rewards")) == 1
    (balance,) = (await ok(await http.get("/v1/partner/rewards/balance")))["data"]
    assert balance["balances"][0]["available"] == 100
