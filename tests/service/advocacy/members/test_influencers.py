"""An advocate who is an influencer says which one."""

from typing import Any

import httpx
import pytest

from tests.service.advocacy.pages.test_pages import TERMS, ok

CONSENT = {"at": "2026-11-01T10:00:00+03:00", "text": "v1"}


@pytest.fixture
async def program(client: httpx.AsyncClient) -> str:
    made = await ok(await client.post("/v1/programs", json={"name": "Savunucular", "kind": "advocacy"}))
    terms: dict[str, Any] = TERMS | {"joining": {"members": ["customer", "influencer"]}}
    await ok(await client.post(f"/v1/programs/{made['id']}/advocacy-terms", json={"terms": terms}))
    return str(made["id"])


async def test_which_influencer_an_advocate_is(client: httpx.AsyncClient, program: str) -> None:
    person = await ok(await client.post("/v1/influencers", json={"name": "Işıl İnce"}))
    body = {"program_id": program, "consent": CONSENT}
    body |= {"member": "influencer", "influencer_id": person["id"]}
    made = await ok(await client.post("/v1/advocates", json=body))
    plain = {"program_id": program, "consent": CONSENT, "email": "ayse@elci.example"}
    other = await ok(await client.post("/v1/advocates", json=plain))
    assert (made["influencer_id"], other["influencer_id"]) == (person["id"], None)
    listed = (await ok(await client.get("/v1/advocates")))["data"]
    assert [each["influencer_id"] for each in listed] == [None, person["id"]]
    sheet = (await client.get("/v1/advocates.csv")).text
    assert person["id"] in sheet
    # One who opted out appears nowhere.
    gone = await client.post(f"/v1/influencers/{person['id']}/opt-out", json={"reason": "asked"})
    assert gone.is_success, gone.text
    assert (await ok(await client.get(f"/v1/advocates/{made['id']}")))["influencer_id"] is None
