"""Which terms a partner accepted: at the application, and again after they changed."""

from collections.abc import Awaitable, Callable

import httpx

from tests.service.discovery.api import Json, made
from tests.service.programs.conftest import apply, waiting

AsPartner = Callable[[str], Awaitable[httpx.AsyncClient]]


async def missing(partner: httpx.AsyncClient) -> list[Json]:
    found: list[Json] = (await partner.get("/v1/partner/me")).json()["missing"]
    return [each for each in found if each["what"] == "terms"]


async def test_at_the_application_and_again(
    client: httpx.AsyncClient, site: httpx.AsyncClient, program: Json, as_partner: AsPartner
) -> None:
    await apply(site, program)
    (application,) = await waiting(client)
    approved = await client.post(f"/v1/applications/{application['id']}/approve", json={})
    partner_id = approved.json()["partner_id"]
    partner = await as_partner(partner_id)
    assert await missing(partner) == []
    path = f"/v1/programs/{program['id']}"
    await client.patch(path, json={"rules": [{"kind": "sale", "rate": "0.05"}]})
    await client.patch(path, json={"hold": {"days": 30}, "valid_from": "2090-01-01T00:00:00Z"})
    (told,) = await missing(partner)
    assert told["message"] == "Elçiler programının koşullarını (sürüm 2) henüz kabul etmediniz."
    shown = (await partner.get(f"/v1/partner/programs/{program['id']}")).json()
    assert (shown["terms"]["terms_version"], shown["terms"]["accepted_at"]) == (2, None)
    accept = f"/v1/partner/programs/{program['id']}/accept"
    old = await partner.post(accept, json={"terms_version": 1})
    assert (old.status_code, old.json()["terms_versions"]) == (409, [2, 3])
    first = await partner.post(accept, json={"terms_version": 2})
    assert first.status_code == 200, first.text
    assert (await partner.post(accept, json={"terms_version": 2})).json() == first.json()
    # Then those that are announced.
    assert "sürüm 3" in (await missing(partner))[0]["message"]
    await partner.post(accept, json={"terms_version": 3})
    assert await missing(partner) == []
    shown = (await partner.get(f"/v1/partner/programs/{program['id']}")).json()
    assert shown["terms"]["accepted_at"] == first.json()["accepted_at"]
    assert shown["next_terms"]["accepted_at"] is not None
    versions = (await partner.get(f"/v1/partner/programs/{program['id']}/terms")).json()["data"]
    assert all(each["accepted_at"] for each in versions)
    listed = (await client.get(f"{path}/acceptances", params={"limit": 2})).json()
    rest = await client.get(f"{path}/acceptances", params={"limit": 2, "cursor": listed["next_cursor"]})
    by = [
        (each["terms_version"], each["accepted_by"][:4]) for each in [*listed["data"], *rest.json()["data"]]
    ]
    assert by == [(3, "ppl_"), (2, "ppl_"), (1, "app_")]
    of_two = await client.get(f"{path}/acceptances", params={"terms_version": 2, "partner_id": partner_id})
    assert [each["partner"] for each in of_two.json()["data"]] == ["Ayşe Öz"]


async def test_keys_accept_nothing(client: httpx.AsyncClient, program: Json, as_partner: AsPartner) -> None:
    body = {"name": "Can", "program_id": program["id"]}
    one = await made(client, "/v1/partners", body)
    partner = await as_partner(one["id"])
    key = await made(partner, "/v1/partner/api-keys", {"name": "panel"})
    headers = {"Authorization": f"Bearer {key['secret']}"}
    path = f"/v1/partner/programs/{program['id']}/accept"
    refused = await partner.post(path, json={"terms_version": 1}, headers=headers)
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/people-only")
    assert len(await missing(partner)) == 1


async def test_what_a_duplicate_accepted_is_accepted(
    client: httpx.AsyncClient, program: Json, as_partner: AsPartner
) -> None:
    body = {"program_id": program["id"]}
    one, two = [await made(client, "/v1/partners", {"name": name, **body}) for name in ("Can", "Can Su")]
    partner = await as_partner(two["id"])
    await partner.post(f"/v1/partner/programs/{program['id']}/accept", json={"terms_version": 1})
    merged = await client.post("/v1/partners/merge", json={"keep": one["id"], "merge": [two["id"]]})
    assert merged.status_code == 200, merged.text
    assert await missing(await as_partner(one["id"])) == []
