"""A partner's own record: who they are, what is missing, what they chose."""

from collections.abc import Awaitable, Callable

import httpx
import pytest

from service.kit.db import Connection

AsPartner = Callable[[str], Awaitable[httpx.AsyncClient]]


@pytest.fixture
async def partner_id(client: httpx.AsyncClient) -> str:
    body = {"name": "Ayşe", "email": "ayse@ortak.example", "group": "gizli grup"}
    return str((await client.post("/v1/partners", json=body)).json()["id"])


async def test_who_i_am(client: httpx.AsyncClient, as_partner: AsPartner, partner_id: str) -> None:
    partner = await as_partner(partner_id)
    told = (await partner.get("/v1/partner/me")).json()
    assert (told["partner_id"], told["name"], told["status"]) == (partner_id, "Ayşe", "active")
    assert told["brand"] == {"name": "Brand", "currency": "TRY", "timezone": "Europe/Istanbul"}
    assert told["memberships"] == [{"partner_id": partner_id, "name": "Ayşe", "brand": "Brand"}]
    assert "gizli grup" not in str(told)


async def test_what_is_missing(client: httpx.AsyncClient, as_partner: AsPartner) -> None:
    made = (await client.post("/v1/partners", json={"name": "Ayşe"})).json()
    partner = await as_partner(made["id"])
    missing = (await partner.get("/v1/partner/me")).json()["missing"]
    assert [each["what"] for each in missing] == ["program", "payout_account", "email"]
    program = (await client.post("/v1/programs", json={"name": "Kış"})).json()
    body = {"program_id": program["id"], "email": "ayse@ortak.example"}
    assert (await client.patch(f"/v1/partners/{made['id']}", json=body)).status_code == 200
    left = [each["what"] for each in (await partner.get("/v1/partner/me")).json()["missing"]]
    assert left == ["terms", "payout_account"]
    accept = f"/v1/partner/programs/{program['id']}/accept"
    assert (await partner.post(accept, json={"terms_version": 1})).status_code == 200
    account = {"iban": "TR33 0006 1005 1978 6457 8413 26", "payee": "Ayşe Öz"}
    assert (await partner.put("/v1/partner/payout-account", json=account)).status_code == 200
    assert (await partner.get("/v1/partner/me")).json()["missing"] == []
    assert (await partner.delete("/v1/partner/payout-account")).status_code == 204
    assert len((await partner.get("/v1/partner/me")).json()["missing"]) == 1


async def test_choosing(
    client: httpx.AsyncClient, as_partner: AsPartner, partner_id: str, owner: Connection
) -> None:
    partner = await as_partner(partner_id)
    before = (await partner.get("/v1/partner/me")).json()
    assert (before["language"], before["locale"]) == (None, "tr")
    assert set(before["notices"].values()) == {True}
    sent = {"language": "en", "notices": {"first_sale": False}}
    after = (await partner.patch("/v1/partner/me", json=sent)).json()
    assert (after["language"], after["locale"]) == ("en", "en")
    assert [name for name, on in after["notices"].items() if not on] == ["first_sale"]
    again = (await partner.patch("/v1/partner/me", json={"notices": {"payout_paid": False}})).json()
    assert again["notices"] == {
        "application_decided": True,
        "first_sale": False,
        "payout_paid": False,
        "terms_changed": True,
    }
    assert again["language"] == "en"
    # What mails are written in follows.
    assert await owner.fetchval("select locale from entry.partner_memberships('ayse@ortak.example')") == "en"
    back = (await partner.patch("/v1/partner/me", json={"language": None})).json()
    assert (back["language"], back["locale"]) == (None, "tr")


@pytest.mark.parametrize(
    "sent",
    [
        {"status": "active"},
        {"commission_rate": "0.9"},
        {"workspace_id": "ws_1"},
        {"balance": 5},
        {"role": "owner"},
        {"name": "x"},
        {"email": "x@y.example"},
        {"notices": {"brand_notes": True}},
        {"language": "de"},
    ],
)
async def test_nothing_else_can_be_written(
    client: httpx.AsyncClient, as_partner: AsPartner, partner_id: str, sent: dict[str, object]
) -> None:
    partner = await as_partner(partner_id)
    before = (await partner.get("/v1/partner/me")).text
    assert (await partner.patch("/v1/partner/me", json=sent)).status_code == 400
    assert (await partner.get("/v1/partner/me")).text == before


async def test_brands_have_no_partner_view(client: httpx.AsyncClient, anonymous: httpx.AsyncClient) -> None:
    assert (await client.get("/v1/partner/me")).status_code == 403
    assert (await anonymous.get("/v1/partner/me")).status_code == 401
