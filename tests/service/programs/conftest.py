"""A program that takes applications, and the page of a brand that shows it."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from litestar import Litestar

from tests.service.discovery.api import Json, made

QUESTIONS: list[Json] = [
    {"key": "why", "label": {"tr": "Neden?", "en": "Why?"}, "kind": "long_text", "required": True},
    {
        "key": "topics",
        "label": {"tr": "Konular"},
        "kind": "choices",
        "options": [
            {"value": "food", "label": {"tr": "Yemek", "en": "Food"}},
            {"value": "travel", "label": {"tr": "Gezi"}},
        ],
    },
]
PROGRAM: Json = {
    "name": "Elçiler",
    "rules": [
        {"kind": "sale", "rate": "0.3719", "groups": ["gizli"]},
        {"kind": "sale", "rate": "0.10"},
    ],
    "page": {
        "open": True,
        "headline": {"tr": "Aramıza katılın", "en": "Join us"},
        "description": {"tr": "Kahve seven herkes."},
        "questions": QUESTIONS,
    },
}


@pytest.fixture
async def program(client: httpx.AsyncClient) -> Json:
    return await made(client, "/v1/programs", PROGRAM)


@pytest.fixture
async def site(app: Litestar, client: httpx.AsyncClient) -> AsyncIterator[httpx.AsyncClient]:
    """The brand's own page: it has a publishable key."""
    key = await made(client, "/v1/api-keys", {"name": "site", "kind": "publishable"})
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    headers = {"Authorization": f"Bearer {key['secret']}", "Origin": "https://kahve.example"}
    async with httpx.AsyncClient(transport=transport, base_url="http://elci.test", headers=headers) as one:
        yield one


async def public(site: httpx.AsyncClient, program: Json, lang: str = "tr") -> Json:
    answer = await site.get(f"/v1/programs/{program['id']}/public", params={"lang": lang})
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


async def apply(
    site: httpx.AsyncClient, program: Json, email: str = "ayse@ortak.example", **more: Any
) -> httpx.Response:
    """Applies as the form asks for it."""
    shown = await public(site, program)
    body: Json = {
        "name": "Ayşe Öz",
        "email": email,
        "accounts": [{"platform": "instagram", "handle": "@Ayse.Oz"}],
        "website": "https://ayse.example",
        "answers": {"why": "Kahve.", "topics": ["food"]},
        "terms_version": shown["terms_version"],
        "consent_version": shown["consent"]["version"],
    }
    return await site.post(f"/v1/programs/{program['id']}/applications", json=body | more)


async def waiting(client: httpx.AsyncClient, **params: str) -> list[Json]:
    """The applications that a brand sees."""
    found: list[Json] = (await client.get("/v1/applications", params=params)).json()["data"]
    return found
