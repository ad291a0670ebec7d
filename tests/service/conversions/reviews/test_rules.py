"""Rules over the API: versions, dry run, and every balance back when they are put back."""

from typing import Any

import httpx

from service.kit import jobs
from service.settings import Settings
from tests.service.conversions.reviews.conftest import Shop

OWN = "ayseoz@gmail.com"


async def _put(client: httpx.AsyncClient, rules: Any, status: int = 202, **params: Any) -> dict[str, Any]:
    answer = await client.put("/v1/review-rules", json=rules, params=params)
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def _result(shop: Shop, settings: Settings, change: dict[str, Any]) -> dict[str, Any]:
    await jobs.run_queued(settings, shop.database)
    job = (await shop.client.get(f"/v1/jobs/{change['job_id']}")).json()
    assert job["status"] == "succeeded", job
    found: dict[str, Any] = job["result"]
    return found


async def test_rules_hold_and_let_go_of_what_is_not_paid(shop: Shop, settings: Settings) -> None:
    await shop.sell("1", OWN)
    await shop.sell("2", "baska@ornek.example")
    await shop.sell("3", "biri@kovan.example")
    before = await shop.balances()
    assert before["on_hold", shop.ayse] == 1_000
    rules = {"self_referral": None, "disposable_email": {"domains": ["Kovan.example"]}}
    tried = await _put(shop.client, rules, dry_run=True)
    assert (tried["dry_run"], tried["rules"]["version"]) == (True, 0)
    told = {"conversions": 3, "newly_held": 1, "no_longer_held": 1, "by_code": {"disposable_email": 1}}
    assert await _result(shop, settings, tried) == told
    assert await shop.balances() == before
    assert (await shop.client.get("/v1/review-rules")).json()["version"] == 0
    change = await _put(shop.client, rules)
    assert change["rules"]["rules"]["disposable_email"]["domains"] == ["kovan.example"]
    assert await _result(shop, settings, change) == told
    assert {hold["code"]: hold["status"] for hold in await shop.holds()} == {
        "self_referral_email": "ended",
        "disposable_email": "open",
    }
    assert await shop.balances() == before
    change = await _put(shop.client, {})
    assert (await _result(shop, settings, change))["by_code"] == {"self_referral_email": 1}
    assert await shop.balances() == before


async def test_versions(shop: Shop) -> None:
    shown = await shop.client.get("/v1/review-rules")
    assert shown.headers["etag"] == '"0"'
    rules = shown.json()["rules"]
    assert rules["fast_sale"] == {"seconds": 2}
    assert rules["velocity"] == {"mads": 6, "min_orders": 10}
    for number in range(1, 4):
        change = await _put(shop.client, {"fast_sale": {"seconds": number}})
        assert change["rules"]["version"] == number
    # What is so already makes no version, and an old view of them is no ground to change them.
    assert (await _put(shop.client, {"fast_sale": {"seconds": 3}}))["rules"]["version"] == 3
    answer = await shop.client.put("/v1/review-rules", json={}, headers={"If-Match": '"1"'})
    assert answer.status_code == 412
    page = (await shop.client.get("/v1/review-rules/versions", params={"limit": 2})).json()
    assert ([row["version"] for row in page["data"]], page["has_more"]) == ([3, 2], True)
    page = (await shop.client.get("/v1/review-rules/versions", params={"cursor": page["next_cursor"]})).json()
    assert [row["version"] for row in page["data"]] == [1]


async def test_every_fault_is_told(shop: Shop, anonymous: httpx.AsyncClient) -> None:
    wrong = {
        "banned_referrers": ["ok.example", "a b"],
        "disposable_email": {"domains": ["-"], "allowed": ["x..y"]},
        "leaked_coupon": {"sites": ["http://x"]},
    }
    answer = await shop.client.put("/v1/review-rules", json=wrong)
    assert answer.status_code == 400
    assert [error["path"] for error in answer.json()["errors"]] == [
        "banned_referrers[1]",
        "disposable_email.domains[0]",
        "disposable_email.allowed[0]",
        "leaked_coupon.sites[0]",
    ]
    for body in ({"velocity": {"mads": 1}}, {"workspace_id": "x"}, {"fast_sale": {"seconds": 0}}):
        assert (await shop.client.put("/v1/review-rules", json=body)).status_code == 400
    assert (await anonymous.get("/v1/review-rules")).status_code == 401


async def test_rules_are_the_workspaces_own(shop: Shop, trusting_shop: Shop) -> None:
    await shop.sell("1", OWN)
    await trusting_shop.sell("1", OWN)
    assert len(await shop.holds()) == 1
    assert await trusting_shop.holds() == []
