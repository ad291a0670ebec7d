"""What a brand's own page shows and sends, and that its answers tell nothing of who is there."""

from typing import Any

import httpx
import pytest

from service.kit.db import Connection
from service.kit.limits import Policy
from service.programs.applications import limits
from tests.service.discovery.api import Json, made
from tests.service.programs.conftest import apply, public, waiting


async def test_a_program_as_those_see_it_who_may_join(site: httpx.AsyncClient, program: Json) -> None:
    turkish, english = await public(site, program), await public(site, program, "en")
    assert (turkish["brand"], turkish["name"], turkish["open"]) == ("Brand", "Elçiler", True)
    assert turkish["rates"] == ["Her satış: net tutarın %10 kadarı"]
    assert english["rates"] == ["Each sale: 10% of the net amount"]
    assert (turkish["headline"], english["headline"]) == ("Aramıza katılın", "Join us")
    assert english["description"] == "Kahve seven herkes."
    assert [each["name"] for each in turkish["fields"]] == [
        *("name", "email", "accounts", "website"),
        *("why", "topics"),
    ]
    assert turkish["fields"][4] | {"label": ""} == {
        **{"name": "why", "kind": "long_text", "label": "", "required": True, "answer": True},
        **{"max_length": 5000, "options": []},
    }
    assert english["fields"][5]["options"][1] == {"value": "travel", "label": "Gezi"}
    assert "6698" in turkish["consent"]["text"]
    assert turkish["consent"]["version"] != english["consent"]["version"]
    # What others are paid is nobody's to see.
    assert "gizli" not in str(turkish)
    assert "37" not in str(turkish["rates"])


async def test_only_the_page_s_key_may(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, site: httpx.AsyncClient, program: Json
) -> None:
    path = f"/v1/programs/{program['id']}"
    assert (await anonymous.get(f"{path}/public")).status_code == 401
    assert (await client.get(f"{path}/public")).status_code == 403
    for there in (path, "/v1/applications"):
        assert (await site.get(there)).status_code == 403
    answer = await site.get(f"{path}/public")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    asked = {"Origin": "https://kahve.example", "Access-Control-Request-Method": "POST"}
    preflight = await site.options(f"{path}/applications", headers=asked)
    assert (preflight.status_code, preflight.headers["Access-Control-Allow-Methods"]) == (204, "GET, POST")


async def test_a_closed_program_says_so_and_not_what_it_pays(
    client: httpx.AsyncClient, site: httpx.AsyncClient, program: Json
) -> None:
    path = f"/v1/programs/{program['id']}"
    for change, status in (
        ({"page": {"open": False}}, 409),
        ({"status": "paused", "page": {"open": True}}, 409),
    ):
        assert (await client.patch(path, json=change)).status_code == 200
        shown = await public(site, program)
        assert (shown["open"], shown["rates"], shown["terms"]) == (False, [], [])
        assert (await apply(site, program)).status_code == status
    await client.delete(path)
    assert (await site.get(f"{path}/public")).status_code == 404
    assert await waiting(client) == []


async def test_an_application_is_kept_as_it_was_sent(
    client: httpx.AsyncClient, site: httpx.AsyncClient, program: Json
) -> None:
    assert (await apply(site, program, language="en")).status_code == 202
    (kept,) = await waiting(client, status="open", program_id=program["id"], q="ayşe")
    assert kept["answers"] == {"why": "Kahve.", "topics": ["food"]}
    assert kept["accounts"] == [{"platform": "instagram", "handle": "Ayse.Oz"}]
    assert (kept["language"], kept["terms_version"], kept["partner_id"]) == ("en", 1, None)
    assert (await client.get(f"/v1/applications/{kept['id']}")).json() == kept
    # The text that was agreed to stays, whatever the brand writes later.
    before = await public(site, program)
    await client.patch(f"/v1/programs/{program['id']}", json={"page": {"consent": {"tr": "Yeni metin"}}})
    assert (await public(site, program))["consent"]["text"] == "Yeni metin"
    consent = (await client.get(f"/v1/application-consents/{kept['consent_version']}")).json()
    assert (consent["text"], consent["language"]) == (before["consent"]["text"], "tr")


async def test_who_is_a_partner_is_not_told(
    client: httpx.AsyncClient, site: httpx.AsyncClient, program: Json, owner: Connection
) -> None:
    """A first application, a second one, a partner's, and a program's that fills in every field."""
    partner = {"name": "Can", "email": "can@ortak.example", "program_id": program["id"]}
    known = await made(client, "/v1/partners", partner)
    answers = [
        await apply(site, program),
        await apply(site, program, " AYSE@ortak.example ".strip(), name="Başkası"),
        await apply(site, program, "can@ortak.example"),
        await apply(site, program, "bot@ortak.example", fax="555"),
    ]
    assert {(each.status_code, each.text) for each in answers} == {(202, answers[0].text)}
    assert set(answers[0].json()) == {"status", "message"}
    found = {each["email"]: each for each in await waiting(client)}
    assert set(found) == {"ayse@ortak.example", "can@ortak.example"}
    assert found["ayse@ortak.example"]["name"] == "Ayşe Öz"
    assert found["can@ortak.example"]["partner_id"] == known["id"]
    assert await owner.fetchval("select count(*) from outbox") == 0


@pytest.mark.parametrize(
    ("more", "status", "paths"),
    [
        ({"answers": {"topics": ["moon"], "x": "y"}}, 400, ["answers.x", "answers.why", "answers.topics"]),
        ({"email": "ayse@x"}, 400, None),
        ({"website": "javascript:alert(1)"}, 400, None),
        ({"status": "approved"}, 400, None),
        ({"terms_version": 2}, 409, None),
        ({"consent_version": "0" * 16}, 409, None),
    ],
)
async def test_what_can_not_be(
    client: httpx.AsyncClient,
    site: httpx.AsyncClient,
    program: Json,
    more: dict[str, Any],
    status: int,
    paths: list[str] | None,
) -> None:
    answer = await apply(site, program, **more)
    assert answer.status_code == status, answer.text
    if paths is not None:
        assert [each["path"] for each in answer.json()["errors"]] == paths
    assert await waiting(client) == []


async def test_a_flood_is_stopped(
    client: httpx.AsyncClient, site: httpx.AsyncClient, program: Json, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SENDER", Policy("applications-in-a-test", quota=3, window_s=3600))
    answers = [await apply(site, program, f"a{n}@ortak.example") for n in range(5)]
    assert [each.status_code for each in answers] == [202, 202, 202, 429, 429]
    assert len(await waiting(client)) == 3
