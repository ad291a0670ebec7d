"""Redemptions that are taken back, over HTTP; and where what comes back goes."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from service.advocacy.rewards.wallet import GRACE, Lot, left, returned

NOW = datetime(2026, 11, 26, tzinfo=UTC)
CONSENT = {"at": "2026-11-01T10:00:00+03:00", "text": "v1"}
Drain = Callable[[], Awaitable[None]]


def lot(n: int, redeemed: int, days: int | None = 100, **more: Any) -> Lot:
    until = None if days is None else NOW + timedelta(days=days)
    return Lot(UUID(int=n), 100, NOW - timedelta(days=9), until, redeemed=redeemed, **more)


@pytest.mark.parametrize(
    ("lots", "amount", "wanted"),
    [
        ([lot(1, 50)], 50, [0]),
        ([lot(1, 100, 10), lot(2, 50, 20)], 60, [90, 0]),
        ([lot(1, 100, 20), lot(2, 50, 10)], 60, [40, 50]),
        ([lot(1, 100, None), lot(2, 50, 10)], 100, [0, 50]),
        ([lot(1, 100, 10), lot(2, 80, 5, gone="refunded")], 90, [90, 0]),
        ([lot(1, 0), lot(2, 100)], 30, [0, 70]),
    ],
    ids=["one", "what-ends-last-first", "whatever-its-place", "what-never-ends", "debts-first", "untouched"],
)
def test_returned(lots: list[Lot], amount: int, wanted: list[int]) -> None:
    found = returned(lots, amount, NOW)
    assert [each.redeemed for each in found] == wanted
    assert sum(map(left, found)) == sum(map(left, lots)) + amount


def test_what_comes_back_can_be_used() -> None:
    over, soon, far = returned([lot(1, 100, -3), lot(2, 100, 2), lot(3, 100, 90)], 300, NOW)
    assert over.expires_at == soon.expires_at == NOW + GRACE
    assert far.expires_at == NOW + timedelta(days=90)


async def ok(answer: httpx.Response) -> Any:
    assert answer.is_success, answer.text
    return answer.json()


async def _advocate(client: httpx.AsyncClient, rule: dict[str, Any]) -> tuple[str, str]:
    """An advocate who was given what the rule gives; and the reward."""
    program = await ok(await client.post("/v1/programs", json={"name": "P", "kind": "advocacy"}))
    rules = [{"name": "r", "trigger": "review", "hold_days": 0, **rule}]
    terms = {"terms": {"rewards": rules}}
    await ok(await client.post(f"/v1/programs/{program['id']}/advocacy-terms", json=terms))
    body = {"program_id": program["id"], "consent": CONSENT, "email": "ayse@elci.example"}
    advocate = await ok(await client.post("/v1/advocates", json=body))
    path = f"/v1/advocates/{advocate['id']}/deeds"
    await ok(await client.post(path, json={"kind": "review", "external_id": "1"}))
    (reward,) = (await ok(await client.get("/v1/rewards")))["data"]
    return advocate["id"], reward["id"]


async def test_points_come_back_once(client: httpx.AsyncClient) -> None:
    who, _ = await _advocate(client, {"kind": "points", "points": 30})
    spend = {"advocate_id": who, "external_id": "till-1", "amount": {"amount": 20, "currency": "points"}}
    done = await ok(await client.post("/v1/rewards/redeem", json=spend))
    path = f"/v1/rewards/redemptions/{done['id']}/reverse"
    first = await ok(await client.post(path, json={"reason": "wrong till"}))
    assert (first["reversal_reason"], first["reversed_at"] is None) == ("wrong till", False)
    assert await ok(await client.post(path, json={"reason": "again"})) == first
    (points,) = (await ok(await client.get(f"/v1/advocates/{who}/balance")))["balances"]
    assert (points["available"], points["redeemed"]) == (30, 0)
    assert (await ok(await client.get("/v1/ledger/check")))["ok"]
    kinds = [each["kind"] for each in (await ok(await client.get("/v1/ledger/entries")))["data"]]
    assert kinds == ["redemption_reversal", "redemption", "accrual"]
    again = await client.post("/v1/rewards/redeem", json=spend)
    assert (again.status_code, again.json()["redemption_id"]) == (409, done["id"])
    await ok(await client.post("/v1/rewards/redeem", json=spend | {"external_id": "till-2"}))
    for flag, wanted in ((True, [done["id"]]), (False, 1)):
        rows = (await ok(await client.get("/v1/rewards/redemptions", params={"reversed": flag})))["data"]
        assert [row["id"] for row in rows] == wanted if flag else len(rows) == wanted
    log = (await ok(await client.get("/v1/audit-log", params={"action": "redemption.reversed"})))["data"]
    assert {each["subject"] for each in log} == {done["id"]}
    assert (await client.post(f"{path[:-8]}x/reverse", json={"reason": "x"})).status_code == 404


async def test_a_voucher_comes_back_with_another_code(client: httpx.AsyncClient) -> None:
    pool = await ok(await client.post("/v1/voucher-pools", json={"name": "Kahve", "kind": "product"}))
    codes = f"/v1/voucher-pools/{pool['id']}/codes"
    await ok(await client.post(codes, content=b"KAHVE-1\nKAHVE-2\n"))
    who, reward = await _advocate(client, {"kind": "voucher", "pool_id": pool["id"]})
    body = {"advocate_id": who, "external_id": "a", "reward_id": reward}
    first = await ok(await client.post("/v1/rewards/redeem", json=body))
    path = "/v1/rewards/redemptions/{}/reverse"
    await ok(await client.post(path.format(first["id"]), json={"reason": "basket cancelled"}))
    assert (await ok(await client.get(f"/v1/rewards/{reward}")))["status"] == "available"
    void = {"code": first["code"], "order": "9"}
    assert (await client.post("/v1/vouchers/redemptions", json=void)).status_code == 409
    second = await ok(await client.post("/v1/rewards/redeem", json=body | {"external_id": "b"}))
    assert {first["code"], second["code"]} == {"KAHVE-1", "KAHVE-2"}
    used = {"code": second["code"], "order": "10"}
    await ok(await client.post("/v1/vouchers/redemptions", json=used))
    refused = await client.post(path.format(second["id"]), json={"reason": "too late"})
    assert (refused.status_code, refused.json()["type"].rpartition("/")[2]) == (409, "voucher-used")
    assert (await ok(await client.get(f"/v1/rewards/{reward}")))["status"] == "redeemed"
