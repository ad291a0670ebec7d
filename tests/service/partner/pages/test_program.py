"""/p/{program_id}: what a program says to everybody, and applying to it."""

import re

import httpx
import pytest

from service.kit.db import Connection
from tests.service.links.conftest import Json, made
from tests.service.partner.pages.conftest import Browser

RIGHT = {"name": "Deniz", "email": "deniz@ornek.example", "consent": "yes", "terms": "yes"}


@pytest.fixture
async def program(client: httpx.AsyncClient) -> Json:
    page = {
        "open": True,
        "headline": {"tr": "<script>alert(1)</script> & kahve"},
        "terms_text": {"tr": "İlk.\n\n<img src=x>", "en": "First."},
        "questions": [{"key": "name", "kind": "long_text", "label": {"tr": "Neden?"}, "required": True}],
    }
    rules = [
        {"kind": "sale", "rate": "0.3719", "groups": ["gizli-grup"]},
        {"kind": "sale", "rate": "0.10"},
    ]
    return await made(client, "/v1/programs", {"name": "Elçiler", "rules": rules, "page": page})


async def test_what_it_says(browser: Browser, program: Json) -> None:
    path = f"/p/{program['id']}"
    text = await browser.open(path)
    assert "Her satış: net tutarın %10 kadarı" in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; kahve" in text
    assert "<p>&lt;img src=x&gt;</p>" in text
    assert not re.search(r"37,19|37\.19|gizli-grup|<script>alert|<img", text)
    assert "10% of the net amount" in await browser.open(f"{path}?lang=en&utm_source=x")


async def test_applying(browser: Browser, program: Json, client: httpx.AsyncClient) -> None:
    path = f"/p/{program['id']}"
    await browser.open(path)
    sent = {"name": "Deniz", "email": "x", "platform.0": "instagram", "handle.0": "deniz"}
    text = await browser.send(f"{path}/apply", 400, **sent)
    faults = set(re.findall(r'class="fault" id="([\w-]+)-fault"', text))
    assert faults == {"email", "consent", "terms", "answer-name"}
    for name in faults:
        assert re.search(rf'id="{name}"[^>]*aria-describedby="{name}-fault"', text, re.S), name
    assert 'value="Deniz"' in text
    assert re.search(r'<option value="instagram" selected>', text)
    assert 'value="deniz"' in text
    text = await browser.send(
        f"{path}/apply", **RIGHT, **{"answer.name": "Çünkü", "platform.0": "x", "handle.0": "@d"}
    )
    assert "Başvurunuz alındı" in text
    (found,) = (await client.get("/v1/applications")).json()["data"]
    assert (found["name"], found["answers"], found["language"]) == ("Deniz", {"name": "Çünkü"}, "tr")
    assert found["accounts"] == [{"platform": "x", "handle": "d"}]


async def test_terms_that_changed_meanwhile(
    browser: Browser, program: Json, client: httpx.AsyncClient
) -> None:
    path = f"/p/{program['id']}"
    await browser.open(path)
    changed = {"rules": [{"kind": "sale", "rate": "0.05"}]}
    await client.patch(f"/v1/programs/{program['id']}", json=changed)
    text = await browser.send(f"{path}/apply", 409, **RIGHT, **{"answer.name": "Çünkü"})
    assert "Metinler değişti" in text
    assert "%5 kadarı" in text
    assert "Çünkü</textarea>" in text
    assert "Başvurunuz alındı" in await browser.send(f"{path}/apply", **RIGHT, **{"answer.name": "Çünkü"})


async def test_closed_archived_unknown(
    browser: Browser, program: Json, client: httpx.AsyncClient, owner: Connection
) -> None:
    path = f"/p/{program['id']}"
    await browser.open(path)
    await client.patch(f"/v1/programs/{program['id']}", json={"page": {"open": False}})
    text = await browser.send(f"{path}/apply", 409, **RIGHT, **{"answer.name": "Çünkü"})
    assert "başvurulamıyor" in text
    assert "%10" not in text
    await client.delete(f"/v1/programs/{program['id']}")
    await browser.open(path, 404)
    assert await owner.fetchval("select count(*) from applications") == 0


async def test_without_a_proof(browser: Browser, program: Json) -> None:
    answer = await browser.http.post(f"/p/{program['id']}/apply", data=RIGHT)
    assert answer.status_code == 403
    assert "Form kabul edilmedi" in answer.text
