"""The lists of advocacy as spreadsheets."""

import csv
import io
from typing import Any

import httpx

CONSENT = {"at": "2026-11-01T10:00:00+03:00", "text": "v1"}


async def ok(answer: httpx.Response) -> Any:
    assert answer.is_success, answer.text
    return answer.json()


async def rows(client: httpx.AsyncClient, path: str, **params: Any) -> list[dict[str, str]]:
    answer = await client.get(path, params=params)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["cache-control"] == "no-store"
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))


async def test_lists_are_files_too(client: httpx.AsyncClient) -> None:
    program = await ok(await client.post("/v1/programs", json={"name": "P", "kind": "advocacy"}))
    credit = {"kind": "credit", "money": {"amount": 1250, "currency": "TRY"}}
    rules = [
        {"name": "a", "trigger": "review", "hold_days": 0, "kind": "points", "points": 30},
        {"name": "b", "trigger": "review", "hold_days": 0, **credit},
    ]
    terms = {"terms": {"rewards": rules}}
    await ok(await client.post(f"/v1/programs/{program['id']}/advocacy-terms", json=terms))
    body = {"program_id": program["id"], "consent": CONSENT, "name": "=1+1", "email": "ayse@elci.example"}
    ayse = await ok(await client.post("/v1/advocates", json=body))
    other = body | {"email": "can@elci.example", "name": "Can", "member": "fan"}
    await ok(await client.post("/v1/advocates", json=other))
    review = {"kind": "review", "external_id": "1", "occurred_at": "2026-11-20T22:30:00Z"}
    await ok(await client.post(f"/v1/advocates/{ayse['id']}/deeds", json=review))
    invited = {"advocate_id": ayse["id"], "channel": "manual"}
    referral = await ok(await client.post("/v1/referrals", json=invited))
    spend = {"advocate_id": ayse["id"], "external_id": "+till", "amount": {"amount": 250, "currency": "TRY"}}
    await ok(await client.post("/v1/rewards/redeem", json=spend))
    everybody = await rows(client, "/v1/advocates.csv")
    assert [each["name"] for each in everybody] == ["Can", "'=1+1"]
    assert [each["id"] for each in await rows(client, "/v1/advocates.csv", member="customer")] == [ayse["id"]]
    (found,) = await rows(client, "/v1/referrals.csv", state="invited")
    assert (found["id"], found["advocate_id"], found["held"]) == (referral["id"], ayse["id"], "")
    assert await rows(client, "/v1/referrals.csv", held=True) == []
    (given,) = await rows(client, "/v1/rewards.csv", kind="credit")
    amounts = [given[name] for name in ("amount", "amount_decimal", "left", "left_decimal", "currency")]
    assert amounts == ["1250", "12.50", "1000", "10.00", "TRY"]
    assert given["earned_at"] == "2026-11-21T01:30:00+03:00"
    (points,) = await rows(client, "/v1/rewards.csv", kind="points", tz="UTC")
    assert (points["amount_decimal"], points["earned_at"]) == ("30", "2026-11-20T22:30:00+00:00")
    (spent,) = await rows(client, "/v1/rewards/redemptions.csv")
    assert (spent["external_id"], spent["amount"], spent["reversed_at"]) == ("'+till", "250", "")
    wrong = await client.get("/v1/rewards.csv", params={"tz": "Mars/Crater"})
    assert (wrong.status_code, wrong.json()["errors"][0]["path"]) == (400, "tz")


async def test_files_go_on_past_a_page(client: httpx.AsyncClient, monkeypatch: Any) -> None:
    monkeypatch.setattr("service.advocacy.tables.ROWS", 2)
    program = await ok(await client.post("/v1/programs", json={"name": "P", "kind": "advocacy"}))
    await ok(await client.post(f"/v1/programs/{program['id']}/advocacy-terms", json={"terms": {}}))
    for n in range(4):
        body = {
            "program_id": program["id"],
            "consent": CONSENT,
            "email": f"a{n}@elci.example",
            "name": f"{n}",
        }
        await ok(await client.post("/v1/advocates", json=body))
    assert [each["name"] for each in await rows(client, "/v1/advocates.csv")] == ["3", "2", "1", "0"]
