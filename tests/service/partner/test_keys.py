"""A partner's own keys: made by people, seen by the partner alone, ended within a second."""

from collections.abc import Awaitable, Callable

import httpx
import pytest

AsPartner = Callable[[str], Awaitable[httpx.AsyncClient]]


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.accounts.authentication.REMEMBERED_S", 0.0)


@pytest.fixture
async def partner(client: httpx.AsyncClient, as_partner: AsPartner) -> httpx.AsyncClient:
    return await as_partner((await client.post("/v1/partners", json={"name": "Ayşe"})).json()["id"])


async def make(partner: httpx.AsyncClient, **body: object) -> dict[str, str]:
    made = await partner.post("/v1/partner/api-keys", json={"name": "panel", **body})
    assert made.status_code == 201, made.text
    return dict(made.json())


async def test_a_key_s_life(partner: httpx.AsyncClient, anonymous: httpx.AsyncClient) -> None:
    made = await make(partner)
    by_key = {"Authorization": f"Bearer {made['secret']}"}
    assert (await anonymous.get("/v1/partner/me", headers=by_key)).status_code == 200
    assert (await anonymous.get("/v1/partners", headers=by_key)).status_code == 403
    (listed,) = (await partner.get("/v1/partner/api-keys")).json()["data"]
    assert "secret" not in listed
    assert "scopes" not in listed
    assert (await partner.get(f"/v1/partner/api-keys/{made['id']}")).json()["last_used_at"] is not None
    for _ in range(2):
        assert (await partner.delete(f"/v1/partner/api-keys/{made['id']}")).status_code == 204
    assert (await anonymous.get("/v1/partner/me", headers=by_key)).status_code == 401


async def test_a_key_gives_nobody_access(partner: httpx.AsyncClient, anonymous: httpx.AsyncClient) -> None:
    made, other = await make(partner), await make(partner)
    by_key = {"Authorization": f"Bearer {made['secret']}"}
    refused = await anonymous.post("/v1/partner/api-keys", json={"name": "x"}, headers=by_key)
    assert (refused.status_code, refused.json()["type"].rpartition("/")[2]) == (403, "people-only")
    assert (await anonymous.delete(f"/v1/partner/api-keys/{other['id']}", headers=by_key)).status_code == 403
    assert (await anonymous.delete(f"/v1/partner/api-keys/{made['id']}", headers=by_key)).status_code == 204


async def test_what_a_body_may_not_say(partner: httpx.AsyncClient) -> None:
    for more in ({"kind": "secret"}, {"scopes": ["links:read"]}, {"partner_id": "prt_x"}):
        refused = await partner.post("/v1/partner/api-keys", json={"name": "x", **more})
        assert refused.status_code == 400, more
    past = await partner.post(
        "/v1/partner/api-keys", json={"name": "x", "expires_at": "2020-01-01T00:00:00Z"}
    )
    assert past.status_code == 400


async def test_others_don_t_see_it(
    client: httpx.AsyncClient, as_partner: AsPartner, partner: httpx.AsyncClient
) -> None:
    made = await make(partner)
    other = await as_partner((await client.post("/v1/partners", json={"name": "Mehmet"})).json()["id"])
    assert (await other.get("/v1/partner/api-keys")).json()["data"] == []
    for call in (other.get, other.delete):
        assert (await call(f"/v1/partner/api-keys/{made['id']}")).status_code == 404
    assert made["id"] not in (await client.get("/v1/api-keys")).text


async def test_a_bounded_number(partner: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.partner.keys.actions.MOST_KEYS", 2)
    first = await make(partner)
    await make(partner)
    full = await partner.post("/v1/partner/api-keys", json={"name": "x"})
    assert (full.status_code, full.json()["most"]) == (409, 2)
    await partner.delete(f"/v1/partner/api-keys/{first['id']}")
    await make(partner)
