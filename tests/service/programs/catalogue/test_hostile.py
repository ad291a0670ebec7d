"""Hostile terms are told what is wrong, and never break anything."""

from typing import Any

import httpx
import pytest

from tests.service.discovery.api import made

HOSTILE: list[bytes] = [
    b'{"name": "a\\u0000b"}',
    b'{"name": "x", "rules": [{"kind": "sale", "rate": "0.1", "products": ["\\u0000"]}]}',
    b'{"name": "x", "rules": [{"kind": "sale", "rate": "0.1", "categories": ["\\ud800"]}]}',
    b'{"name": "x", "rules": [{"kind": "sale", "rate": "1e999999999"}]}',
    b'{"name": "x", "rules": [{"kind": "sale", "rate": "0e-999999999"}]}',
    b'{"name": "x", "rules": [{"kind": "sale", "rate": "sNaN"}]}',
    b'{"name": "x", "rules": [{"kind": "sale", "rate": "-Infinity"}]}',
    b'{"name": "x", "rules": [{"kind": "sale", "rate": 1e400}]}',
    b'{"name": "x", "rules": [{"kind": "sale", "flat": {"amount": 9223372036854775808, "currency": "TRY"}}]}',
    b'{"name": "x", "min_payout": {"amount": -1, "currency": "TRY"}}',
    b'{"name": "x", "rules": [' + b",".join([b'{"kind": "sale", "rate": "0.1"}'] * 101) + b"]}",
    b'{"name": "x", "valid_from": "0001-01-01T00:00:00+14:00"}',
    b'{"name": "x", "rules": [{"kind": "sale", "rate": "0.1", "starts_at": "9999-12-31T23:59:59-14:00"}]}',
    b'{"name": "x", "attribution": {"window_days": 1e99}}',
    b'{"name": "x", "commission_rate": 1, "workspace_id": "ws_1", "balance": 5}',
    b'{"name": "x", "rules": {}}',
    b"[]",
]


@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
async def test_hostile_terms(client: httpx.AsyncClient, body: bytes) -> None:
    headers = {"content-type": "application/json"}
    program = await made(client, "/v1/programs", {"name": "Yaz"})
    for method, path in (("POST", "/v1/programs"), ("PATCH", f"/v1/programs/{program['id']}")):
        answer = await client.request(method, path, content=body, headers=headers)
        assert answer.status_code in (200, 201, 400), answer.text
    rules = body.replace(b'"name": "x"', b'"net": {"amount": 100, "currency": "TRY"}')
    answer = await client.post(f"/v1/programs/{program['id']}/preview", content=rules, headers=headers)
    assert answer.status_code in (200, 400), answer.text
    assert (await client.get("/v1/programs")).status_code == 200


@pytest.mark.parametrize(
    "order",
    [
        {"net": {"amount": 2**63 - 1, "currency": "TRY"}},
        {"net": {"amount": 2**63, "currency": "TRY"}},
        {"occurred_at": "0001-01-01T00:00:00+14:00"},
        {"occurred_at": "9999-12-31T23:59:59-14:00"},
        {"occurred_at": "9999-12-31T00:00:00Z"},
        {"first_at": "9999-12-31T23:59:59Z"},
        {"lines": [{"quantity": 1e9, "net": 0}, {"quantity": 1e-300}, {"net": 2**53}]},
        {"lines": [{"category": "\x00" * 9}]},
        {"lines": [{"category": ">" * 200}] * 500},
    ],
    ids=str,
)
async def test_hostile_orders(client: httpx.AsyncClient, order: dict[str, Any]) -> None:
    rule = {"kind": "sale", "rate": "0.1", "recurring": "months", "months": 240, "categories": [">>>"]}
    cap = {"amount": {"amount": 1, "currency": "TRY"}, "per": "quarter"}
    rules = [rule, {"kind": "sale", "rate": "1", "cap": cap}]
    program = await made(client, "/v1/programs", {"name": "Yaz", "rules": rules})
    who = await made(client, "/v1/partners", {"name": "A", "program_id": program["id"]})
    body = {"net": {"amount": 100, "currency": "TRY"}, "partner_id": who["id"], **order}
    answer = await client.post(f"/v1/programs/{program['id']}/preview", json=body)
    assert answer.status_code in (200, 400), answer.text
